// From an endpoint's formulas to a function of what a patient showed. One value per visit; what is missing is NaN, and is decided on later.
import { conversionFactor, type Problem, type Reading, readUnit } from '#base'
import { type Formula, type Named, readFormula } from '#engine'
import type { AfterEndpoint, Endpoint, FirstEndpoint, Trial, Written } from './trial.ts'
import type { VisitTable } from './visit-table.ts'

export interface CompiledEndpoint {
  readonly endpoint: Endpoint
  /**
   * Counts one patient.
   * @returns one value per visit. value: the number; when: 1 or 0; first: the time, from the visit on at which it is reached; after: from the month on,
   *   1 once the event was seen and 0 before, of those at risk. NaN: missing, not reached, not at risk
   */
  evaluate(table: VisitTable): Float64Array
}

/** What stands before the names whose value at the month of `after` is meant. */
const RESPONSE = 'response.'

/**
 * Compiles the endpoints of a trial.
 * @param names of the columns of the tables to come; `baseline.*` and `screening.*` are among them
 */
export function compileEndpoints(trial: Trial, names: readonly Named[]): Reading<CompiledEndpoint[]> {
  const problems: Problem[] = []
  const condition = (written: Written, over = names): Formula | undefined =>
    take(readFormula(over, { ...written, as: 'condition' }))
  const take = ({ value, problems: found }: Reading<Formula>): Formula | undefined => {
    problems.push(...found)
    return value
  }
  const compiled = trial.endpoints.flatMap((endpoint): CompiledEndpoint[] => {
    const evaluate = compileOne(endpoint)
    return evaluate ? [{ endpoint, evaluate }] : []
  })
  return { value: problems.some(({ level }) => level === 'error') ? undefined : compiled, problems }

  function compileOne(endpoint: Endpoint): CompiledEndpoint['evaluate'] | undefined {
    switch (endpoint.kind) {
      case 'value': {
        const formula = take(readFormula(names, { ...endpoint.value, as: 'number', unit: endpoint.unit }))
        return formula && ((table) => eachVisit(table, formula))
      }
      case 'when': {
        const formula = condition(endpoint.when)
        return formula && ((table) => eachVisit(table, formula))
      }
      case 'first': {
        const formula = condition(endpoint.first)
        return formula && ((table) => firstTime(table, formula, daysIn(endpoint)))
      }
      case 'after': {
        const risk = condition(conditionOf(trial, endpoint.after))
        const event = condition(endpoint.event, withResponse(names))
        return risk && event && ((table) => eventsAfter(table, risk, event, endpoint))
      }
    }
  }
}

/** The text may be the id of another condition. */
function conditionOf(trial: Trial, written: Written): Written {
  const named = trial.endpoints.find(({ id }) => id === written.text.trim())
  return named?.kind === 'when' ? named.when : written
}

const withResponse = (names: readonly Named[]): Named[] => [
  ...names,
  ...names
    .filter(({ name }) => !name.includes('.'))
    .map((one) => ({ ...one, name: `${RESPONSE}${one.name}`, meaning: `${one.meaning}, at the month of response` })),
]

const daysIn = ({ unit }: FirstEndpoint): number => {
  const day = readUnit('d')
  const wanted = readUnit(unit)
  const factor = 'unit' in day && 'unit' in wanted ? conversionFactor(day.unit, wanted.unit) : undefined
  if (factor === undefined) throw new Error(`"${unit}" is not a time: readEndpoint should have refused it`)
  return factor
}

const rowOf = ({ names, values }: VisitTable, visit: number): Float64Array =>
  values.subarray(visit * names.length, (visit + 1) * names.length)

const eachVisit = (table: VisitTable, formula: Formula): Float64Array =>
  Float64Array.from(table.days, (_, visit) => formula.evaluate(rowOf(table, visit)))

function firstTime(table: VisitTable, formula: Formula, factor: number): Float64Array {
  let reached = NaN
  return Float64Array.from(table.days, (day, visit) => {
    if (Number.isNaN(reached) && formula.evaluate(rowOf(table, visit)) === 1) reached = day * factor
    return reached
  })
}

function eventsAfter(table: VisitTable, risk: Formula, event: Formula, { day }: AfterEndpoint): Float64Array {
  const from = table.days.indexOf(day)
  const none = new Float64Array(table.days.length).fill(NaN)
  if (from < 0) throw new Error(`The table has no visit on day ${day}, at which those at risk are found`)
  const response = rowOf(table, from)
  if (risk.evaluate(response) !== 1) return none
  const width = table.names.length
  const plain = table.names.flatMap(({ name }, i) => (name.includes('.') ? [] : [i]))
  const row = Float64Array.from({ length: width + plain.length }, (_, i) => response[plain[i - width] ?? 0] as number)
  let seen = 0
  return none.map((_, visit) => {
    if (visit < from) return NaN
    row.set(rowOf(table, visit))
    if (visit > from && event.evaluate(row) === 1) seen = 1
    return seen
  })
}
