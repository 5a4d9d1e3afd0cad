// Holds a regimen to a model and to the names of a chart: doses and settings become timed deeds, rules become compiled conditions and amounts.
import { didYouMean, hasErrors, type Place, type Problem, type Reading } from '#base'
import {
  type Action,
  checkActions,
  checkFormula,
  type Deed,
  type Formula,
  type Model,
  type ModelFile,
  type Named,
  readFormula,
} from '#engine'
import { collect, fault } from './fault.ts'
import type { Regimen, Rule } from './regimen.ts'

/** What a rule does to a patient: where, and how much in the unit of what is there. */
export interface BoundAction {
  readonly what: 'input' | 'state'
  readonly at: number
  readonly change: 'set' | 'add'
  readonly value: Formula
}

/** A rule ready to be applied; times in days since the regimen began. */
export interface BoundRule {
  readonly name: string
  readonly every: number
  readonly from: number
  /** The last day; Infinity if there is none. */
  readonly until: number
  readonly when?: Formula
  readonly times: number
  readonly do: readonly BoundAction[]
}

export interface BoundRegimen {
  readonly name: string
  readonly title: string
  readonly source: Regimen['source']
  /** Times in days since the regimen began. */
  readonly deeds: readonly Deed[]
  readonly rules: readonly BoundRule[]
}

/**
 * Binds a regimen.
 * @param files of the model, root first
 * @param model made of these files
 * @param names what a chart holds, medicines among them: only these can be set
 */
export function bindRegimen(
  regimen: Regimen,
  files: readonly ModelFile[],
  model: Model,
  names: readonly Named[],
): Reading<BoundRegimen> {
  const { problems, take } = collect()
  const deeds = regimen.give.length === 0 ? [] : take(checkActions(files, regimen.give))
  for (const deed of deeds ?? []) problems.push(...checkSettable(deed, model, names))
  const rules = regimen.rules.flatMap((rule) => take(bindRule(rule, model, names)) ?? [])
  const { name, title, source } = regimen
  if (!deeds || hasErrors(problems)) return { value: undefined, problems }
  return { value: { name, title, source, deeds, rules }, problems }
}

/** The last part of a joined name: what a prescription calls it. */
const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

const isMedicine = (name: string, names: readonly Named[]): boolean => names.some((n) => n.name === shortName(name))

function checkSettable(deed: Deed, model: Model, names: readonly Named[]): Problem[] {
  if (deed.kind === 'set-parameter') {
    const name = model.parameters[deed.parameter]?.name
    return [
      fault('sets-param', `"${name}" belongs to the patient: no treatment sets it.`, deed.place, 'set a medicine'),
    ]
  }
  const input = deed.kind === 'set-input' ? model.inputs[deed.input] : undefined
  return input && !isMedicine(input.name, names) ? [notGiven(input.name, deed.place)] : []
}

const notGiven = (name: string, place: Place): Problem =>
  fault('not-a-medicine', `"${name}" is no medicine: chance sets it.`, place)

function bindRule(rule: Rule, model: Model, names: readonly Named[]): Reading<BoundRule> {
  const { problems, take } = collect()
  const when = rule.when && take(readFormula(names, { ...rule.when, as: 'condition' }))
  const actions = rule.do.flatMap((action) => take(bindAction(action, model, names)) ?? [])
  if (hasErrors(problems)) return { value: undefined, problems }
  const { name, every, from, until, times } = rule
  return { value: { name, every, from, until, times, do: actions, ...(when && { when }) }, problems }
}

function bindAction(action: Action, model: Model, names: readonly Named[]): Reading<BoundAction> {
  const name = action.kind === 'dose' ? action.into : action.name
  const index = 'index' in action && action.index ? `[${action.index.offset}]` : ''
  const [what, list] = action.kind === 'set' ? (['input', model.inputs] as const) : (['state', model.states] as const)
  const at = list.findIndex((one) => one.name === name.text + index)
  const target = list[at]
  if (!target) return failed(unknownTarget(name.text + index, what, name.place, model, names))
  if (what === 'input' && !isMedicine(target.name, names)) return failed(notGiven(target.name, name.place))
  const amount = action.kind === 'dose' ? action.amount : action.value
  const { value, problems } = checkFormula(names, amount, { as: 'number', unit: target.unit.text })
  const change = action.kind === 'dose' ? 'add' : 'set'
  return { value: value && { what, at, change, value }, problems }
}

const failed = (problem: Problem): Reading<BoundAction> => ({ value: undefined, problems: [problem] })

function unknownTarget(
  name: string,
  what: 'input' | 'state',
  place: Place,
  { inputs, states }: Model,
  names: readonly Named[],
): Problem {
  const known = (what === 'input' ? inputs.filter((i) => isMedicine(i.name, names)) : states).map((one) => one.name)
  const guess = didYouMean(name, known)
  const kind = what === 'input' ? 'medicine to set' : 'state to dose'
  const help = guess ? `did you mean "${guess}"?` : `known: ${known.slice(0, 12).join(', ')}`
  return fault('unknown-target', `The model has no ${kind} called "${name}".`, place, help)
}
