// How a model says that doses into a state arrive late, in part, or over a time of their own: by derived quantities named after the state. For a
// state `depot` these are lag_depot, F_depot, rate_depot and duration_depot. They are made of params and inputs, and judged here before any run.
import { conversionFactor, describeMismatch, divideUnits, type Problem, type Reading, type Unit, unitOne } from '#base'
import { lowering, plain } from '../compile/lower.ts'
import { dependsOn, type Model } from '../language/model.ts'

export const TERMS = { lag: 'lag', share: 'F', rate: 'rate', duration: 'duration' } as const
export type TermName = keyof typeof TERMS

interface Term {
  readonly name: string
  readonly at: number
  readonly factor: number
}

/** What the model says of the doses into each state. */
export type DoseTerms = readonly Partial<Record<TermName, Term>>[]

/** Finds what a model says of doses into its states. */
export function doseTerms(model: Model): Reading<DoseTerms> {
  const problems: Problem[] = []
  const terms = model.states.map((_, state) => {
    const found: Partial<Record<TermName, Term>> = {}
    for (const term of Object.keys(TERMS) as TermName[]) {
      const one = findTerm(model, state, term, problems)
      if (one) found[term] = one
    }
    return found
  })
  return { value: problems.length > 0 ? undefined : terms, problems }
}

/**
 * Computes a term for one subject at one time; undefined if the model says nothing.
 * @param inputs as they are when the dose is written, one per input of the model
 */
export function termValue(
  model: Model,
  terms: DoseTerms,
  state: number,
  term: TermName,
  subject: { readonly parameters: ArrayLike<number>; readonly inputs: ArrayLike<number> },
): { readonly name: string; readonly value: number } | undefined {
  const found = terms[state]?.[term]
  const definition = found && model.derived[found.at]
  if (!definition) return undefined
  const evaluate = lowering(plain, model, {
    time: NaN,
    parameter: (i) => subject.parameters[i] ?? NaN,
    input: (i) => subject.inputs[i] ?? NaN,
    state: () => NaN,
  })
  return { name: found.name, value: evaluate(definition.value) * found.factor }
}

/** The names under which a term of a state may stand: beside the state, or provided under its plain name. */
export function termNames(model: Model, state: number, term: TermName): string[] {
  const name = model.states[state]?.name ?? ''
  const dot = name.lastIndexOf('.') + 1
  const [prefix, own] = [name.slice(0, dot), name.slice(dot)]
  const alone = model.states.filter((s) => s.name.slice(s.name.lastIndexOf('.') + 1) === own).length === 1
  const beside = `${prefix}${TERMS[term]}_${own}`
  return prefix !== '' && alone ? [beside, `${TERMS[term]}_${own}`] : [beside]
}

function findTerm(model: Model, state: number, term: TermName, problems: Problem[]): Term | undefined {
  const names = termNames(model, state, term)
  const plainOne = [...model.parameters, ...model.inputs].find(({ name }) => names.includes(name))
  const refuse = (code: string, message: string, place: Problem['place'], help: string): undefined => {
    problems.push({ code, level: 'error', message, ...(place && { place }), help })
  }
  if (plainOne)
    return refuse(
      'term-not-derived',
      `"${plainOne.name}" has the name of what doses obey, which must be a "let" or "provides".`,
      plainOne.place,
      `give it another name and write: let ${plainOne.name} = …`,
    )
  const at = model.derived.findIndex(({ name }) => names.includes(name))
  const definition = model.derived[at]
  if (!definition) return undefined
  const moving = dependsOn(definition.value, model.derived, ['state', 'time'])
  if (moving)
    return refuse(
      'term-moves',
      `"${definition.name}" depends on ${moving === 'time' ? 'time' : 'a state'}; what doses obey is fixed when they are given.`,
      definition.place,
      'make it of params and inputs',
    )
  const wanted = unitOf(model, state, term)
  const factor = conversionFactor(definition.unit, wanted)
  if (factor === undefined)
    return refuse(
      'unit-mismatch',
      `"${definition.name}" is in [${definition.unit.text}], wanted in [${wanted.text}].`,
      definition.place,
      describeMismatch(definition.unit, wanted),
    )
  return { name: definition.name, at, factor }
}

function unitOf(model: Model, state: number, term: TermName): Unit {
  if (term === 'share') return unitOne
  if (term === 'rate') return divideUnits(model.states[state]?.unit ?? unitOne, model.time)
  return model.time
}
