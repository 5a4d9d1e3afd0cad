// Runs the `expect` lines of a model as tests, on the typical subject.
import type { Problem } from '#base'
import { type CompiledModel, compileModel, type Output } from '../compile/compile.ts'
import { lowering, plain } from '../compile/lower.ts'
import type { Kernel, RunningKernel } from '../ir/nodes.ts'
import type { Expectation, Model } from '../language/model.ts'
import { type Batch, DEFAULT_SETTINGS, openBatch } from './batch.ts'
import { countInstants, MOST_INSTANTS, schedule, startInputs } from './schedule.ts'
import { settle } from './settle.ts'

const STOPPED = {
  ok: 'nothing is wrong',
  stepLimit: 'it took as many steps as are allowed',
  notFinite: 'a rate, a state or a dose is no finite number',
  stepTooSmall: 'no step is small enough to follow the solution',
  stopped: 'it was told to stop',
} as const

/** Far below any limit that an author writes, so that a failed expectation speaks of the model and not of the solver. */
const RELATIVE_TOLERANCE = 1e-9
/** A state that still moves after 2^40 units of time is not going to settle. */
const DOUBLINGS = 40
/** Up to 2^20 units of time, about a million, slow change is still change: nothing is called steady before. */
const FEWEST = 20

/**
 * Runs all expectations of a model.
 * @param open makes a compiled kernel runnable
 * @returns how many were run, and a problem for each that does not hold
 */
export async function runExpectations(
  model: Model,
  open: (kernel: Kernel) => Promise<RunningKernel>,
): Promise<{ count: number; problems: Problem[] }> {
  if (model.expectations.length === 0) return { count: 0, problems: [] }
  const outputs = model.expectations.map(
    ({ value }, i): Output => ({ name: `expectation ${i + 1}`, unit: value.unit.text, meaning: '', value }),
  )
  const compiled = compileModel(model, outputs)
  const kernel = await open(compiled.kernel)
  const problems = model.expectations.flatMap((e, i) => runOne(model, compiled, kernel, e, i))
  return { count: model.expectations.length, problems }
}

function runOne(
  model: Model,
  compiled: CompiledModel,
  kernel: RunningKernel,
  e: Expectation,
  output: number,
): Problem[] {
  const fault = (message: string, help?: string): Problem[] => [
    { code: 'expectation', level: 'error', message, place: e.place, ...(help !== undefined && { help }) },
  ]
  const doses = countInstants(e.given)
  if (doses > MOST_INSTANTS) return fault(`What is given takes ${doses} instants; at most ${MOST_INSTANTS} fit.`)
  const settled = settle(model, e.given, false)
  if (!settled.value) return [...settled.problems]
  const parameters = settled.value.parameters.map((p) => p.value)
  const instants = schedule(model, e.given, parameters)
  const inputs = startInputs(model, instants)
  const set = instants.filter(({ what, time }) => what === 'input' && time <= (e.at ?? Infinity))
  const evaluate = lowering(plain, model, {
    time: e.at ?? NaN,
    parameter: (i) => parameters[i] ?? NaN,
    input: (i) => set.findLast(({ at }) => at === i)?.value ?? inputs[i] ?? NaN,
    state: () => NaN,
  })
  const expected = evaluate(e.equals)
  const limit = e.limit.kind === 'absolute' ? e.limit.size : e.limit.size * Math.abs(expected)
  if (!Number.isFinite(expected)) return fault(`What is expected is no finite number: ${expected}.`)
  if (limit === 0)
    return fault(
      'A share of 0 is 0 and leaves no room.',
      `write an absolute limit: within 0.001 [${e.value.unit.text}]`,
    )
  const times = e.at === undefined ? doublings(instants.at(-1)?.time ?? 0) : [e.at]
  const batch = openBatch(kernel, compiled, [{ parameters, inputs, instants }], {
    ...DEFAULT_SETTINGS,
    relativeTolerance: RELATIVE_TOLERANCE,
    times,
  })
  const found =
    e.at === undefined
      ? steadyValue(batch, times, compiled.outputs.length, output, limit)
      : valueAt(batch, e.at, output)
  const { status, time } = batch.progress(0)
  if (status !== 'ok') return fault(`The run stops at time ${time} [${model.time.text}]: ${STOPPED[status]}.`)
  if (found === undefined) return fault(`The value has not settled after a time of ${times.at(-1)}.`)
  if (!Number.isFinite(found))
    return fault(
      'The value found is no finite number.',
      'look for a division by zero, a table that is left, or a logarithm or root of a negative number',
    )
  if (Math.abs(found - expected) <= limit) return []
  const off =
    e.limit.kind === 'relative'
      ? `${Number(((100 * Math.abs(found - expected)) / Math.abs(expected)).toPrecision(3))}%`
      : `${Number(Math.abs(found - expected).toPrecision(3))} [${e.value.unit.text}]`
  return fault(`Expected ${expected} [${e.value.unit.text}], found ${found}: off by ${off}.`)
}

const doublings = (after: number): number[] =>
  Array.from({ length: DOUBLINGS + 1 }, (_, k) => after + plain.powerOfTwo(k))

function valueAt(batch: Batch, at: number, output: number): number | undefined {
  batch.advance(at)
  return batch.rows(0)[output]
}

// Settled: after a long time, over the last two doublings of time it moved by less than a tenth of the limit.
function steadyValue(
  batch: Batch,
  times: readonly number[],
  width: number,
  output: number,
  limit: number,
): number | undefined {
  for (const [k, time] of times.entries()) {
    batch.advance(time)
    const at = (back: number): number => batch.rows(0)[(k - back) * width + output] ?? NaN
    if (k >= FEWEST && Math.abs(at(0) - at(1)) < limit / 10 && Math.abs(at(1) - at(2)) < limit / 10) return at(0)
    if (batch.progress(0).status !== 'ok') return undefined
  }
  return undefined
}
