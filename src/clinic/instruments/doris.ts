// DORIS 2021: remission of lupus, on or off treatment.
import { type Findings, measured } from './column.ts'
import { pga } from './global.ts'
import type { Instrument, Settings } from './instrument.ts'
import { clinicalColumn, clinicalTotal, SLEDAI_COLUMNS, sledaiColumn, VARIANT, WINDOW } from './sledai-chart.ts'
import { all, amount, is } from './three-valued.ts'
import { part, type Verdict, yesOrNo } from './verdict.ts'

const prednisone = measured('prednisone')
const BELOW_PGA = 0.5
const MOST_PREDNISONE = 5 // mg/d

function compute(found: Findings, settings: Settings): Verdict {
  const parts = [
    part('clinical_sledai', 'Clinical SLEDAI 0', is(clinicalTotal(found, settings), 'at most', 0)),
    part('pga', 'PGA below 0.5', is(amount(pga, found), 'below', BELOW_PGA)),
    part('prednisone', 'Prednisone at most 5 mg/d', is(amount(prednisone, found), 'at most', MOST_PREDNISONE)),
  ]
  return yesOrNo(all(...parts), parts)
}

/** Tells who is in remission. */
export const doris: Instrument = {
  name: 'doris-2021',
  label: 'DORIS remission, 2021',
  kind: 'yes or no',
  unit: '1',
  sources: [{ key: 'van-vollenhoven-2021', locator: 'the definition' }],
  definition:
    "All of: clinical SLEDAI 0, whatever the serology; physician's global assessment below 0.5 on 0 to 3; prednisone or its equivalent at most 5 mg a day. Antimalarials, stable immunosuppressives and biologics are allowed. It is a state at one visit: the definition asks for no duration.",
  params: [VARIANT, WINDOW],
  needs: [clinicalColumn, sledaiColumn, ...SLEDAI_COLUMNS, pga, prednisone],
  whenNotToUse:
    'Not for older texts, which let a PGA of 0.5 pass. Not as cure or as a lasting state: count visits for that.',
  example: {
    about: 'Clinical SLEDAI 0, PGA 0.5: not in remission, by the hair that separates 2021 from older texts.',
    found: { clinical_sledai: 0, pga: 0.5, prednisone: 5 },
  },
  compute,
}
