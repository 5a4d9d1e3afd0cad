"""Writes src/engine/golden/trajectories.json: courses of the basic models at their default numbers, from equations written out anew here.

Run from the repository root: python3 tools/golden/trajectories.py    (needs numpy, scipy and mpmath; about two minutes)
The linear model is solved by matrix exponentials, Lotka-Volterra and Robertson up to 40 s by Taylor series, all at 40 digits. Friberg and the rest of
Robertson come from scipy's Radau, with which two more of its integrators must agree. Each course is {model, states, rows: [[time, value, ...], ...],
agreement: the largest |difference| / (|value| + 1e-3 largest |value| of the state) between the integrators, or 0 for 40 digits}.
"""
import json
from pathlib import Path

import numpy as np
from mpmath import expm, fdot, matrix, mp, mpf
from scipy.integrate import solve_ivp

mp.dps = 50  # 40 digits and a guard
ORDER = 40


def taylor(linear, quadratic, y, times):
    """Solves y_i' = sum linear[i][j] y_j + sum quadratic[i][(j, k)] y_j y_k by series of order 40, in steps that leave 45 digits."""
    values, t = [], mpf(0)
    for until in times:
        until = mpf(until)
        while t < until:
            series = [[v] for v in y]
            for k in range(ORDER):
                products = {pair: fdot(series[pair[0]], reversed(series[pair[1]])) for q in quadratic for pair in q}
                slopes = [
                    sum((c * series[j][k] for j, c in line.items()), mpf(0)) + sum(c * products[p] for p, c in square.items())
                    for line, square in zip(linear, quadratic)
                ]
                for one, slope in zip(series, slopes):
                    one.append(slope / (k + 1))
            scale = [mpf(10) ** -45 * max(abs(one[0]), mpf(10) ** -5) for one in series]
            h = min((s / abs(c)) ** (mpf(1) / k) for s, one in zip(scale, series) for k in (ORDER - 1, ORDER) if (c := one[k]))
            h = min(h, until - t)
            y = [sum(c * h**k for k, c in enumerate(one)) for one in series]
            t = until if h == until - t else t + h
        values.append(list(y))
    return values


def integrate(integrators, rates, jacobian, y, stops, times):
    """Solves equations by several integrators to each time from the last stop before it, never interpolating; `rates(t, y, start)` knows that stop."""
    courses = []
    for method in integrators:
        options = {'method': method, 'rtol': 1e-12, 'atol': 1e-17}
        if jacobian and method != 'DOP853':
            options['jac'] = lambda t, u: jacobian(u)
        course = {0: np.array(y, dtype=float)}
        for end in times:
            start = max(stop for stop in stops if stop < end)
            solution = solve_ivp(lambda t, u: rates(t, u, start), (start, end), course[start], **options)
            assert solution.success, solution.message
            course[end] = solution.y[:, -1]
        courses.append(np.array([course[t] for t in times]))
    return courses[0].tolist(), max(difference(course, courses[0]) for course in courses[1:])


def difference(course, reference):
    size = np.abs(reference) + 1e-3 * np.max(np.abs(reference), axis=0)
    return float(np.max(np.abs(course - reference) / size))


def two_compartment():
    """200 mg under the skin every week, 12 times; at the time of a dose the state after it."""
    ka, f, cl, vc, q, vp = map(mpf, ('0.235', '0.742', '0.204', '2.3', '0.698', '2.65'))
    a = matrix([[-ka, 0, 0], [f * ka, -(cl + q) / vc, q / vp], [0, q / vc, -q / vp]])
    times = [mpf(k) * 7 / 2 for k in range(25)]
    rows = []
    for t in times:
        y = matrix([0, 0, 0])
        for dose in range(12):
            if 7 * dose <= t:
                y += expm(a * (t - 7 * dose)) * matrix([200, 0, 0])
        rows.append(list(y))
    return ['depot', 'central', 'peripheral'], times, rows, 0


