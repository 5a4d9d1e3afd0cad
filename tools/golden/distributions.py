"""Writes src/stats/golden/distributions.json: tails, log densities and quantiles of every law, by mpmath with 40 digits.

Run from the repository root: python3 tools/golden/distributions.py    [names of laws]    (needs mpmath; about six minutes for all)
Series with positive terms only, or mpmath's own functions; nothing is shared with the code under test. Doubles are the ones nearest to the 40 digits.
A row is [x, lower tail, upper tail, log lower, log upper, log density]; a quantile is [probability, 1 for the upper tail, x].
"""
import json
import random
import sys
from pathlib import Path

from mpmath import binomial, exp, gammainc, hyp1f1, hyp2f1, inf, log, loggamma, mp, mpf, ncdf, npdf, pi, sqrt

mp.dps = 40
rng = random.Random(7)
LEAST = mpf('1e-300')
SHARES = [mpf(10) ** -k for k in (300, 100, 30, 8, 3)] + [mpf('0.025'), mpf('0.2'), mpf('0.4')]


def pair(lower, upper):
    """Both tails, of which the smaller was computed without cancellation."""
    return (lower, 1 - lower) if upper is None else (1 - upper, upper)


def gamma_tails(a, x):
    a, x = mpf(a), mpf(x)
    if x < a + 1:
        lower = exp(a * log(x) - x - loggamma(a + 1)) * hyp1f1(1, a + 1, x)
        if lower < mpf('0.9'):
            return pair(lower, None)
    return pair(None, gammainc(a, x, inf, regularized=True))


def beta_tails(a, b, x, rest):
    a, b, x, rest = map(mpf, (a, b, x, rest))
    def below(a, b, x, rest):
        front = exp(a * log(x) + b * log(rest) + loggamma(a + b) - loggamma(a + 1) - loggamma(b))
        return front * hyp2f1(1, a + b, a + 1, x)
    return pair(below(a, b, x, rest), None) if x < a / (a + b) else pair(None, below(b, a, rest, x))


def normal(z):
    z = mpf(z)
    return (ncdf(z), ncdf(-z)), log(npdf(z))


def student(t, df):
    t, df = mpf(t), mpf(df)
    sum_ = df + t * t
    half = beta_tails(df / 2, mpf(1) / 2, df / sum_, t * t / sum_)[0] / 2
    density = loggamma((df + 1) / 2) - loggamma(df / 2) - log(df * pi) / 2 - (df + 1) / 2 * log(1 + t * t / df)
    return ((1 - half, half) if t > 0 else (half, 1 - half)), density


def gamma(x, shape, scale):
    x, shape, scale = mpf(x), mpf(shape), mpf(scale)
    y = x / scale
    return gamma_tails(shape, y), (shape - 1) * log(y) - y - loggamma(shape) - log(scale)


def chi_square(x, df):
    return gamma(x, mpf(df) / 2, 2)


def beta(x, a, b):
    x, a, b = map(mpf, (x, a, b))
    return beta_tails(a, b, x, 1 - x), (a - 1) * log(x) + (b - 1) * log(1 - x) + loggamma(a + b) - loggamma(a) - loggamma(b)


def fisher(f, d1, d2):
    f, d1, d2 = map(mpf, (f, d1, d2))
    x, rest = d1 * f / (d1 * f + d2), d2 / (d1 * f + d2)
    a, b = d1 / 2, d2 / 2
    return (beta_tails(a, b, x, rest),
            a * log(x) + b * log(rest) + loggamma(a + b) - loggamma(a) - loggamma(b) - log(f))


def whole_tails(k, mass, support):
    """Sums of probabilities on the side away from the mean."""
    k = int(k)
    top, most = support
    if k < top:
        return pair(sum(mass(j) for j in range(k + 1)), None)
    total, j = mpf(0), k + 1
    while most is None or j <= most:
        term = mass(j)
        total += term
        if term < total * mpf(10) ** -38:
            break
        j += 1
    return pair(None, total)


def counting(k, mass, top, most=None):
    return whole_tails(k, mass, (top, most)), log(mass(int(k)))


def binomial_law(k, n, p):
    p = mpf(p)
    return counting(k, lambda j: binomial(n, j) * p ** j * (1 - p) ** (n - j), n * p, int(n))


def poisson(k, mean):
    mean = mpf(mean)
    return counting(k, lambda j: exp(j * log(mean) - mean - loggamma(j + 1)), mean)


def negative_binomial(k, size, p):
    size, p = mpf(size), mpf(p)
    mass = lambda j: exp(loggamma(size + j) - loggamma(size) - loggamma(j + 1) + size * log(p) + j * log(1 - p))
    return counting(k, mass, size * (1 - p) / p)


