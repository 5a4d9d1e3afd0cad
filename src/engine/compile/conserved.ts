// Checks on the equations themselves that a quantity declared as conserved does not change: its derivative along the flow, term by term, at points
// drawn around the start. Rounding leaves some 1e-15 of the largest term; a missing or doubled flow leaves far more.
import { exp, normal, type Problem } from '#base'
import type { Model } from '../language/model.ts'
import { dual, duals } from './duals.ts'
import { lowering, plain } from './lower.ts'

const POINTS = 20
const ROUNDING = 1e-10 // of the largest term

/** Lists a problem for each declared quantity that the equations do not conserve. */
export function checkConserved(model: Model): Problem[] {
  return model.conserved.flatMap(({ name, value, place }): Problem[] => {
    let tried = 0
    for (let point = 0; point < POINTS; point++) {
      const change = changeAt(model, value, point)
      if (!Number.isFinite(change.sum)) continue // outside the domain of the equations, such as the logarithm of a negative number
      tried++
      if (Math.abs(change.sum) > ROUNDING * change.largest)
        return [
          {
            code: 'not-conserved',
            level: 'error',
            message: `"${name}" is declared as conserved, and changes: at a drawn point its flows leave ${share(change)} of the largest of them.`,
            place,
            help:
              change.states.length > 0
                ? `the flows of ${change.states.slice(0, 6).join(', ')} must cancel`
                : 'it changes with time alone',
          },
        ]
    }
    if (tried > 0) return []
    return [
      {
        code: 'not-conserved',
        level: 'error',
        message: `"${name}" could not be checked: it is not finite at any of ${POINTS} points around the start.`,
        place,
      },
    ]
  })
}

const share = ({ sum, largest }: { sum: number; largest: number }): string =>
  `${Number(((Math.abs(sum) / largest) * 100).toPrecision(3))}%`

/** The terms of d(value)/dt at one drawn point: their sum, the largest of them, and the states they come from. */
function changeAt(
  model: Model,
  value: Model['conserved'][number]['value'],
  point: number,
): { sum: number; largest: number; states: string[] } {
  const drawn = (purpose: string, spread = 1): number =>
    exp(spread * normal({ seed: 0, subject: point, replicate: 0, purpose, index: 0 }))
  // what varies between subjects varies here: two rates that are equal in the typical one alone conserve nothing
  const parameters = model.parameters.map(({ name, value: typical, prior }) =>
    prior ? (typical || 1) * drawn(name, 0.1) : typical,
  )
  const inputs = model.inputs.map((i) => i.value)
  const atStart = lowering(plain, model, {
    time: 0,
    parameter: (i) => parameters[i] ?? NaN,
    input: (i) => inputs[i] ?? NaN,
    state: () => NaN,
  })
  const y = model.states.map(({ name, start }) => drawn(name) * (atStart(start) || 1))
  const time = drawn('time')
  const here = lowering(plain, model, {
    time,
    parameter: (i) => parameters[i] ?? NaN,
    input: (i) => inputs[i] ?? NaN,
    state: (i) => y[i] ?? NaN,
  })
  if (!Number.isFinite(here(value))) return { sum: NaN, largest: NaN, states: [] }
  const along = (seed: number, slope: number): number =>
    lowering(duals, model, {
      time: dual(time, seed === -1 ? slope : 0),
      parameter: (i) => dual(parameters[i] ?? NaN),
      input: (i) => dual(inputs[i] ?? NaN),
      state: (i) => dual(y[i] ?? NaN, i === seed ? slope : 0),
    })(value).slope
  let [sum, largest] = [along(-1, 1), Math.abs(along(-1, 1))]
  const states: string[] = []
  for (const [i, { name, rate }] of model.states.entries()) {
    const term = along(i, here(rate))
    sum += term
    largest = Math.max(largest, Math.abs(term))
    if (term !== 0) states.push(name)
  }
  return { sum, largest, states }
}
