// SRI-n: the responder index of the belimumab trials, for a fall of n points.
import { count, type Findings, yesNo } from './column.ts'
import { bilagCounts, newAs, newBs } from './bilag-change.ts'
import { baselinePga, bilagColumns, pga } from './global.ts'
import type { Instrument, Settings } from './instrument.ts'
import { SLEDAI_COLUMNS, sledaiColumn, sledaiTotal, VARIANT, WINDOW } from './sledai-chart.ts'
import { all, amount, is, minus, not, said } from './three-valued.ts'
import { part, type Verdict, yesOrNo } from './verdict.ts'

const baseline = count('baseline_sledai', 'Total of SLEDAI at baseline', [0, 105])
const failure = yesNo('treatment_failure', 'Left the trial, or took treatment that its protocol does not allow')

const POINTS = {
  name: 'n',
  meaning: 'points that SLEDAI must fall by',
  allowed: ['4', '5', '6', '7', '8'],
  standard: '4',
} as const
const FAILURES = {
  name: 'failures',
  meaning: 'whether who left or took other treatment is a non-responder: a rule of trials, not of the index',
  allowed: ['ignored', 'count'],
  standard: 'ignored',
} as const

const MOST_NEW_B = 1
const WORSE_PGA = 0.3 // on a scale of 0 to 3

function compute(found: Findings, settings: Settings): Verdict {
  const { n = POINTS.standard, failures = FAILURES.standard } = settings
  const fall = minus(amount(baseline, found), sledaiTotal(found, settings))
  const rise = minus(amount(pga, found), amount(baselinePga, found))
  const parts = [
    part('sledai', `SLEDAI falls by ${n} or more`, is(fall, 'at least', Number(n))),
    part('bilag_a', 'No new BILAG A', is(newAs(found), 'at most', 0)),
    part('bilag_b', 'Not more than one new BILAG B', is(newBs(found), 'at most', MOST_NEW_B)),
    part('pga', `PGA does not rise by ${WORSE_PGA} or more`, not(is(rise, 'at least', WORSE_PGA))),
    ...(failures === 'count' ? [part('failure', 'No treatment failure', not(said(failure, found)))] : []),
  ]
  return yesOrNo(all(...parts), parts)
}

/** Tells who responds. */
export const sri: Instrument = {
  name: 'sri',
  label: 'SLE Responder Index',
  kind: 'yes or no',
  unit: '1',
  sources: [
    { key: 'furie-2009', locator: 'abstract' },
    { key: 'furie-2014', locator: 'methods: no new A and not more than one new B, as trials apply it' },
  ],
  definition:
    'A responder has a SLEDAI that fell by n points or more from baseline, no system with a new BILAG A and not more than one with a new BILAG B, and a PGA that did not rise by 0.3 or more. Who starts below n cannot respond.',
  params: [POINTS, FAILURES, VARIANT, WINDOW],
  needs: [baseline, sledaiColumn, ...SLEDAI_COLUMNS, baselinePga, pga, ...bilagCounts, ...bilagColumns, failure],
  whenNotToUse:
    'Not for the care of one patient, nor where the baseline is below n points. Not comparable between trials with other rules on withdrawal and rescue. The trials scored SELENA-SLEDAI: with SLEDAI-2K say so.',
  example: {
    about: 'SLEDAI from 10 to 6, one new B, PGA unchanged: a responder, just.',
    found: { baseline_sledai: 10, sledai: 6, baseline_pga: 1.5, pga: 1.5, new_bilag_a: 0, new_bilag_b: 1 },
  },
  compute,
}
