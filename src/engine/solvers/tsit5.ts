// Tsit5: explicit, order 5, with an interpolant of order 4. For models that are not stiff, where it costs a fraction of an implicit step.
import type { ExplicitMethod } from './explicit-method.ts'

/** The interpolant as printed: y + sum_j U_j (powers[j] of theta, from the first on). */
const POWERS = [
  [1, -2.763706197274826, 2.9132554618219126, -1.0530884977290216],
  [0, 0.13169999999999998, -0.2234, 0.1017],
  [0, 3.9302962368947516, -5.941033872131505, 2.490627285651253],
  [0, -12.411077166933676, 30.33818863028232, -16.548102889244902],
  [0, 37.50931341651104, -88.1789048947664, 47.37952196281928],
  [0, -27.896526289197286, 65.09189467479366, -34.87065786149661],
  [0, 1.5, -4, 2.5],
]

export const tsit5: ExplicitMethod = {
  kind: 'explicit',
  name: 'tsit5',
  label: 'Tsit5, explicit, order 5',
  order: 5,
  stages: 7,
  a: [
    [],
    [0.161],
    [-0.008480655492356989, 0.335480655492357],
    [2.8971530571054935, -6.359448489975075, 4.3622954328695815],
    [5.325864828439257, -11.748883564062828, 7.4955393428898365, -0.09249506636175525],
    [5.86145544294642, -12.92096931784711, 8.159367898576159, -0.071584973281401, -0.028269050394068383],
    [0.09646076681806523, 0.01, 0.4798896504144996, 1.379008574103742, -3.290069515436081, 2.324710524099774],
  ],
  time: [0, 0.161, 0.327, 0.9, 0.9800255409045097, 1, 1],
  error: [
    -0.001780011052225777, -0.0008164344596567469, 0.007880878010261995, -0.1447110071732629, 0.5823571654525552,
    -0.45808210592918697, 0.015151515151515152,
  ],
  // the same polynomial in the form of dense output: divided by theta, less its value at 1, divided by 1 - theta
  dense: [
    POWERS.map(([, second = 0, third = 0, fourth = 0]) => -(second + third + fourth)),
    POWERS.map(([, , third = 0, fourth = 0]) => -(third + fourth)),
    POWERS.map(([, , , fourth = 0]) => -fourth),
  ],
  source:
    'Tsitouras C. Runge-Kutta pairs of order 5(4) satisfying only the first column simplifying assumption. Computers & Mathematics with Applications 2011;62:770-775',
  whenNotToUse:
    'Stiff models: fast binding, fast turnover beside slow tissue. The steps then become as short as the fastest process.',
}
