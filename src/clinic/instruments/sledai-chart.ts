// SLEDAI from anyone's chart: the items, weights and limits are those of sledai-2k.ts, which the virtual trials score by; here an item may be said by a
// rater or follow from a measurement with the laboratory's own limit, and what was not said leaves a range.
import { type Column, count, type Findings, measured, plain, yesNo } from './column.ts'
import type { Param, Settings } from './instrument.ts'
import { type SledaiItem, sledai2k } from './sledai-2k.ts'
import { all, type Amount, amount, any, is, minus, type Range, type Statement, said } from './three-valued.ts'
import { type Part, sum, weighted } from './verdict.ts'

export const VARIANT: Param = {
  name: 'variant',
  meaning:
    '2k: arthritis from 2 joints on, protein above 0.5 g/d whether new or not. original: more than 2 joints, protein above 0.5 g/d only if new or risen by more than 0.5 g/d; rash, hair loss and ulcers only if new or come back.',
  allowed: ['2k', 'original'],
  standard: '2k',
}

export const WINDOW: Param = {
  name: 'window_days',
  meaning: 'days before the visit that are looked at; changes no point, but is stamped on every score',
  allowed: ['10', '28', '30'],
  standard: '30',
}

// Spellings of the items in other tables.
const ALSO: Readonly<Record<string, string>> = {
  organic_brain: 'organic_brain_syndrome',
  visual: 'visual_disturbance',
  headache: 'lupus_headache',
  stroke: 'cva',
  casts: 'urinary_casts',
  haematuria: 'hematuria',
  ulcers: 'mucosal_ulcers',
  complement: 'low_complement',
  dna_binding: 'increased_dna_binding',
  leucopenia: 'leukopenia',
}

const items = sledai2k.items.map(({ id, label, definition }) => {
  const alias = ALSO[id]
  return yesNo(id, `${label}. ${definition}`, ...(alias === undefined ? [] : [alias]))
})

const joints = count('joints', 'Joints that hurt and are inflamed', [0, 68], 'active_joints')
const redCells = plain('urine_red_cells', 'Red cells in the urine, per high-power field', [0, 10_000], 'rbc_hpf')
const whiteCells = plain('urine_white_cells', 'White cells in the urine, per high-power field', [0, 10_000], 'wbc_hpf')
const protein = measured('protein')
const proteinBefore = measured('protein', 'protein_before', 'Protein in the urine of a day, at the visit before')
const temperature = measured('temperature')
const platelets = measured('platelets')
const leucocytes = measured('leucocytes')
const c3 = measured('c3')
const c3Limit = measured('c3', 'c3_lower_limit', "Lower end of the laboratory's own range of C3")
const c4 = measured('c4')
const c4Limit = measured('c4', 'c4_lower_limit', "Lower end of the laboratory's own range of C4")
const dsdna = measured('dsdna')
const dsdnaLimit = measured('dsdna', 'dsdna_upper_limit', "Upper end of the laboratory's own range of anti-dsDNA")

/** Columns that the items of SLEDAI are told by. */
export const SLEDAI_COLUMNS: readonly Column[] = [
  ...items,
  joints,
  redCells,
  whiteCells,
  protein,
  proteinBefore,
  temperature,
  platelets,
  leucocytes,
  c3,
  c3Limit,
  c4,
  c4Limit,
  dsdna,
  dsdnaLimit,
]

/** A total that was scored elsewhere, in place of the items. */
export const sledaiColumn = count(
  'sledai',
  'Total of SLEDAI, where it was scored already',
  [0, 105],
  'sledai_2k',
  'selena_sledai',
)
export const clinicalColumn = count(
  'clinical_sledai',
  'SLEDAI without complement and DNA binding, where it was scored already',
  [0, 101],
  'csledai',
)

// Which measurement shows which item; the limit is the item's own.
const SHOWN_BY: Readonly<Record<string, typeof protein>> = {
  haematuria: redCells,
  pyuria: whiteCells,
  proteinuria: protein,
  fever: temperature,
  thrombocytopenia: platelets,
  leucopenia: leucocytes,
}

