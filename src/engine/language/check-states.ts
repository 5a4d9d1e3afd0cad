// States: their starts, which are made of params and inputs, and their rates of change, exactly one for each.
import { divideUnits } from '#base'
import { checkNumber, unitOfState } from './check-expression.ts'
import { settleUnit } from './check-operation.ts'
import { dependsOn } from './model.ts'
import { type Check, type DeclaredState, declare, find, type Of, report, type Scope, statementsOf } from './scope.ts'

/** The largest system that is unrolled into one kernel. */
export const MOST_STATES = 500

/** Declares the states of a file, each element of an array as one. */
export function declareStates(check: Check, scope: Scope): void {
  let full = false
  for (const s of statementsOf(scope, 'state')) {
    if (full || check.states.length + (s.size ?? 1) > MOST_STATES) {
      if (!full) report(check, 'too-many-states', `The model has more than ${MOST_STATES} states.`, s.name.place)
      full = true
      declare(check, scope, s.name, { kind: 'broken' })
      continue
    }
    const shared = { scope, statement: s, at: check.states.length, settled: 'new' } as const
    declare(check, scope, s.name, { kind: 'state', ...shared, ...(s.size !== undefined && { size: s.size }) })
    for (let i = 1; i <= (s.size ?? 1); i++) {
      const name = scope.prefix + s.name.text + (s.size === undefined ? '' : `[${i}]`)
      check.states.push({
        name,
        meaning: s.meaning ?? '',
        place: s.name.place,
        ...(s.tolerance !== undefined && { tolerance: s.tolerance }),
      })
    }
  }
}

/** Checks what states start from. */
export function checkStarts(check: Check, scope: Scope): void {
  for (const [name, declared] of scope.names) {
    if (declared.kind !== 'state' || !unitOfState(check, declared, declared.statement.name.place)) continue
    const start = check.states[declared.at]?.start
    const moving = start && dependsOn(start, check.derived, ['state', 'time'])
    if (moving)
      report(
        check,
        'start-moves',
        `The start of "${name}" depends on ${moving === 'time' ? 'time' : 'a state'}.`,
        declared.statement.start.place,
        'a start is made of params and inputs',
      )
  }
}

/** Checks that each state has one rate of change, in its unit per unit of time. */
export function checkRates(check: Check, scopes: readonly Scope[]): void {
  for (const scope of scopes) checkGivenRates(check, scope)
  for (const scope of scopes) checkMissingRates(check, scope)
}

function checkGivenRates(check: Check, scope: Scope): void {
  for (const s of statementsOf(scope, 'der')) {
    const state = find(check, scope, { kind: 'name', name: s.name.text, place: s.name.place })
    if (!state || state.kind === 'broken') continue
    if (state.kind !== 'state')
      report(
        check,
        'not-a-state',
        `"${s.name.text}" is no state and has no rate of change.`,
        s.name.place,
        `state ${s.name.text} = …`,
      )
    else {
      // one problem speaks for all elements
      const elements = elementsOf(check, s, state.size)
      const good = elements.length > 0 && elements.every((element) => checkRate(check, scope, s, state, element))
      if (!good) for (let i = 0; i < (state.size ?? 1); i++) check.rated.add(state.at + i)
    }
  }
}

function checkMissingRates(check: Check, scope: Scope): void {
  const unread = new Set((scope.file.unread ?? []).map(({ keyword, name }) => keyword === 'der' && name))
  for (const s of statementsOf(scope, 'state')) {
    const state = scope.names.get(s.name.text)
    if (state?.kind !== 'state' || unread.has(s.name.text)) continue
    for (let i = 0; i < (state.size ?? 1); i++)
      if (!check.rated.has(state.at + i))
        report(
          check,
          'missing-rate',
          `"${check.states[state.at + i]?.name ?? s.name.text}" has no rate of change.`,
          s.name.place,
          `der ${s.name.text}${state.size === undefined ? '' : `[${i + 1}]`} = …`,
        )
  }
}

interface Element {
  readonly offset: number
  readonly counter?: { readonly name: string; readonly value: number }
}

function elementsOf(check: Check, s: Of<'der'>, size: number | undefined): Element[] {
  const { range } = s
  const { place } = s.name
  if (size === undefined) {
    if (range === undefined) return [{ offset: 0 }]
    report(check, 'not-an-array', `"${s.name.text}" is no array.`, place)
    return []
  }
  if (range === undefined) {
    report(
      check,
      'array-as-number',
      `"${s.name.text}" is an array of ${size}: say which element.`,
      place,
      `der ${s.name.text}[i=1..${size}] = …`,
    )
    return []
  }
  const [from, to] = 'index' in range ? [range.index, range.index] : [range.from, range.to]
  if (to > size) {
    report(check, 'index-out-of-range', `"${s.name.text}" has elements 1 to ${size}, not ${to}.`, place)
    return []
  }
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    offset: from + i - 1,
    ...('counter' in range && { counter: { name: range.counter, value: from + i } }),
  }))
}

function checkRate(check: Check, scope: Scope, s: Of<'der'>, declared: DeclaredState, element: Element): boolean {
  const at = declared.at + element.offset
  const state = check.states[at]
  if (!state) throw new Error(`Cannot find state ${at} of ${check.states.length}`)
  if (check.rated.has(at)) {
    report(check, 'doubled-rate', `"${state.name}" has two rates of change.`, s.name.place)
    return false
  }
  check.rated.add(at)
  const { counter } = element
  const rate = checkNumber(check, { scope, ...(counter && { counter }) }, s.value)
  const unit = unitOfState(check, declared, s.name.place)
  if (rate && unit && settleUnit(check, s.value, rate, divideUnits(unit, check.time), 'wanted in')) state.rate = rate
  return state.rate !== undefined
}
