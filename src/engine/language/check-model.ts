// Joins the files of a model and checks all that is in them: names, units, sources, equations, links. Finds every problem it can and never throws.
import { hasErrors, type Place, type Problem, type Reading, readUnit, sameDimension, sameUnit, type Unit } from '#base'
import { checkNumber, resolveDefinition } from './check-expression.ts'
import { checkDeeds, checkLimit, checkTime } from './check-given.ts'
import { checkLink, linkNeeds } from './check-links.ts'
import { settleUnit } from './check-operation.ts'
import { checkMeaning, checkSourced, checkTable } from './check-sourced.ts'
import { checkRates, checkStarts, declareStates } from './check-states.ts'
import { modelNameOf } from './gather.ts'
import { type Deed, dependsOn, type Expectation, type Model, type State } from './model.ts'
import { printAction } from './print.ts'
import {
  type Check,
  type Declared,
  declare,
  newCheck,
  type Of,
  report,
  type Scope,
  statementsOf,
  unitOf,
  warn,
} from './scope.ts'
import type { Action, ModelFile, Quantity } from './tree.ts'

/** What somebody asks for in place of the file's own `run`. Doses and resets replace the file's; settings alone are added to them. */
export interface Asked {
  readonly until?: Quantity
  readonly every?: Quantity
  readonly given: readonly Action[]
}

/** Checks the files of one model, root first. The model is there if no error was found. */
export function checkModel(files: readonly ModelFile[], asked?: Asked): Reading<Model> {
  const root = files[0]
  if (root === undefined) return { value: undefined, problems: [] }
  const check = newCheck()
  for (const file of files)
    check.scopes.set(modelNameOf(file.file), {
      file,
      prefix: file === root ? '' : `${modelNameOf(file.file)}.`,
      names: new Map(),
    })
  const scopes = [...check.scopes.values()]
  const timed = checkHeads(check, files)
  for (const scope of scopes) declareNames(check, scope)
  if (!timed) return { value: undefined, problems: inReadingOrder(check.problems, files) } // no rate of change has a unit then
  for (const scope of scopes) declareStates(check, scope)
  const links = linkNeeds(check, scopes)
  for (const scope of scopes) declareUnread(check, scope)
  for (const definition of check.definitions) resolveDefinition(check, definition, definition.statement)
  for (const scope of scopes) checkStarts(check, scope)
  for (const link of links) checkLink(check, link)
  checkRates(check, scopes)
  const states = check.states.filter(
    (s): s is State => s.unit !== undefined && s.start !== undefined && s.rate !== undefined,
  )
  const rootScope = scopes[0]
  if (rootScope === undefined) throw new Error('the root file needs a scope')
  const conserved = scopes.flatMap((scope) => checkConserved(check, scope))
  const run = checkRun(check, rootScope, asked)
  const expectations = checkExpectations(check, rootScope)
  if (check.states.length === 0 && !hasErrors(check.problems))
    report(check, 'no-state', 'The model has no state: nothing changes in time.', wholeFile(root), 'state A = 100 [mg]')
  if (!hasErrors(check.problems) && files.every(({ unread }) => !unread))
    for (const scope of scopes) warnUnused(check, scope) // what could not be read or checked may use anything
  const problems = inReadingOrder(check.problems, files)
  if (hasErrors(problems)) return { value: undefined, problems }
  const { time, parameters, inputs, derived, tables } = check
  const head = root.statements.find((s): s is Of<'model'> => s.kind === 'model')
  const [name, title] = [head?.name.text ?? '', head?.title ?? '']
  return {
    value: {
      name,
      title,
      time,
      parameters,
      inputs,
      states,
      derived,
      tables,
      conserved,
      expectations,
      ...(run && { run }),
    },
    problems,
  }
}

/**
 * Checks actions against the files of a model that is well by itself: what a `given` of its root file could say.
 * @returns the deeds in the model's units, and the problems of the actions alone
 */
