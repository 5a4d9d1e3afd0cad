"""Writes src/base/golden/elementary.json: elementary functions at random and at awkward points.

Run from the repository root: python3 tools/golden/elementary.py    (needs mpmath; a minute or two)
Each case is [x, near, rest] or, for pow, [x, y, near, rest]: near is a double beside the true value, rest what is missing in
units in the last place of near, so that the true value is known to a millionth of an ulp.
Cases whose true value overflows or rounds to 0 are left out: the test states those limits itself.
"""
import json
import math
import random
from pathlib import Path

from mpmath import cos, exp, expm1, ln, log, log1p, mp, mpf, pi, sin

mp.dps = 400  # log1p and expm1 of subnormals need 330 digits, and pow multiplies its errors by 745
LN2 = float(ln(2))


def logarithmic(rng, low, high):
    """A positive number whose exponent is uniform between two powers of two."""
    return math.ldexp(1 + rng.random(), rng.randint(low, high - 1))


def either(rng, x):
    return x if rng.random() < 0.5 else -x


def neighbours(x, reach=2):
    """x and the doubles around it."""
    below, above, found = x, x, [x]
    for _ in range(reach):
        below, above = math.nextafter(below, -math.inf), math.nextafter(above, math.inf)
        found += [below, above]
    return found


