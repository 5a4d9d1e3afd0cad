// Renal response by the European recommendations: complete as in 2019, partial in the words of 2012.
import { type Findings, measured, yesNo } from './column.ts'
import type { Instrument, Settings } from './instrument.ts'
import { fellBy } from './renal.ts'
import { all, amount, is, said } from './three-valued.ts'
import { classOf, part, type Verdict } from './verdict.ts'

const protein = measured('protein')
const baseline = measured('protein', 'baseline_protein', 'Protein in the urine of a day at baseline')
const filtration = yesNo('normal_filtration', 'Filtration is normal or nearly so, in the eyes of the physician')

const LIMIT = {
  name: 'protein_limit',
  meaning: 'g/d below which proteinuria is complete response: the target is given as "0.5 to 0.7"',
  allowed: ['0.5', '0.7'],
  standard: '0.5',
} as const
const NEPHROTIC = 3.5 // g/d
const HALF = 0.5

function compute(found: Findings, { protein_limit: limit = LIMIT.standard }: Settings): Verdict {
  const [now, before] = [amount(protein, found), amount(baseline, found)]
  const kept = part('filtration', 'Normal or nearly normal filtration', said(filtration, found))
  const low = part('protein', `Protein below ${limit} g/d`, is(now, 'below', Number(limit)))
  const half = part('half', 'Protein fell by half or more', fellBy(now, before, HALF))
  const mild = part('sub_nephrotic', 'Protein below the nephrotic range, 3.5 g/d', is(now, 'below', NEPHROTIC))
  const rungs = [
    ['complete', all(low, kept).truth],
    ['partial', all(half, mild, kept).truth],
  ] as const
  const nephrotic = is(before, 'at least', NEPHROTIC).truth === true
  return classOf(
    rungs,
    'none',
    [low, half, mild, kept],
    nephrotic ? ['nephrotic at baseline: the target of 12 months may take 6 to 12 more'] : [],
  )
}

/** Tells response to treatment of nephritis. */
export const renalEular: Instrument = {
  name: 'renal-eular',
  label: 'Renal response, EULAR/ERA-EDTA',
  kind: 'class',
  unit: '1',
  sources: [
    { key: 'fanouriakis-2020', locator: 'abstract: complete response by 12 months' },
    { key: 'bertsias-2012', locator: 'table of statements: partial response' },
  ],
  definition:
    'Complete: protein below 0.5 (to 0.7) g a day with normal or nearly normal filtration, by 12 months (6 to 12 months more if it was nephrotic). Partial, in the words of 2012: protein fell by half or more to below the nephrotic range, with normal or nearly normal filtration, by 6 and no later than 12 months.',
  params: [LIMIT],
  needs: [protein, baseline, filtration],
  unconfirmed:
    'the early targets of 2019 (a quarter less protein by 3 months, half by 6) were read in summaries only and are left out; "nearly normal" is not a number in the texts that were read, so a physician has to say it',
  whenNotToUse:
    'Not as KDIGO response or as the endpoint of a trial: each has its own numbers. Not without the months since treatment began.',
  example: {
    about: 'From 4 to 1.8 g a day with normal filtration: partial.',
    found: { baseline_protein: 4, protein: 1.8, normal_filtration: true },
  },
  compute,
}
