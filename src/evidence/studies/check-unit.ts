// Units of printed numbers: those of the model language, and the words of the clinic that stand for 1.
import { didYouMean, readUnit } from '#base'
import type { Fault } from './check-counts.ts'
import type { Row } from './schema.ts'

const CLINICAL = ['points', 'titre', 'units', 'copies/mL', 'per 100 patient-years']

/** Checks the unit of a row. */
export function checkUnit({ unit }: Row): Fault[] {
  if (unit === undefined || CLINICAL.includes(unit)) return []
  const reading = readUnit(unit)
  if ('unit' in reading) return []
  const guess = didYouMean(unit, CLINICAL)
  const help = guess ? `did you mean "${guess}"?` : (reading.fault.help ?? `or one of ${CLINICAL.join(', ')}`)
  return [
    { code: 'unknown-unit', message: `The unit "${unit}" is not known. ${reading.fault.message}.`, help, key: 'unit' },
  ]
}