def noncentral_chi_square(x, df, shift):
    x, df, shift = map(mpf, (x, df, shift))
    def mixed(of):
        total, j, top = mpf(0), 0, 0
        while True:
            term = exp(j * log(shift / 2) - shift / 2 - loggamma(j + 1)) * of(df / 2 + j)
            total += term
            top = max(top, term)
            if term < top * mpf(10) ** -40 and j > shift / 2:
                return total
            j += 1
    upper_side = x > df + shift
    tail = mixed(lambda a: gamma_tails(a, x / 2)[1 if upper_side else 0])
    density = mixed(lambda a: exp((a - 1) * log(x / 2) - x / 2 - loggamma(a)) / 2)
    return pair(None, tail) if upper_side else pair(tail, None), log(density)


def noncentral_t_upper(t, df, shift):
    """P(T > t) for t > 0: Johnson, Kotz and Balakrishnan 1995, equation 31.17, as a mixture of incomplete beta functions.

    Those of one kind follow from the first by I_y(a, b + 1) = I_y(a, b) + y^a (1 - y)^b / (b B(a, b)).
    """
    a, y, half = df / 2, df / (df + t * t), shift * shift / 2
    def kind(b, weight):
        share = beta_tails(a, b, y, 1 - y)[0]
        step = exp(a * log(y) + b * log(1 - y) + loggamma(a + b) - loggamma(a) - loggamma(b + 1))
        total, top, j = mpf(0), mpf(0), 0
        while True:
            total += weight * share
            top = max(top, abs(weight * share))
            if abs(weight * share) < top * mpf(10) ** -(mp.dps - 5) and j > half:
                return total
            share += step
            step *= (1 - y) * (a + b + j) / (b + j + 1)
            j += 1
            weight *= half / (j if b < 1 else j + mpf(1) / 2)
    even = kind(mpf(1) / 2, exp(-half))
    odd = kind(mpf(1), shift / sqrt(2) * exp(-half - loggamma(mpf(3) / 2)))
    return (even + odd) / 2


def noncentral_t(t, df, shift):
    """Signs may alternate, so 400 digits are carried. The density is that of Johnson, Kotz and Balakrishnan's equation 31.15."""
    with mp.workdps(400):
        t, df, shift = map(mpf, (t, df, shift))
        def tails(t, df):
            if t > 0:
                return pair(None, noncentral_t_upper(t, df, shift))
            return pair(noncentral_t_upper(-t, df, -shift), None)
        side = 1 if t > 0 else 0
        change = tails(t * sqrt(1 + 2 / df), df + 2)[side] - tails(t, df)[side]
        density = df / abs(t) * -change
        return tails(t, df), log(density)


def row(law, parameters, x):
    (lower, upper), density = law(x, *parameters)
    logs = [log(lower) if lower < 0.5 else mp.log1p(-upper), log(upper) if upper < 0.5 else mp.log1p(-lower)]
    return [x, float(lower), float(upper), *map(float, logs), float(density)]


def bisect(law, parameters, share, upper, bounds, positive):
    """x with the wanted tail, by halving a wide bracket (of the logarithm, where x is positive)."""
    tail = lambda x: law(x, *parameters)[0][1 if upper else 0]
    low, high = bounds
    middle = lambda: sqrt(low * high) if positive else (low + high) / 2
    for _ in range(120):
        x = middle()
        if (tail(x) > share) == bool(upper):
            low = x
        else:
            high = x
    return middle()


def continuous(law, sets, points, bounds=None, positive=True, shares=SHARES):
    found = []
    for parameters in sets:
        rows = []
        for x in points(*parameters):
            (lower, upper), _ = law(x, *parameters)
            if min(lower, upper) > LEAST:
                rows.append(row(law, parameters, x))
        quantiles = []
        if bounds:
            for share in shares:
                for upper in (0, 1):
                    share = mpf(float(share))
                    low, high = bounds(*parameters)
                    tail = lambda x: law(x, *parameters)[0][1 if upper else 0]
                    if (tail(low) < share) == bool(upper) or (tail(high) < share) != bool(upper):
                        continue
                    quantiles.append([float(share), upper, float(bisect(law, parameters, share, upper, (low, high), positive))])
        found.append({'parameters': list(parameters), 'rows': rows, 'quantiles': quantiles})
    return found


def counts(law, sets, points):
    found = []
    for parameters in sets:
        rows = [row(law, parameters, k) for k in sorted(set(points(*parameters)))]
        found.append({'parameters': list(parameters), 'rows': [r for r in rows if min(r[1], r[2]) > 1e-300], 'quantiles': []})
    return found


def around(mean, sd, least=None):
    """Points of the body and far into both tails."""
    steps = [-37, -30, -20, -12, -6, -3, -1.5, -0.7, -0.2, 0.05, 0.3, 1, 2, 4, 7, 10, 15, 22, 30, 37]
    points = [float(mean + sd * step * (1 + 0.01 * rng.random())) for step in steps]
    return [x for x in points if least is None or x > least]


