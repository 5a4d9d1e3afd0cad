"""Writes src/engine/golden/trajectories.json: courses of the basic models at their default numbers, from equations written out anew here.

Run from the repository root: python3 tools/golden/trajectories.py    (needs numpy, scipy and mpmath; some minutes)
The linear model is solved by matrix exponentials, Lotka-Volterra and Robertson up to 40 s by Taylor series, all at 40 digits. Friberg, TMDD, the spike and the
rest of Robertson come from scipy's Radau, with which two more of its integrators must agree. Each course is {model, states, rows: [[time, value, ...], ...],
agreement: the largest |difference| / (|value| + 1e-3 largest |value| of the state) between the integrators, or 0 for 40 digits}.
"""
import json
from pathlib import Path

import numpy as np
from mpmath import expm, fdot, matrix, mp, mpf
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

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


def integrate(integrators, rates, jacobian, y, stops, times, doses=None, atol=1e-17):
    """Solves equations by several integrators to each time from the last stop before it, never interpolating; `rates(t, y, start)` knows that stop.
    `doses` are added to the state at their times, which are stops; a row at such a time shows the state after it."""
    courses = []
    for method in integrators:
        options = {'method': method, 'rtol': 1e-12, 'atol': atol}
        if jacobian and method != 'DOP853':
            options['jac'] = lambda t, u: jacobian(u)
        given = doses or {}
        course = {0: np.array(y, dtype=float) + given.get(0, 0)}
        for end in times:
            start = max(stop for stop in stops if stop < end)
            solution = solve_ivp(lambda t, u: rates(t, u, start), (start, end), course[start], **options)
            assert solution.success, solution.message
            course[end] = solution.y[:, -1] + given.get(end, 0)
        courses.append(np.array([course[t] for t in times]))
    return courses[0].tolist(), max(difference(course, courses[0]) for course in courses[1:])


def by_complex_step(rates):
    """The Jacobian to the last digit: the derivative is the imaginary part of a rate at a state moved by a tiny imaginary number."""

    def jacobian(y):
        moved = np.array(y, dtype=complex) + 1e-30j * np.eye(len(y))
        return np.array([np.imag(rates(0, state, 0)) / 1e-30 for state in moved]).T

    return jacobian


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


def tmdd():
    """1000 nmol under the skin every four weeks, 4 times."""
    ka, f, cl, vc, q, vp, kon, kd, kdeg, kint, r0, kout, hill = 0.25, 0.7, 0.2, 3, 0.5, 3, 15, 0.05, 2, 0.5, 1, 0.1, 1.5

    def rates(_, y, __):
        depot, free, peripheral, target, bound, response = y
        binding = kon * free * target - kon * kd * bound
        return [
            -ka * depot,
            f * ka * depot / vc - cl / vc * free - q / vc * (free - peripheral) - binding,
            q / vp * (free - peripheral),
            kdeg * r0 - kdeg * target - binding,
            binding - kint * bound,
            kout * (max(target, 0) / r0) ** hill - kout * response,
        ]

    stops = [0, 28, 56, 84]
    doses = {t: np.array([1000, 0, 0, 0, 0, 0]) for t in stops}
    times = list(range(2, 113, 2))
    rows, agreement = integrate(('Radau', 'LSODA', 'BDF'), rates, None, [0, 0, 0, r0, 0, 1], stops, times, doses)
    return ['depot', 'free', 'peripheral', 'target', 'complex', 'response'], times, rows, agreement