def exp_points(rng, n):
    yield from (rng.uniform(-708, 709.78) for _ in range(n))
    yield from (rng.uniform(-5, 5) for _ in range(n))
    yield from (either(rng, logarithmic(rng, -60, 0)) for _ in range(n // 2))
    yield from (rng.uniform(-745.13, -708.4) for _ in range(n // 2))  # subnormal results
    yield from (rng.uniform(709.4, 709.7827) for _ in range(n // 8))
    yield from neighbours(709.782712893384)  # the overflow threshold
    yield from neighbours(-745.1332191019412)  # and the last before 0
    for k in rng.sample(range(-1074, 1023), n // 8):  # halfway between two k: the longest reduced argument
        yield from neighbours((k + 0.5) * LN2, 1)


def log_points(rng, n):
    yield from (logarithmic(rng, -1022, 1024) for _ in range(n))
    yield from (rng.uniform(0.25, 4) for _ in range(n))
    yield from (1 + either(rng, logarithmic(rng, -53, -1)) for _ in range(n // 2))
    yield from (rng.randint(1, 2**52 - 1) * 5e-324 for _ in range(n // 4))
    yield from (5e-324, 1e-323, 2.2250738585072014e-308, 1.7976931348623157e308)
    for k in rng.sample(range(-1000, 1000), n // 8):  # where k changes
        yield from neighbours(math.ldexp(math.sqrt(2), k), 1)
    for k in range(-8, 9):
        yield from neighbours(2.0**k, 1)


def pow_points(rng, n):
    for _ in range(n):  # anywhere the result is finite
        x = logarithmic(rng, -1022, 1024)
        yield x, rng.uniform(-744, 709) / math.log(x)
    for _ in range(n):  # what rates and Hill terms need
        yield rng.uniform(0, 20) + 1e-3, rng.uniform(-6, 6)
    for _ in range(n // 2):  # the compound interest corner: x near 1, y large
        x = 1 + either(rng, logarithmic(rng, -52, -1))
        yield x, rng.uniform(-744, 709) / math.log(x)
    for _ in range(n // 4):  # subnormal x, subnormal results
        yield rng.randint(1, 2**52 - 1) * 5e-324, rng.uniform(-0.95, 1)
        x = logarithmic(rng, -40, 40)
        yield x, rng.uniform(-745, -709) / math.log(x)
    for _ in range(n // 4):
        yield rng.uniform(0.01, 50), float(rng.randint(-12, 12))
        yield either(rng, logarithmic(rng, -300, 0)) + 1, either(rng, logarithmic(rng, -40, 0))


def nearest_multiples(count):
    """The doubles below 1e6 that lie closest, in proportion, to a multiple of pi/2: the worst of argument reduction."""
    half = +(pi / 2)
    digits, mp.dps = mp.dps, 60
    found = []
    for k in range(1, 636620):
        x = float(k * half)
        found.append((abs(k * half / x - 1), x))
    mp.dps = digits
    return [x for _, x in sorted(found)[:count]]


def sin_points(rng, n):
    yield from (rng.uniform(-1e6, 1e6) for _ in range(n))
    yield from (rng.uniform(-10, 10) for _ in range(n))
    yield from (either(rng, logarithmic(rng, -60, 0)) for _ in range(n // 2))
    for k in rng.sample(range(1, 636620), n // 4):
        yield float(k * pi / 2)
        yield float((k - 0.5) * pi / 2)
    yield from nearest_multiples(n // 8)
    yield from (1e6, -1e6)


def expm1_points(rng, n):
    yield from (rng.uniform(-40, 709.78) for _ in range(n // 2))
    yield from (rng.uniform(-3, 3) for _ in range(n))
    yield from (either(rng, logarithmic(rng, -1070, 0)) for _ in range(n))
    yield from (5e-324, -5e-324, -50.0, -700.0)


def log1p_points(rng, n):
    yield from (logarithmic(rng, -1, 1024) for _ in range(n // 2))
    yield from (rng.uniform(-1, 3) for _ in range(n))
    yield from (either(rng, logarithmic(rng, -1070, 0)) for _ in range(n))
    yield from (-1 + logarithmic(rng, -53, -1) for _ in range(n // 4))
    yield from (5e-324, -5e-324)


# The worst points found in two million a function with this generator (cases(name, 12500, seed), seeds 1 to 47).
HARD = {
    'exp': [2.4358826246386016, 3.818965507553978, 2.4438650168043345, -384.3370102550793, 3.820199517838814],
    'expm1': [0.35800521420361164, 0.36269699724248206, 0.35692766841419976, 0.3705176272273887, 0.35095220188076937],
    'log': [1.409154563561126, 0.7037695524071695, 1.4062970616195918, 1.409123775980868, 0.6337597637469328],
    'log1p': [-1.6669363574762787e-16, -1.6680833323250596e-16, -1.6812897850828934e-16, -1.6969248549645110e-16],
    'pow': [
        (0.7023745614378452, 1884.7105146631582), (1.3995410205451964, 1547.9797944027714),
        (1.4724400880883062, -1781.1559037129334), (0.7128819024531619, 1927.7734255708956),
    ],
    'sin': [56765.68956155307, 9.4872969796751, -33210.28747317125, 815035.6978463682, 593987.706381677],
    'cos': [-1.0682365743038638, 184020.8774547046, 915062.937834484, 7.60209784416347, -8.1061904733994],
}

FUNCTIONS = {
    'exp': (exp, exp_points),
    'expm1': (expm1, expm1_points),
    'log': (log, log_points),
    'log1p': (log1p, log1p_points),
    'pow': (lambda x, y: exp(y * log(x)), pow_points),
    'sin': (sin, sin_points),
    'cos': (cos, sin_points),
}


def cases(name, n, seed):
    """Returns the rows of one function: the hard points, then about 3.5 n others."""
    function, points = FUNCTIONS[name]
    found = []
    for point in [*HARD[name], *points(random.Random(f'{name} {seed}'), n)]:
        arguments = point if isinstance(point, tuple) else (point,)
        value = function(*(mpf(x) for x in arguments))
        near = float(value)
        if 0 < abs(near) < math.inf:
            found.append([*arguments, near, round(float((value - mpf(near)) / mpf(math.ulp(near))), 6)])
    return found


if __name__ == '__main__':
    golden = {name: cases(name, 160, 1) for name in FUNCTIONS}
    text = ',\n'.join(
        f'"{name}": [\n' + ',\n'.join(json.dumps(row) for row in rows) + '\n]' for name, rows in golden.items())
    Path('src/base/golden/elementary.json').write_text('{\n' + text + '\n}\n')
    print({name: len(rows) for name, rows in golden.items()})
