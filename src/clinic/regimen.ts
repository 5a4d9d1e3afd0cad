// A regimen: what is given and when, and by which rules it is adapted to the patient. A file of content; this reads it. What its names mean is settled when
// it is bound to a model.
import * as z from 'zod'
import { hasErrors, type Located, type Problem, type Reading, readYaml, type Written } from '#base'
import { type Action, parseActions } from '#engine'
import { collect, fault, padded } from './fault.ts'
import { readWeeks } from './weeks.ts'

/** What is done by rule: looked at on days `from`, `from + every`, … up to `until`. */
export interface Rule {
  readonly name: string
  readonly every: number
  readonly from: number
  readonly until: number
  readonly when?: Written
  /** At how many looks in a row the condition must hold. */
  readonly times: number
  readonly do: readonly Action[]
}

export interface Regimen {
  readonly file: string
  readonly name: string
  readonly title: string
  readonly source: { readonly key: string; readonly locator: string }
  readonly give: readonly Action[]
  readonly rules: readonly Rule[]
}

const text = z.string().min(1)

const RULE = z.strictObject({
  name: text,
  every: text,
  from: text,
  until: text.optional(),
  when: text.optional(),
  for: z.int().min(1).max(1000).optional(),
  do: z.union([text, z.array(text).min(1)]),
})

const SCHEMA = z.strictObject({
  regimen: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write small letters and digits, joined by "-"'),
  title: text,
  source: z.string().regex(/^@[A-Za-z0-9][A-Za-z0-9:_-]*$/, 'write "@" and a key of the references, or "@assumed"'),
  locator: text,
  give: z.array(text).optional(),
  rules: z.array(RULE).optional(),
})

type RuleText = z.infer<typeof RULE>
type RegimenText = z.infer<typeof SCHEMA>

/** Reads a regimen file. */
export function readRegimen(file: string, source: string): Reading<Regimen> {
  const { value: located, problems: found } = readYaml<RegimenText>(file, source, SCHEMA)
  if (!located) return { value: undefined, problems: found }
  const { value: raw, place, written } = located
  const { problems, take } = collect([...found, ...checkNames(file, located)])
  const { give: given = [], rules: ruled = [] } = raw
  if (given.length + ruled.length === 0)
    problems.push(fault('gives-nothing', 'The regimen gives nothing.', place('regimen'), 'write give: or rules:'))
  const give = given.flatMap((_, i) => take(readActions(written('give', i))) ?? [])
  const rules = ruled.flatMap((rule, i) => take(readRule(rule, located, i)) ?? [])
  if (hasErrors(problems)) return { value: undefined, problems }
  const { regimen: name, title, locator } = raw
  return { value: { file, name, title, source: { key: raw.source.slice(1), locator }, give, rules }, problems }
}

const readActions = ({ text: words, place }: Written): Reading<readonly Action[]> =>
  parseActions(place.file, padded(words, place))

function checkNames(file: string, { value: { regimen, rules = [] }, place }: Located<RegimenText>): Problem[] {
  const problems = rules.flatMap(({ name }, i) =>
    rules.findIndex((rule) => rule.name === name) < i
      ? [fault('doubled-name', `Two rules are called "${name}".`, place('rules', i, 'name'))]
      : [],
  )
  const [base, wanted] = [file.slice(file.lastIndexOf('/') + 1), `${regimen}.regimen.yaml`]
  if (base === wanted) return problems
  const help = `call it ${wanted}, or change the name here`
  return [fault('regimen-name', `The file is called "${base}".`, place('regimen'), help), ...problems]
}

function readRule(raw: RuleText, { place, written }: Located<RegimenText>, i: number): Reading<Rule> {
  const { problems, take } = collect()
  const at = (...path: readonly (string | number)[]): Written => written('rules', i, ...path)
  const every = take(readWeeks(at('every'), 1))
  const from = take(readWeeks(at('from'), 0))
  const until = raw.until === undefined ? Infinity : take(readWeeks(at('until'), 0))
  if (from !== undefined && until !== undefined && until < from)
    problems.push(
      fault('never', 'The rule ends before it begins.', place('rules', i, 'until'), 'until is at least from'),
    )
  const deeds = Array.isArray(raw.do) ? raw.do.map((_, k) => at('do', k)) : [at('do')]
  const actions = deeds.flatMap((deed) => take(readActions(deed)) ?? [])
  const help = 'leave out at, every and over: the rule says when'
  for (const action of actions)
    if ('at' in action || 'every' in action || 'over' in action)
      problems.push(fault('timed-rule', 'What a rule does is done at once.', action.place, help))
  if (every === undefined || from === undefined || until === undefined || hasErrors(problems))
    return { value: undefined, problems }
  const when = raw.when === undefined ? {} : { when: at('when') }
  return { value: { name: raw.name, every, from, until, ...when, times: raw.for ?? 1, do: actions }, problems }
}
