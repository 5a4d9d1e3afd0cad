// Renal response by KDIGO 2024. Its own text was not obtained: the wording here is that of summaries, and every result says so.
import type { Findings } from './column.ts'
import type { Instrument, Settings } from './instrument.ts'
import { baselineEgfr, baselineUpcr, egfr, fellBy, notLowerThan, upcr } from './renal.ts'
import { all, amount, is } from './three-valued.ts'
import { classOf, part, type Verdict } from './verdict.ts'

const LOSS = {
  name: 'stable_within',
  meaning: 'percent of baseline that filtration may lose and still be stable: given as "10 to 15"',
  allowed: ['10', '15'],
  standard: '15',
} as const
const COMPLETE = 0.5 // g/g
const PARTIAL = 3
const HALF = 0.5

function compute(found: Findings, { stable_within: loss = LOSS.standard }: Settings): Verdict {
  const [now, before] = [amount(upcr, found), amount(baselineUpcr, found)]
  const stable = part(
    'stable',
    'Filtration stable or better',
    notLowerThan(amount(egfr, found), amount(baselineEgfr, found), Number(loss) / 100),
  )
  const low = part('protein', 'Protein to creatinine below 0.5 g/g', is(now, 'below', COMPLETE))
  const half = part('half', 'Protein to creatinine fell by half or more', fellBy(now, before, HALF))
  const mild = part('partial_protein', 'Protein to creatinine below 3 g/g', is(now, 'below', PARTIAL))
  const rungs = [
    ['complete', all(low, stable).truth],
    ['partial', all(half, mild, stable).truth],
  ] as const
  return classOf(rungs, 'none', [low, half, mild, stable])
}

/** Tells response to treatment of nephritis. */
export const renalKdigo: Instrument = {
  name: 'renal-kdigo',
  label: 'Renal response, KDIGO 2024',
  kind: 'class',
  unit: '1',
  sources: [
    {
      key: 'kdigo-2024',
      locator: 'definitions of response, as summaries give them: the guideline itself was not read',
    },
  ],
  definition:
    'Complete: protein to creatinine below 0.5 g/g with filtration stable or better (not more than 10 to 15 % below baseline), within 6 to 12 months. Partial: it fell by half or more to below 3 g/g, with the same filtration. None: neither.',
  params: [LOSS],
  needs: [upcr, baselineUpcr, egfr, baselineEgfr],
  unconfirmed:
    'the wording of KDIGO 2024 was read in summaries only, one of which mixes it with the endpoint of a trial',
  whenNotToUse:
    'Not in children, who have limits by weight and surface. Not as EULAR response or PERR. 50 mg/mmol, which summaries put beside 0.5 g/g, is 0.44 g/g.',
  example: {
    about: 'From 4.2 to 1.9 g/g, filtration from 80 to 75 mL/min: partial.',
    found: { baseline_upcr: 4.2, upcr: 1.9, baseline_egfr: 80, egfr: 75 },
  },
  compute,
}