export function checkActions(files: readonly ModelFile[], actions: readonly Action[]): Reading<readonly Deed[]> {
  const place: Place = { file: '', line: 1, column: 1, length: 1 }
  const instant: Quantity = { value: 1, place }
  const { value, problems } = checkModel(files, { given: actions, until: instant, every: instant })
  const own = new Set(actions.map((a) => a.place.file))
  return {
    value: value?.run?.given.slice(value.run.given.length - actions.length),
    problems: problems.filter((p) => p.place !== undefined && own.has(p.place.file)),
  }
}

const inReadingOrder = (problems: readonly Problem[], files: readonly ModelFile[]): Problem[] => {
  const rank = ({ place }: Problem): number[] => [
    files.findIndex(({ file }) => file === place?.file),
    place?.line ?? 0,
    place?.column ?? 0,
  ]
  const compare = (a: readonly number[], b: readonly number[]): number =>
    a.map((x, i) => x - (b[i] ?? 0)).find((d) => d !== 0) ?? 0
  return problems.toSorted((a, b) => compare(rank(a), rank(b)))
}

const wholeFile = (file: ModelFile): Place => ({ file: file.file, line: 1, column: 1, length: 1 })

function isTime(unit: Unit): boolean {
  const second = readUnit('s')
  return 'unit' in second && sameDimension(unit, second.unit)
}

// model and time: exactly one of each, the name that of the file, one unit of time for all files; false if the first file gives none
function checkHeads(check: Check, files: readonly ModelFile[]): boolean {
  let timed = false
  for (const file of files) {
    const heads = file.statements.filter((s): s is Of<'model'> => s.kind === 'model')
    const times = file.statements.filter((s): s is Of<'time'> => s.kind === 'time')
    const name = modelNameOf(file.file)
    if (heads[0] === undefined) {
      if (!isUnread(file, 'model'))
        report(
          check,
          'missing-model',
          'The file does not say what it models.',
          wholeFile(file),
          `model ${name} "what it is"`,
        )
    } else if (heads[0].name.text !== name)
      report(
        check,
        'model-name',
        `The model is called "${heads[0].name.text}", its file says "${name}".`,
        heads[0].name.place,
        'name both alike, "_" in the model for "-" in the file',
      )
    if (times[0] === undefined && !isUnread(file, 'time'))
      report(check, 'missing-time', 'The file does not say its unit of time.', wholeFile(file), 'time [h]')
    for (const again of [...heads.slice(1), ...times.slice(1)])
      report(check, 'doubled-statement', `A file says "${again.kind}" once.`, again.place)
    const unit = times[0] && unitOf(check, times[0].unit)
    if (!times[0] || !unit) continue
    if (!isTime(unit))
      report(
        check,
        'unit-mismatch',
        `[${unit.text}] is no unit of time.`,
        times[0].unit.place,
        'time [h], or [d], [wk], [a]',
      )
    else if (file === files[0]) {
      check.time = unit
      timed = true
    } else if (timed && !sameUnit(unit, check.time))
      report(
        check,
        'unit-mismatch',
        `This file counts time in [${unit.text}], the file that uses it in [${check.time.text}].`,
        times[0].unit.place,
        'joined files share one unit of time',
      )
  }
  return timed
}

function declareNames(check: Check, scope: Scope): void {
  for (const s of scope.file.statements) {
    switch (s.kind) {
      case 'param':
      case 'input':
        declare(check, scope, s.name, checkSourced(check, scope, s))
        break
      case 'let':
      case 'provides': {
        if (s.kind === 'provides') checkMeaning(check, s.name, s.meaning)
        const definition = { scope, statement: s, state: 'new' as const }
        check.definitions.push(definition)
        declare(check, scope, s.name, { kind: 'definition', definition })
        break
      }
      case 'function':
        declareFunction(check, scope, s)
        break
      case 'table':
        declare(check, scope, s.name, checkTable(check, scope, s))
        break
      default: // declares nothing yet: needs and states come once these names stand
    }
  }
}