/** The measurement that shows an item; nothing for what only a rater can say. */
function evidence({ id, signs }: SledaiItem, found: Findings, original: boolean): Statement | undefined {
  if (id === 'arthritis') return is(amount(joints, found), original ? 'above' : 'at least', 2)
  if (id === 'proteinuria' && original) return newProtein(found)
  if (id === 'complement')
    return any(beyond(amount(c3Limit, found), amount(c3, found)), beyond(amount(c4Limit, found), amount(c4, found)))
  if (id === 'dna_binding') return beyond(amount(dsdna, found), amount(dsdnaLimit, found))
  const [column, sign] = [SHOWN_BY[id], signs[0]]
  if (!column || !sign) return undefined
  const value = amount(column, found)
  return 'above' in sign ? is(value, 'above', sign.above) : is(value, 'below', sign.below)
}

/** Holds where one number is greater than another. */
function beyond(greater: Amount, less: Amount): Statement {
  const { truth, missing } = is(minus(greater, less), 'above', 0)
  return { truth, because: `${greater.words}, ${less.words}`, missing }
}

const LIMIT = 0.5 // g/d, in both variants

function newProtein(found: Findings): Statement {
  const [now, before] = [amount(protein, found), amount(proteinBefore, found)]
  return any(all(is(now, 'above', LIMIT), is(before, 'at most', LIMIT)), is(minus(now, before), 'above', LIMIT))
}

/** What a rater said goes before what was measured: only a rater can tell lupus from its mimics. */
function judge(item: SledaiItem, found: Findings, original: boolean): Statement {
  const rated = said(yesNo(item.id, item.label), found)
  const shown = evidence(item, found, original)
  if (rated.truth !== undefined) {
    const against = shown?.truth === !rated.truth ? `, although ${shown.because}` : ''
    return { ...rated, because: rated.because + against }
  }
  return shown === undefined || shown.truth === undefined ? rated : shown
}

/**
 * Scores the items.
 * @param counts which items count
 */
export function sledaiParts(
  found: Findings,
  variant: string,
  counts: (item: SledaiItem) => boolean = () => true,
): Part[] {
  const original = variant === 'original'
  return sledai2k.items
    .filter(counts)
    .map((item) => weighted(item.id, item.label, judge(item, found, original), item.weight))
}

/** Items that leave the clinical score. */
export const isClinical = ({ serological }: SledaiItem): boolean => !serological

const pointsOf = (parts: readonly Part[]): Range => sum(parts.map(({ points }) => points ?? [0, 0]))

function fromItems(found: Findings, variant: string, counts?: (item: SledaiItem) => boolean): Amount {
  const parts = sledaiParts(found, variant, counts)
  const range = pointsOf(parts)
  const missing = parts.flatMap((one) => one.missing)
  const words = range[0] === range[1] ? `SLEDAI from items ${range[0]}` : `SLEDAI from items ${range[0]} to ${range[1]}`
  return { range, words, missing }
}

/** The total: as it was given, else from the items. */
export const sledaiTotal = (found: Findings, settings: Settings): Amount =>
  typeof found[sledaiColumn.name] === 'number'
    ? amount(sledaiColumn, found)
    : fromItems(found, settings[VARIANT.name] ?? VARIANT.standard)

/** The clinical total: as it was given, else the total that was given less serology, else from the items. */
export function clinicalTotal(found: Findings, settings: Settings): Amount {
  const variant = settings[VARIANT.name] ?? VARIANT.standard
  if (typeof found[clinicalColumn.name] === 'number') return amount(clinicalColumn, found)
  if (typeof found[sledaiColumn.name] !== 'number') return fromItems(found, variant, isClinical)
  const serology = sledaiParts(found, variant, (item) => !isClinical(item))
  const points: Amount = {
    range: pointsOf(serology),
    words: serology.map(({ because }) => because).join(', '),
    missing: serology.flatMap((one) => one.missing),
  }
  const clinical = minus(amount(sledaiColumn, found), points)
  return { ...clinical, range: [Math.max(0, clinical.range[0]), Math.max(0, clinical.range[1])] }
}