def lotka_volterra():
    linear = [{0: mpf('0.6')}, {1: mpf('-0.8')}]
    quadratic = [{(0, 1): mpf('-0.03')}, {(0, 1): mpf('0.02')}]
    times = [mpf(k) for k in range(1, 41)]
    rows = taylor(linear, quadratic, [mpf(30), mpf(4)], times)
    print('prey at 10 a, prey and predators at 40 a:', *(mp.nstr(v, 12) for v in (rows[9][0], *rows[39])))
    return ['prey', 'predators'], times, rows, 0


def robertson():
    k1, k2, k3 = 0.04, 1e4, 3e7
    slow = mpf('0.04')
    early, late = [0.4, 4, 40], [400, 4000, 10000]
    linear = [{0: -slow}, {0: slow}, {}]
    quadratic = [{(1, 2): mpf(10000)}, {(1, 2): mpf(-10000), (1, 1): mpf(-30000000)}, {(1, 1): mpf(30000000)}]
    exact = taylor(linear, quadratic, [mpf(1), mpf(0), mpf(0)], [mpf('0.4'), 4, 40])
    print('Robertson at 40 s:', *(mp.nstr(v, 20) for v in exact[-1]))

    def rates(_, y, __):
        return [-k1 * y[0] + k2 * y[1] * y[2], k1 * y[0] - k2 * y[1] * y[2] - k3 * y[1] ** 2, k3 * y[1] ** 2]

    def jacobian(y):
        return [[-k1, k2 * y[2], k2 * y[1]], [k1, -k2 * y[2] - 2 * k3 * y[1], -k2 * y[1]], [0, 2 * k3 * y[1], 0]]

    rows, agreement = integrate(('Radau', 'LSODA', 'BDF'), rates, jacobian, [1, 0, 0], [0], early + late)
    known = difference(np.array(rows[:3]), np.array(exact, dtype=float))  # where more is known, Radau itself is judged
    return ['A', 'B', 'C'], early + late, exact + rows[3:], max(agreement, known)


def friberg():
    """180 mg of docetaxel over an hour, every 21 days, 3 times."""
    circ0, gamma, slope, v1 = 5, 0.196, 17.9, 7.4
    k10, k12, k21, k13, k31 = 124.8, 25.44, 36.24, 30.24, 2.016
    ktr = 4 / (113 / 24)
    hour = 1 / 24

    def rates(_, y, start):
        drug, shallow, deep, prol, t1, t2, t3, circ = y
        infused = 180 / hour if start in (0, 21, 42) else 0
        return [
            infused + k21 * shallow + k31 * deep - (k10 + k12 + k13) * drug,
            k12 * drug - k21 * shallow,
            k13 * drug - k31 * deep,
            ktr * prol * ((1 - slope * drug / v1) * (circ0 / circ) ** gamma - 1),
            ktr * (prol - t1),
            ktr * (t1 - t2),
            ktr * (t2 - t3),
            ktr * (t3 - circ),
        ]

    stops = [0, hour, 21, 21 + hour, 42, 42 + hour]
    times = sorted({*stops[1:], *range(1, 64)})
    rows, agreement = integrate(('Radau', 'DOP853', 'LSODA'), rates, None, [0, 0, 0] + [circ0] * 5, stops, times)
    print('neutrophils at 8, 14, 21 days:', *(f'{rows[times.index(t)][7]:.10g}' for t in (8, 14, 21)))
    return ['drug', 'shallow', 'deep', 'prol', 'transit[1]', 'transit[2]', 'transit[3]', 'circ'], times, rows, agreement


if __name__ == '__main__':
    courses = []
    for model in (two_compartment, lotka_volterra, robertson, friberg):
        states, times, rows, agreement = model()
        print(f'{model.__name__}: {len(rows)} rows, agreement {agreement:.1e}')
        lines = [json.dumps([float(t), *map(float, row)]) for t, row in zip(times, rows)]
        head = f'{{"model": {json.dumps(model.__name__)}, "states": {json.dumps(states)}, "agreement": {agreement:.1e}, "rows": [\n'
        courses.append(head + ',\n'.join(lines) + '\n]}')
    Path('src/engine/golden/trajectories.json').write_text('[\n' + ',\n'.join(courses) + '\n]\n')
