"""Writes src/base/golden/normal-quantile.json: the standard normal quantile, found from mpmath's distribution function.

Run from the repository root: python3 tools/golden/normal-quantile.py    (needs mpmath)
Each case is [p, quantile], p exact and the quantile rounded to a double.
"""
import json
import math
import random
from pathlib import Path

from mpmath import erfc, exp, findroot, log, mp, mpf, pi, sqrt

mp.dps = 60


def quantile(p):
    """Solves log P(Z < z) = log p in the lower half, where erfc does not cancel; by symmetry above."""
    if p > 0.5:
        return -quantile(1 - p)
    lower = lambda z: erfc(-z / sqrt(2)) / 2
    start = -sqrt(max(0, -2 * log(2 * p) - log(1 + max(0, -4 * log(2 * p))) * mpf(0.4)))
    z = start
    for _ in range(200):  # Newton on the logarithm, which is concave: it cannot overshoot
        step = (log(lower(z)) - log(p)) * lower(z) * sqrt(2 * pi) * exp(z * z / 2)
        z -= step
        if abs(step) < mpf(10) ** -45 * (1 + abs(z)):
            return z
    raise RuntimeError(f'no convergence at {p}')


def points(rng):
    yield from (rng.random() for _ in range(150))
    yield from (0.5 + rng.uniform(-1, 1) * 10.0 ** rng.randint(-15, -1) for _ in range(60) )
    yield from (10.0 ** rng.uniform(-323, -1) for _ in range(150))
    yield from (10.0 ** rng.uniform(-20, -1) for _ in range(100))
    yield from (1 - 10.0 ** rng.uniform(-15.9, -1) for _ in range(60))
    for edge in (0.075, 0.925, math.exp(-25), math.exp(-25) * (1 + 1e-15), 2.0**-53, 1 - 2.0**-53, 5e-324, 1e-16, 1e-17):
        yield edge
        yield math.nextafter(edge, 0.5)


if __name__ == '__main__':
    rows = [[p, float(quantile(mpf(p)))] for p in points(random.Random(1)) if 0 < p < 1]
    text = ',\n'.join(json.dumps(row) for row in rows)
    Path('src/base/golden/normal-quantile.json').write_text(f'[\n{text}\n]\n')
    print(len(rows))
