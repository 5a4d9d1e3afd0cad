// Our conversions beside those of the National Library of Medicine's UCUM library, a second implementation that knows nothing of ours.
// @ts-expect-error -- the package brings no types
import { UcumLhcUtils } from '@lhncbc/ucum-lhc'
import { expect, test } from 'vitest'
import { ANALYTES } from './analytes.ts'
import { conversionOf, convert } from './convert.ts'

interface Ucum {
  convertUnitTo(from: string, value: number, to: string, more: object): { status: string; toVal: number | null }
  validateUnitString(unit: string): { status: string }
}
const ucum: Ucum = UcumLhcUtils.getInstance()

/** Units that laboratories write. International units are left out: to UCUM they are arbitrary, and it converts none of them. */
const WRITTEN: readonly (readonly [analyte: string, unit: string])[] = [
  ['creatinine', 'umol/L'],
  ['creatinine', 'mg/L'],
  ['creatinine', 'mmol/L'],
  ['cystatin_c', 'mg/dL'],
  ['upcr', 'mg/g'],
  ['upcr', 'mg/mg'],
  ['c3', 'g/L'],
  ['c3', 'mg/L'],
  ['c4', 'g/L'],
  ['platelets', '/uL'],
  ['leucocytes', '/uL'],
  ['neutrophils', '/uL'],
  ['lymphocytes', '/uL'],
  ['temperature', '[degF]'],
  ['temperature', 'K'],
  ['weight', 'g'],
]

test.each(WRITTEN.filter(([name]) => ANALYTES.has(name)))('%s in %s', (name, unit) => {
  const analyte = ANALYTES.get(name)
  const by = analyte && conversionOf(analyte, unit)
  if (!analyte || !by) throw new Error(`${name} is no analyte`)
  const value = 37
  const theirs = ucum.convertUnitTo(unit, value, analyte.ucum, { molecularWeight: analyte.molarMass })
  expect([theirs.status, 'refused' in by]).toEqual(['succeeded', false])
  if ('refused' in by) return
  expect(convert(value, by) / (theirs.toVal ?? NaN)).toBeCloseTo(1, 11)
})

test('at least a dozen pairs were compared, and units of ours are UCUM units', () => {
  expect(WRITTEN.filter(([name]) => ANALYTES.has(name)).length).toBeGreaterThan(12)
  for (const { name, ucum: unit } of ANALYTES.values())
    expect([name, unit, ucum.validateUnitString(unit).status]).toEqual([name, unit, 'valid'])
})