def spike():
    """150 mg of an antibody under the skin and 300 mg of a small molecule over an hour, every two weeks, twice."""
    ka, f, v1, cl, q, v2, kon, koff, ksyn, kdeg, kint = 0.01, 0.7, 3, 0.009, 0.02, 2.5, 0.5, 0.05, 0.05, 0.01, 0.02
    vc, clx, vmax, km, k12, k21, kmet, kme = 30, 8, 20, 2, 0.3, 0.1, 0.05, 0.03
    slope_n, ktr_n, gamma_n, n0, slope_p, ktr_p, gamma_p, p0 = 0.8, 0.045, 0.17, 5, 0.4, 0.03, 0.25, 2.5
    kin1, kout1, kin2, kout2, hill, e50 = 0.5, 0.5, 0.04, 0.02, 1.3, 0.6
    k1, k2, k3, krec, kdis, kdmg, kf = 0.4, 1e4, 3e5, 0.05, 0.002, 3e-5, 0.01

    def rates(_, y, start):
        ad, c, p, r, rc, x1, x2, m = y[:8]
        n, b = y[8:13], y[13:18]
        i1, i2, i3, i4, s1, s2, s3, inflammation, damage, left, t1, t2, t3 = y[18:31]
        killing = (x1 + 0.3 * m) / (1 + x1 + 0.3 * m)
        return [
            -ka * ad,
            ka * f * ad / v1 - cl / v1 * c - q / v1 * (c - p) - kon * c * r + koff * rc,
            q / v2 * (c - p),
            ksyn - kdeg * r - kon * c * r + koff * rc,
            kon * c * r - koff * rc - kint * rc,
            (300 / vc if start in (0, 336) else 0) - clx / vc * x1 - vmax * x1 / (vc * (km + x1)) - k12 * x1 + k21 * x2,
            k12 * x1 - k21 * x2,
            kmet * x1 - kme * m,
            ktr_n * n[0] * ((1 - slope_n * killing) * (n0 / n[4]) ** gamma_n - 1),
            *(ktr_n * (n[k - 1] - n[k]) for k in range(1, 5)),
            ktr_p * b[0] * ((1 - slope_p * killing) * (p0 / b[4]) ** gamma_p - 1),
            *(ktr_p * (b[k - 1] - b[k]) for k in range(1, 5)),
            kin1 * (0.2 + 0.8 * r / (r + 1)) - kout1 * i1,
            kin2 * i1**hill / (e50**hill + i1**hill) - kout2 * i2,
            0.1 * i2 * (1 + 0.2 * n[4] / (1 + n[4])) - 0.1 * i3,
            0.05 * i3 * i3 / (0.5 + i3 * i3) - 0.05 * i4 * (1 + 0.5 * i1),
            -k1 * s1 * (1 + i1) + k2 * s2 * s3 + krec * s3,
            k1 * s1 * (1 + i1) - k2 * s2 * s3 - k3 * s2 * s2,
            k3 * s2 * s2 - krec * s3,
            kdis * (s3 * i2 / (0.5 + i2) - inflammation),
            kdmg * inflammation * (1 - damage),
            kf * (1 - damage - 0.3 * i4 - left),
            0.02 * (left * i3 - t1),
            0.02 * (t1 - t2),
            0.02 * (t2 - t3),
            0.001 * c,
            0.01 * x1,
            0.01 / (1 + np.exp(8 * (n[4] - 1.5))),
        ]

    r = ksyn / kdeg
    i1 = kin1 * (0.2 + 0.8 * r / (r + 1)) / kout1
    i2 = kin2 * i1**hill / (e50**hill + i1**hill) / kout2
    i3 = i2 * (1 + 0.2 * n0 / (1 + n0))
    i4 = i3 * i3 / (0.5 + i3 * i3) / (1 + 0.5 * i1)
    slow = k1 * (1 + i1)
    s2 = brentq(lambda s: slow * (1 - s - k3 * s * s / krec) - k2 * s * k3 * s * s / krec - k3 * s * s, 0, 1e-2, xtol=1e-18, rtol=1e-15)
    s3 = k3 * s2 * s2 / krec
    left = 1 - 0.3 * i4
    chains = [n0] * 5 + [p0] * 5
    rest = [i1, i2, i3, i4, 1 - s2 - s3, s2, s3, s3 * i2 / (0.5 + i2), 0, left, left * i3, left * i3, left * i3, 0, 0, 0]
    stops = [0, 1, 336, 337]
    dose = np.zeros(34)
    dose[0] = 150
    times = sorted({*stops[1:], *range(24, 673, 24)})
    rows, agreement = integrate(('Radau', 'LSODA', 'BDF'), rates, by_complex_step(rates), [0, 0, 0, r, 0, 0, 0, 0, *chains, *rest], stops, times, {0: dose, 336: dose}, 1e-14)
    names = 'Ad C P R RC X1 X2 M n[1] n[2] n[3] n[4] n[5] p[1] p[2] p[3] p[4] p[5] I1 I2 I3 I4 S1 S2 S3 inflammation damage function_left'
    return f'{names} trace[1] trace[2] trace[3] exposure_C exposure_X time_low'.split(), times, rows, agreement


if __name__ == '__main__':
    courses = []
    for model in (two_compartment, lotka_volterra, robertson, friberg, tmdd, spike):
        states, times, rows, agreement = model()
        print(f'{model.__name__}: {len(rows)} rows, agreement {agreement:.1e}')
        lines = [json.dumps([float(t), *map(float, row)]) for t, row in zip(times, rows)]
        head = f'{{"model": {json.dumps(model.__name__)}, "states": {json.dumps(states)}, "agreement": {agreement:.1e}, "rows": [\n'
        courses.append(head + ',\n'.join(lines) + '\n]}')
    Path('src/engine/golden/trajectories.json').write_text('[\n' + ',\n'.join(courses) + '\n]\n')