def down(top, decades):
    """Points toward 0."""
    return [float(top * mpf(10) ** -(d * (1 + 0.01 * rng.random()))) for d in decades]


def positive_points(mean, sd):
    return around(mean, sd, 0) + down(mean, (0.3, 1, 3, 8, 20, 60))


def count_points(mean, sd, most=None):
    return [int(x) for x in around(mean, sd, -0.5) if most is None or x < most] + [0, 1, 2, 5]


if __name__ == '__main__':
    make = {}
    make['normal'] = lambda: continuous(lambda z: normal(z), [()], lambda: around(0, 1), lambda: (mpf(-38), mpf(38)), positive=False)
    make['student'] = lambda: continuous(
        student, [(0.7,), (1,), (2,), (3.5,), (11,), (46,), (393.2,), (2000,)],
        lambda df: [s * t for s in (-1, 1) for t in (1e-6, 0.01, 0.3, 1, 2.2, 5, 17, 1e3, 1e8, 1e60)],
        lambda df: (mpf('1e-3'), mpf('1e306')), shares=[s for s in SHARES if s < 0.3])
    make['gamma'] = lambda: continuous(
        gamma, [(0.02, 1), (0.3, 2), (1, 0.5), (2.5, 1), (17, 3), (140.2, 1), (1500, 0.1), (20000, 1)],
        lambda a, s: positive_points(a * s, a ** 0.5 * s), lambda a, s: (mpf('1e-290'), mpf(s) * (a + 80 * a ** 0.5 + 900)))
    make['chiSquare'] = lambda: continuous(
        chi_square, [(1,), (2,), (3.3,), (10,), (99,), (1234,)], lambda df: positive_points(df, (2 * df) ** 0.5),
        lambda df: (mpf('1e-290'), mpf(df + 100 * df ** 0.5 + 2000)))
    make['beta'] = lambda: continuous(
        beta, [(0.05, 0.4), (0.5, 0.5), (1, 3), (2.5, 0.8), (8, 30), (140, 90), (1200, 2000.5)],
        lambda a, b: [x for x in around(a / (a + b), (a * b / (a + b + 1)) ** 0.5 / (a + b), 0) + down(a / (a + b), (0.3, 1, 3, 10, 40)) if x < 1],
        lambda a, b: (mpf('1e-290'), 1 - mpf('1e-14')))
    make['fisher'] = lambda: continuous(
        fisher, [(1, 1), (2, 7), (5.5, 3), (12, 40), (150, 90), (900, 1100)],
        lambda a, b: [float(mpf(10) ** (mpf(k) / 4 + mpf(rng.random()) / 10)) for k in range(-16, 17)] + [1e-30, 1e30],
        lambda a, b: (mpf('1e-290'), mpf('1e290')))
    make['binomial'] = lambda: counts(
        binomial_law, [(1, 0.3), (12, 0.5), (40, 0.03), (300, 0.7), (2000, 0.21), (5000, 0.002)],
        lambda n, p: count_points(n * p, (n * p * (1 - p)) ** 0.5, n))
    make['poisson'] = lambda: counts(poisson, [(0.01,), (0.8,), (7.3,), (88,), (2500.5,)], lambda m: count_points(m, m ** 0.5))
    make['negativeBinomial'] = lambda: counts(
        negative_binomial, [(0.4, 0.2), (1, 0.5), (3.7, 0.05), (40, 0.3), (700, 0.9)],
        lambda r, p: count_points(r * (1 - p) / p, (r * (1 - p)) ** 0.5 / p))
    make['noncentralChiSquare'] = lambda: continuous(
        noncentral_chi_square, [(1, 0.3), (4, 2.5), (7.5, 40), (60, 11), (3, 300)],
        lambda df, nc: positive_points(df + nc, (2 * (df + 2 * nc)) ** 0.5))
    make['noncentralT'] = lambda: continuous(
        noncentral_t, [(1.5, 0.5), (4, -2), (10, 3), (38, 1.2), (120, -5), (700, 12)],
        lambda df, nc: around(nc, 1 + abs(nc) / 4), positive=False)
    path = Path('src/stats/golden/distributions.json')
    golden = json.loads(path.read_text()) if sys.argv[1:] else {}
    for name in sys.argv[1:] or make:
        golden[name] = make[name]()
    text = ',\n'.join(f'"{name}": [\n' + ',\n'.join(json.dumps(one) for one in sets) + '\n]' for name, sets in golden.items())
    path.write_text('{\n' + text + '\n}\n')
    print({name: sum(len(one['rows']) + len(one['quantiles']) for one in sets) for name, sets in golden.items()})
