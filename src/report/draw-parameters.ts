// The table of parameters: every number of the model with its unit, its spread, its meaning and where it comes from. What is assumed says so.

import { drawTable } from './draw-table.ts'
import { type Child, type Element, el } from './element.ts'
import type { ParameterRow } from './simulation-summary.ts'
import { typesetNumber, typesetShare, typesetUnit } from './typeset.ts'

/** Tells whether subjects differ in a parameter. */
export const varies = ({ prior }: ParameterRow): boolean => prior !== 'fixed' && prior !== ''

/** Says how many of the parameters rest on nothing but an assumption. */
export const countAssumed = (parameters: readonly ParameterRow[]): string => {
  const assumed = parameters.filter((parameter) => parameter.assumed).length
  const share = assumed > 0 ? ` (${typesetShare(assumed, parameters.length)})` : ''
  return `${assumed} of ${parameters.length}${share}`
}

/** Draws the table of parameters. */
export const drawParameters = (parameters: readonly ParameterRow[]): Element =>
  drawTable({
    caption: `Parameters of the model. Assumed, without a source: ${countAssumed(parameters)}.`,
    columns: [
      { head: 'parameter', kind: 'name' },
      { head: 'value', kind: 'number' },
      { head: 'unit', kind: 'text' },
      { head: 'between subjects', kind: 'text' },
      { head: 'meaning', kind: 'text' },
      { head: 'source', kind: 'text' },
    ],
    rows: parameters.map((parameter) => [
      parameter.name,
      typesetNumber(parameter.value, 10),
      typesetUnit(parameter.unit) || '1',
      varies(parameter) ? parameter.prior : 'fixed',
      parameter.meaning,
      el('span', {}, sourceOf(parameter)),
    ]),
  })

const sourceOf = ({ assumed, source, locator }: ParameterRow): Child => [
  assumed ? el('strong', { class: 'assumed' }, 'ASSUMED') : source,
  locator === '' ? undefined : `${assumed ? ': ' : ', '}${locator}`,
]
