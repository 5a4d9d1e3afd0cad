// What definitions of renal response ask in different words: protein in the urine, and filtration against its baseline. Each definition is its own file.
import { type Findings, measured, yesNo } from './column.ts'
import { type Amount, amount, is, minus, type Statement, times } from './three-valued.ts'

export const upcr = measured('upcr')
export const baselineUpcr = measured('upcr', 'baseline_upcr', 'Protein to creatinine in urine at baseline')
export const egfr = measured('egfr')
export const baselineEgfr = measured('egfr', 'baseline_egfr', 'Estimated glomerular filtration at baseline')
export const preflareEgfr = measured('egfr', 'preflare_egfr', 'Estimated glomerular filtration before the flare')
export const failure = yesNo(
  'treatment_failure',
  'Rescue treatment, or other treatment that makes a failure in the protocol',
)

/** Holds where a value is not lower than a reference by more than a share of it. */
export function notLowerThan(value: Amount, reference: Amount, share: number): Statement {
  const margin = minus(value, times(reference, 1 - share))
  const { truth, missing } = is(margin, 'at least', 0)
  const floor = `no more than ${Math.floor(share * 100 + 0.5)} % below ${reference.words}`
  return { truth, because: `${value.words}: ${truth === false ? 'not ' : ''}${floor}`, missing }
}

/** Holds where a value fell by a share of what it was, or more. */
export function fellBy(value: Amount, before: Amount, share: number): Statement {
  const { truth, missing } = is(minus(times(before, 1 - share), value), 'at least', 0)
  const fall = `fell by ${Math.floor(share * 100 + 0.5)} % or more`
  return { truth, because: `${before.words}, ${value.words}: ${truth === false ? 'not ' : ''}${fall}`, missing }
}

/** Filtration that is good enough by itself, or was not lost. */
export const keptFiltration = (found: Findings): { readonly now: Amount; readonly before: Amount } => ({
  now: amount(egfr, found),
  before: amount(preflareEgfr, found),
})