function declareFunction(check: Check, scope: Scope, s: Of<'function'>): void {
  const seen = new Set<string>()
  for (const { name } of s.args) {
    if (seen.has(name.text))
      report(check, 'doubled-name', `"${name.text}" is an argument twice.`, name.place, 'each name means one thing')
    seen.add(name.text)
  }
  declare(check, scope, s.name, { kind: 'function', scope, statement: s })
}

// What a statement that could not be read would have declared: its problem is told, uses of it are none.
function declareUnread(check: Check, scope: Scope): void {
  for (const { name } of scope.file.unread ?? [])
    if (name !== undefined && !scope.names.has(name)) scope.names.set(name, { kind: 'broken' })
}

const isUnread = ({ unread = [] }: ModelFile, keyword: string): boolean => unread.some((s) => s.keyword === keyword)

function checkConserved(check: Check, scope: Scope): Model['conserved'][number][] {
  return statementsOf(scope, 'conserved').flatMap((s) => {
    const value = checkNumber(check, { scope }, s.value)
    const unit = s.unit && unitOf(check, s.unit)
    if (!value || (s.unit && !unit) || !settleUnit(check, s.value, value, unit)) return []
    if (dependsOn(value, check.derived, ['state']) === undefined)
      report(check, 'conserved-constant', `"${s.name.text}" depends on no state: it cannot change.`, s.name.place)
    return [{ name: scope.prefix + s.name.text, value, place: s.name.place }]
  })
}

function checkRun(check: Check, scope: Scope, asked: Asked | undefined): Model['run'] {
  const [s, again] = statementsOf(scope, 'run')
  if (again) report(check, 'doubled-statement', 'A file says "run" once.', again.place)
  const until = asked?.until ?? s?.until
  const every = asked?.every ?? s?.every
  const replaced = asked !== undefined && asked.given.some(({ kind }) => kind !== 'set')
  const actions = [...(replaced ? [] : (s?.given ?? [])), ...(asked?.given ?? [])]
  const given = checkDeeds(check, scope, actions)
  if (!until || !every || !given) return undefined
  const [end, step] = [checkTime(check, until, 'above 0'), checkTime(check, every, 'above 0')]
  return end !== undefined && step !== undefined
    ? { until: end, every: step, given, words: actions.map(printAction) }
    : undefined
}

function checkExpectations(check: Check, scope: Scope): Expectation[] {
  return statementsOf(scope, 'expect').flatMap((s) => {
    const value = checkNumber(check, { scope }, s.value)
    const equals = checkNumber(check, { scope }, s.equals)
    const given = checkDeeds(check, scope, s.given)
    const at = s.at && checkTime(check, s.at, 'at least 0')
    if (!value || !equals || !given || (s.at && at === undefined)) return []
    const unit = settleUnit(check, s.equals, equals, value.unit, 'wanted in')
    const limit = checkLimit(check, s.limit, value.unit)
    const moving = dependsOn(equals, check.derived, s.at ? ['state'] : ['state', 'time'])
    if (moving)
      report(
        check,
        'expectation-moves',
        `What is expected depends on ${moving === 'time' ? 'time, which a steady state has none of' : 'a state'}.`,
        s.equals.place,
        'expect a number, or a closed form in params and time',
      )
    return unit && limit ? [{ value, equals, limit, given, place: s.place, ...(at !== undefined && { at }) }] : []
  })
}

function warnUnused(check: Check, scope: Scope): void {
  for (const [name, declared] of scope.names) {
    const [own, place] = useOf(check, declared)
    if (place && !check.used.has(own))
      warn(check, 'unused', `"${name}" is used nowhere.`, place, 'take it out, or use it')
  }
}

function useOf(check: Check, declared: Declared): [own: string, place?: Place | undefined] {
  const { kind } = declared
  if (kind === 'function')
    return [`function ${declared.scope.prefix}${declared.statement.name.text}()`, declared.statement.name.place]
  if (kind !== 'parameter' && kind !== 'input' && kind !== 'table') return [kind]
  const list = { parameter: check.parameters, input: check.inputs, table: check.tables }[kind]
  return [`${kind} ${declared.at}`, list[declared.at]?.place]
}
