"""Writes src/stats/golden/stats.json: distribution functions by mpmath, tests, intervals, sample sizes and entropy balancing by scipy.

Run from the repository root: python3 tools/golden/stats.py    (needs mpmath, numpy, scipy)
Numbers from mpmath are known to 30 digits and written as the doubles nearest to them.
"""
import json
import math
import random
from pathlib import Path

import numpy as np
from mpmath import betainc, beta, findroot, log, loggamma, mp, mpf
from scipy import optimize, stats

mp.dps = 40
rng = random.Random(20)


def spread(low, high):
    """A number whose logarithm is uniform."""
    return math.exp(rng.uniform(math.log(low), math.log(high)))


def log_gamma():
    points = [1e-8, 0.1, 0.5, 1.0, 1.5, 2.0, 2.5, 11.999, 12.0, 170.6, 1e5] + [spread(1e-3, 1e4) for _ in range(60)]
    return [[x, float(loggamma(mpf(x)))] for x in points]


def log_beta():
    pairs = [(spread(0.2, 3000), spread(0.2, 3000)) for _ in range(80)]
    return [[a, b, float(log(beta(mpf(a), mpf(b))))] for a, b in pairs]


def lower_beta(x, a, b):
    return betainc(mpf(a), mpf(b), 0, mpf(x), regularized=True)


def incomplete_beta():
    rows = []
    while len(rows) < 150:
        a, b = spread(0.3, 800), spread(0.3, 800)
        x = rng.betavariate(a, b) if rng.random() < 0.8 else rng.random()
        value = lower_beta(x, a, b)
        if 1e-200 < value:
            rows.append([x, a, b, float(value)])
    return rows


def two_sided(t, df):
    return lower_beta(mpf(df) / (mpf(df) + mpf(t) ** 2), mpf(df) / 2, mpf(1) / 2)


def student():
    rows = []
    for _ in range(80):
        df, t = spread(1, 2000), rng.choice([-1, 1]) * spread(1e-3, 30)
        rows.append([t, df, float(two_sided(t, df))])
    return rows


def student_quantile():
    rows = []
    for p in (0.0005, 0.025, 0.05, 0.2, 0.3, 0.45, 0.499, 0.5, 0.6, 0.8, 0.9, 0.95, 0.975, 0.9999):
        for df in (1, 2, 3.7, 11, 46, 393.2, 2000):
            if p == 0.5:
                rows.append([p, df, 0.0])
                continue
            tail = 2 * min(mpf(p), 1 - mpf(p))
            start = abs(float(stats.t.ppf(p, df)))
            t = findroot(lambda t: two_sided(t, df) - tail, mpf(start))
            rows.append([p, df, float(-t if p < 0.5 else t)])
    return rows


def tests():
    rows = []
    for n, m in ((2, 3), (6, 12), (40, 17), (14, 14)):
        a = [round(rng.gauss(-5, 8), 3) for _ in range(n)]
        b = [round(rng.gauss(-8, 4), 3) for _ in range(m)]
        welch, one = stats.ttest_ind(a, b, equal_var=False), stats.ttest_1samp(a, 0)
        found = {name: [float(x) for x in (test.statistic, test.df, test.pvalue)] for name, test in (('welch', welch), ('one', one))}
        rows.append({'a': a, 'b': b, **found})
    return rows


def shares():
    rows = []
    for events, n in ((0, 6), (5, 6), (6, 6), (9, 12), (13, 40), (37, 40), (1, 12), (250, 379)):
        test = stats.binomtest(events, n)
        exact, score = test.proportion_ci(0.9, 'exact'), test.proportion_ci(0.9, 'wilson')
        rows.append([events, n, *map(float, (exact.low, exact.high, score.low, score.high))])
    return rows


def sizes():
    """The smallest n per arm whose power by the noncentral t distribution is at least the one wanted."""
    rows = []
    for difference, sd, power in ((-3, 8, 0.8), (-3, 4, 0.8), (-2, 4, 0.8), (-1, 4, 0.9), (-2, 6.3, 0.8), (-1, 6.3, 0.8), (-3, 2.5, 0.8)):
        reach = lambda n: _power(difference, sd, n)
        n = 2
        while reach(n) < power:
            n += 1
        rows.append([difference, sd, power, n])
    return rows


def _power(difference, sd, n):
    df, shift = 2 * n - 2, abs(difference) / sd * math.sqrt(n / 2)
    limit = stats.t.ppf(0.975, df)
    return 1 - stats.nct.cdf(limit, df, shift) + stats.nct.cdf(-limit, df, shift)


def balancing():
    """Weights that minimise the Kullback-Leibler distance, by a general optimiser on the dual."""
    generator = np.random.default_rng(5)
    n = 60
    age = np.round(generator.normal(35, 11, n), 1)
    score = np.round(generator.normal(10, 4, n) + 0.1 * (age - 35), 1)
    columns = np.column_stack([(age - 31) / 11, ((age - 31) ** 2 - 81) / 121, (score - 12) / 4])
    base = np.where(np.arange(n) % 3 == 0, 2.0, 1.0)
    base /= base.sum()

    def dual(lam):
        logs = np.log(base) - columns @ lam
        top = logs.max()
        raw = np.exp(logs - top)
        return top + math.log(raw.sum()), -(columns * (raw / raw.sum())[:, None]).sum(axis=0)

    found = optimize.minimize(dual, np.zeros(3), jac=True, method='BFGS', options={'gtol': 1e-13})
    polished = optimize.root(lambda lam: dual(lam)[1], found.x, tol=1e-15)
    logs = np.log(base) - columns @ polished.x
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    return {'age': age.tolist(), 'score': score.tolist(), 'base': base.tolist(), 'weights': weights.tolist()}


def isotonic():
    values = [round(rng.random() + i / 20, 3) for i in range(25)]
    return {'values': values, 'fitted': [float(x) for x in optimize.isotonic_regression(values).x]}


if __name__ == '__main__':
    golden = {
        'logGamma': log_gamma(), 'logBeta': log_beta(), 'incompleteBeta': incomplete_beta(), 'student': student(),
        'studentQuantile': student_quantile(), 'tests': tests(), 'shares': shares(), 'sizes': sizes(),
        'balancing': balancing(), 'isotonic': isotonic(),
    }
    text = ',\n'.join(
        f'"{name}": [\n' + ',\n'.join(json.dumps(row) for row in rows) + '\n]' if isinstance(rows, list) else f'"{name}": {json.dumps(rows)}'
        for name, rows in golden.items())
    Path('src/stats/golden').mkdir(exist_ok=True)
    Path('src/stats/golden/stats.json').write_text('{\n' + text + '\n}\n')
    print({name: len(rows) for name, rows in golden.items()})
