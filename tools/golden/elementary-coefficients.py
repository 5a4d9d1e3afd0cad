"""Prints the constants of src/base/elementary: polynomials by Remez's exchange, and ln 2 and pi/2 in exact pieces.

Run: python3 tools/golden/elementary-coefficients.py    (needs mpmath)
Each polynomial minimises max |weight(x) (f(x) - P(x))| on its interval; the printed error is relative to the function
computed from it, before the coefficients are rounded to doubles (which adds at most a few 1e-18).
"""
from mpmath import atanh, cos, exp, findroot, floor, ln, lu_solve, matrix, mp, mpf, pi, polyval, sin, sqrt

mp.dps = 60


def remez(f, weight, low, high, count, rounds=20, grid=3001):
    """Returns `count` coefficients, constant first, and the weighted error."""
    # a quarter step aside, because a node where the weight is 0 would make the system singular
    nodes = [low + (high - low) * (1 - cos(pi * (i + mpf(0.25)) / (count + mpf(0.5)))) / 2 for i in range(count + 1)]
    for _ in range(rounds):
        system, right = matrix(count + 1, count + 1), matrix(count + 1, 1)
        for i, x in enumerate(nodes):
            for j in range(count):
                system[i, j] = weight(x) * x**j
            system[i, count] = (-1) ** i
            right[i] = weight(x) * f(x)
        solution = lu_solve(system, right)
        coefficients = [solution[j] for j in range(count)]
        error = lambda x: weight(x) * (f(x) - polyval(coefficients[::-1], x))
        nodes, worst = exchange(error, low, high, count + 1, grid)
        if worst < abs(solution[count]) * mpf('1.001'):
            break
    return coefficients, worst


def exchange(error, low, high, count, grid):
    """Finds the alternating extremes of the error: one per run of equal sign, the largest `count` neighbours."""
    points = [low + (high - low) * (1 - cos(pi * i / grid)) / 2 for i in range(grid + 1)]
    values = [error(x) for x in points]
    runs = []
    for x, e in zip(points, values):
        if runs and (runs[-1][1] > 0) == (e > 0):
            if abs(e) > abs(runs[-1][1]):
                runs[-1] = (x, e)
        else:
            runs.append((x, e))
    while len(runs) > count:
        runs.pop(0 if abs(runs[0][1]) < abs(runs[-1][1]) else -1)
    return [x for x, _ in runs], max(abs(e) for _, e in runs)


def near_zero(f, series):
    """f, but its power series where the closed form cancels."""
    return lambda x: f(x) if abs(x) > mpf('1e-3') else sum(c * x**i for i, c in enumerate(series))


def show(name, f, weight, low, high, count):
    coefficients, worst = remez(f, weight, mpf(low), mpf(high), count)
    print(f'{name}  relative error {float(worst):.2e}')
    for c in coefficients:
        print(f'  {float(c)!r},')


def pieces(name, value, *bits):
    """Cuts a constant into pieces of the given number of bits, the last rounded to a double."""
    print(name)
    rest = value
    for width in bits:
        unit = mpf(2) ** (int(floor(mp.log(rest, 2))) + 1 - width)
        piece = floor(rest / unit) * unit
        print(f'  {float(piece)!r},')
        rest -= piece
    print(f'  {float(rest)!r},')


factorial = lambda n: mp.factorial(n)
half_ln2 = ln(2) / 2
s_max = (sqrt(2) - 1) / (sqrt(2) + 1)
z_max = s_max**2

show('exp: (e^r - 1 - r)/r^2 over r', near_zero(lambda r: (exp(r) - 1 - r) / r**2, [1 / factorial(n + 2) for n in range(20)]),
     lambda r: r**2 / exp(r), -half_ln2, half_ln2, 10)

atanh_tail = lambda z, first: near_zero(
    lambda t: (2 * atanh(sqrt(t)) / sqrt(t) - sum(2 * t**n / (2 * n + 1) for n in range(first))) / t**first,
    [mpf(2) / (2 * (n + first) + 1) for n in range(20)])(z)
show('log: (2 atanh s - 2s)/s^3 over s^2', lambda z: atanh_tail(z, 1), lambda z: z / 2, 0, z_max, 7)
# pow works with s/1.5, so that the leading terms 3 s + 9/4 s^3 have exact coefficients: t = 4/9 s^2, factors 3/2 (4/9 -> 9/4)^2
show('pow: (2 atanh s - 2s - 2/3 s^3)/s^5 over t = (s/1.5)^2, times 1.5^5',
     lambda t: mpf(1.5) ** 5 * atanh_tail(t * 9 / 4, 2), lambda t: t**2 / 3, 0, z_max * 4 / 9, 7)

quarter = (pi / 4) ** 2
show('sin: (sin r - r)/r^3 over r^2',
     near_zero(lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, [(-1) ** (n + 1) / factorial(2 * n + 3) for n in range(15)]),
     lambda z: z, 0, quarter, 6)
show('cos: (cos r - 1 + r^2/2)/r^4 over r^2',
     near_zero(lambda z: (cos(sqrt(z)) - 1 + z / 2) / z**2, [(-1) ** n / factorial(2 * n + 4) for n in range(15)]),
     lambda z: z**2, 0, quarter, 6)

pieces('ln 2', ln(2), 40)
pieces('pi/2', pi / 2, 33, 33)
print('1/ln 2', repr(float(1 / ln(2))), ' 2/pi', repr(float(2 / pi)))
