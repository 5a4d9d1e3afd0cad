// Applies what is set for a whole run to a model: the number in the file gives way to the number asked for.
import { hasErrors, type Problem, type Reading } from '#base'
import { lowering, plain } from '../compile/lower.ts'
import type { Deed, Model, Parameter } from '../language/model.ts'

/**
 * Returns the model with its parameters set. Around the new value a prior keeps its spread; a uniform prior, which has no middle to move, gives way.
 * @param drawn whether subjects are drawn: a prior must then allow the new value
 */
export function settle(model: Model, deeds: readonly Deed[], drawn: boolean): Reading<Model> {
  const problems: Problem[] = []
  const parameters: Parameter[] = [...model.parameters]
  const set = new Set<number>()
  for (const deed of deeds) {
    if (deed.kind !== 'set-parameter') continue
    const old = parameters[deed.parameter]
    if (!old) throw new Error(`The model has ${parameters.length} parameters, wanted number ${deed.parameter}`)
    const evaluate = lowering(plain, model, {
      time: NaN,
      parameter: (i) => parameters[i]?.value ?? NaN,
      input: () => NaN,
      state: () => NaN,
    })
    const value = evaluate(deed.value)
    const { prior, ...fixed } = old
    if (set.has(deed.parameter))
      problems.push({
        code: 'doubled-setting',
        level: 'warning',
        message: `"${old.name}" is set twice; the last setting counts.`,
        place: deed.place,
      })
    set.add(deed.parameter)
    const fault = faultOf(drawn ? prior : undefined, value)
    if (fault)
      problems.push({
        code: 'bad-setting',
        level: 'error',
        message: `"${old.name}" cannot be set to ${value}: ${fault}.`,
        place: deed.place,
      })
    parameters[deed.parameter] =
      drawn && prior && prior.family !== 'uniform' ? { ...fixed, prior, value } : { ...fixed, value }
  }
  return { value: hasErrors(problems) ? undefined : { ...model, parameters }, problems }
}

function faultOf(prior: Parameter['prior'], value: number): string | undefined {
  if (!Number.isFinite(value)) return 'it is not a finite number'
  if (prior?.family === 'lognormal' && !(value > 0)) return 'its lognormal prior needs a value above 0'
  if (prior?.family === 'logitnormal' && !(value > 0 && value < 1))
    return 'its logitnormal prior needs a value between 0 and 1'
  return undefined
}
