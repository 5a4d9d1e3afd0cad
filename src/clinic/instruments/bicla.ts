// BICLA: the response that asks every active system of BILAG to improve.
import { bilagCounts, newAs, newBs, reaches } from './bilag-change.ts'
import { count, type Findings, yesNo } from './column.ts'
import { baselinePga, bilagBefore, bilagColumns, bilagNow, pga } from './global.ts'
import type { Instrument, Settings } from './instrument.ts'
import { SLEDAI_COLUMNS, sledaiColumn, sledaiTotal, VARIANT, WINDOW } from './sledai-chart.ts'
import { all, amount, is, minus, not, said, type Statement } from './three-valued.ts'
import { part, type Verdict, yesOrNo } from './verdict.ts'

const baseline = count('baseline_sledai', 'Total of SLEDAI at baseline', [0, 105])
const failure = yesNo('treatment_failure', 'Treatment that the protocol does not allow')

const PGA = {
  name: 'pga_rule',
  meaning: 'original: PGA may rise by 10 % of its scale, 0.3; tulip: by less than 0.3',
  allowed: ['original', 'tulip'],
  standard: 'original',
} as const

const TENTH = 0.3 // of a scale of 0 to 3
const MOST_NEW_B = 1

/** A at baseline has to be B, C or D by now, and B has to be C or D; other systems ask nothing. */
function improved(found: Findings): Statement[] {
  return bilagBefore.map(({ name: before }, s): Statement => {
    const now = bilagNow[s]?.name ?? ''
    const [then, letter] = [found[before], found[now]]
    const wasA = reaches(then, 'A')
    const wasB = reaches(then, 'B')
    const because = `${now} ${String(letter ?? 'not said')} after ${String(then ?? 'not said')}`
    const asks = (active: boolean | undefined, grade: 'A' | 'B'): Statement => {
      const stays = reaches(letter, grade)
      const truth =
        active === false || stays === false ? true : active === undefined || stays === undefined ? undefined : false
      return {
        truth,
        because,
        missing: truth === undefined ? [before, now].filter((one) => typeof found[one] !== 'string') : [],
      }
    }
    return wasB === true && wasA === false
      ? asks(true, 'B')
      : wasA === true
        ? asks(true, 'A')
        : either(asks(wasB, 'A'), asks(wasB, 'B'))
  })
}

/** Where the letter at baseline is not known, both demands are possible. */
function either(one: Statement, other: Statement): Statement {
  return one.truth === other.truth
    ? one
    : { ...other, truth: undefined, missing: [...new Set([...one.missing, ...other.missing])] }
}

function compute(found: Findings, settings: Settings): Verdict {
  const rise = minus(amount(pga, found), amount(baselinePga, found))
  const change = minus(sledaiTotal(found, settings), amount(baseline, found))
  const parts = [
    part('improved', 'Every A and B of baseline improved', all(...improved(found))),
    part('bilag_a', 'No new BILAG A', is(newAs(found), 'at most', 0)),
    part('bilag_b', 'Not more than one new BILAG B', is(newBs(found), 'at most', MOST_NEW_B)),
    part('sledai', 'SLEDAI not above baseline', is(change, 'at most', 0)),
    part('pga', 'PGA not worse', is(rise, settings[PGA.name] === 'tulip' ? 'below' : 'at most', TENTH)),
    part('failure', 'No treatment failure', not(said(failure, found))),
  ]
  const wasActive = bilagBefore.some(({ name }) => found[name] === 'A' || found[name] === 'B')
  return yesOrNo(
    all(...parts),
    parts,
    wasActive ? [] : ['no system is said to have been A or B at baseline: there was nothing to improve'],
  )
}

const QUIET = Object.fromEntries([...bilagBefore, ...bilagNow].map(({ name }) => [name, 'D']))

/** Tells who responds. */
export const bicla: Instrument = {
  name: 'bicla',
  label: 'BILAG-based Composite Lupus Assessment',
  kind: 'yes or no',
  unit: '1',
  sources: [{ key: 'wallace-2011', locator: 'as the licensor of the instrument sums it up' }],
  definition:
    'A responder has improved in every system that was active: A to B, C or D, and B to C or D; has no new A and not more than one new B; a SLEDAI that is not above baseline; a PGA that rose by 10 % of its scale at most (in the TULIP trials: by less than 0.3); and no treatment that the protocol forbids.',
  params: [PGA, VARIANT, WINDOW],
  needs: [baseline, sledaiColumn, ...SLEDAI_COLUMNS, baselinePga, pga, ...bilagCounts, ...bilagColumns, failure],
  whenNotToUse:
    'Not for patients without an A or B at baseline: they meet the first demand with nothing. Not from letters that were guessed from SLEDAI.',
  example: {
    about:
      'Joints from A to B, skin from B to C, nothing new, PGA up by 0.3: a responder by the original rule, none by that of TULIP.',
    found: {
      ...QUIET,
      baseline_bilag_musculoskeletal: 'A',
      bilag_musculoskeletal: 'B',
      baseline_bilag_mucocutaneous: 'B',
      bilag_mucocutaneous: 'C',
      baseline_sledai: 10,
      sledai: 8,
      baseline_pga: 1.2,
      pga: 1.5,
      treatment_failure: false,
    },
  },
  compute,
}
