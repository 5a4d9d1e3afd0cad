// PGA: the physician's global assessment on its scale of 0 to 3, from lines of other lengths too.
import { type Findings, plain } from './column.ts'
import type { Instrument, Settings } from './instrument.ts'
import { amount, times } from './three-valued.ts'
import { part, scoreOf, type Verdict } from './verdict.ts'

const mark = plain('pga', "Physician's global assessment, as marked on its scale", [0, 100], 'physician_global')

const SCALE = {
  name: 'scale',
  meaning: 'where the scale ends: 3 for the score itself, 8 or 10 for a line in cm, 100 for one in mm',
  allowed: ['3', '8', '10', '100'],
  standard: '3',
} as const
const HIGHEST = 3
const ANCHORS = 'anchors: 0 none, 1 mild, 2 moderate, 3 severe'

function compute(found: Findings, { scale = SCALE.standard }: Settings): Verdict {
  const end = Number(scale)
  const marked = amount({ ...mark, most: end }, found)
  const parts = [
    part('pga', `Mark on a scale of 0 to ${end}`, { truth: undefined, because: marked.words, missing: marked.missing }),
  ]
  if (marked.range[1] > end)
    return scoreOf(parts, [`the mark lies beyond the end of the scale, ${end}: which scale was it?`], [0, HIGHEST])
  return scoreOf(parts, [ANCHORS], times(marked, HIGHEST / end).range)
}

/** Brings a mark to the scale of 0 to 3. */
export const globalAssessment: Instrument = {
  name: 'pga',
  label: "Physician's global assessment",
  kind: 'score',
  unit: '1',
  sources: [{ key: 'ard-278401', locator: 'table 1: 0 to 3 on a line of 10 cm, before SLEDAI is scored' }],
  definition:
    'How active the disease is in the eyes of the physician, from 0 (none) over 1 (mild) and 2 (moderate) to 3 (severe), marked on a line before any index is scored. Lines of 8 cm, 10 cm and 100 mm are brought to 0 to 3 in proportion.',
  params: [SCALE],
  needs: [mark],
  whenNotToUse:
    'Not marked after the index was added up, and not compared between raters: change within one rater is what SRI and BICLA use.',
  example: { about: 'A mark at 50 mm of a line of 100 mm.', found: { pga: 50 }, settings: { scale: '100' } },
  compute,
}
