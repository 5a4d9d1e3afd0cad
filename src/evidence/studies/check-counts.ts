// Whether the counts of a printed row can be: whole, not more than all, and of the share that is printed beside them.
import type { Row } from './schema.ts'

/** What is wrong with a row, and what could be looked at. */
export interface Fault {
  readonly code: string
  readonly message: string
  readonly help: string
  /** The key of the row that it is about. */
  readonly key: keyof Row
}

const LEADS = ['events', 'percent', 'mean', 'median', 'value', 'says'] as const

/** Checks that a row leads with one kind of number; events may have their printed percent beside them. */
export function checkLead(row: Row): Fault[] {
  const said = LEADS.filter((key) => row[key] !== undefined)
  const leads = said.filter((key) => !(key === 'percent' && row.events !== undefined))
  if (leads.length === 1) return []
  return [
    {
      code: leads.length === 0 ? 'no-number' : 'two-numbers',
      message:
        leads.length === 0
          ? 'The row holds no number and says nothing.'
          : `The row leads with ${leads.join(' and ')} at once.`,
      help: 'write one of events, percent, mean, median, value or says',
      key: leads[1] ?? 'id',
    },
  ]
}

/**
 * Checks the counts of a row.
 * @param all patients of the study, where that is known
 */
export function checkCounts(row: Row, all: number | undefined): Fault[] {
  const { events, n, percent } = row
  const faults: Fault[] = []
  const impossible = (key: keyof Row, message: string, help: string): void => {
    faults.push({ code: 'impossible-count', message, help, key })
  }
  if (n !== undefined && !(Number.isInteger(n) && n > 0))
    impossible('n', `${n} is no number of patients.`, 'count whole patients')
  if (events !== undefined && !(Number.isInteger(events) && events >= 0))
    impossible('events', `${events} is no number of events.`, 'count whole patients')
  if (events !== undefined && n === undefined)
    impossible('events', 'Events of how many is not said.', 'write n; if it is not printed, use "says"')
  if (events !== undefined && n !== undefined && events > n)
    impossible('events', `${events} of ${n} is more than all.`, 'swap them, or count events with "says"')
  if (n !== undefined && all !== undefined && n > all)
    impossible('n', `${n} patients are more than the ${all} of the study.`, 'look at n here and at the top')
  if (percent !== undefined && !(percent >= 0 && percent <= 100))
    impossible('percent', `${percent} % is no share.`, 'shares lie between 0 and 100')
  if (faults.length === 0) faults.push(...checkShare(row))
  return faults
}

/** A printed percent is its count rounded to the digits it is printed with; half a unit of the last one is allowed either way. */
function checkShare({ events, n, percent }: Row): Fault[] {
  if (events === undefined || n === undefined || percent === undefined) return []
  const share = (100 * events) / n
  if (Math.abs(share - percent) <= 0.5 * lastDigit(percent) + 1e-9) return []
  return [
    {
      code: 'share-of-count',
      message: `${events} of ${n} is ${share.toFixed(1)} %, and ${percent} % is printed.`,
      help: 'look at both; if they are printed so, name this row under "contradictions"',
      key: 'percent',
    },
  ]
}

/** The value of one unit in the last digit that a number is written with. */
export function lastDigit(value: number): number {
  const digits = String(Math.abs(value)).split('.')[1]?.length ?? 0
  return [1, 0.1, 0.01, 0.001, 0.0001][digits] ?? 0.00001
}
