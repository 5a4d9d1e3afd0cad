// S2K RI-50: SLEDAI-2K at a later visit, where an item that improved by half counts half.
import { count, type Findings, oneOf } from './column.ts'
import type { Instrument } from './instrument.ts'
import { sledai2k } from './sledai-2k.ts'
import { amount, is, minus, type Range } from './three-valued.ts'
import { type Part, part, scoreOf, type Verdict } from './verdict.ts'

const STATES = ['absent', 'halved', 'present'] as const
const SPELT = { no: 'absent', yes: 'present', half: 'halved', '50': 'halved', '0': 'absent', '1': 'present' }
const baseline = count('baseline_sledai', 'SLEDAI-2K at baseline', [0, 105])

const SHARE: Readonly<Record<string, number>> = { absent: 0, halved: 0.5, present: 1 }

const columns = sledai2k.items.map(({ id, label, definition }) => oneOf(id, `${label}. ${definition}`, STATES, SPELT))

const FALL = 2 // the smallest fall that told treatment from placebo in a trial

function compute(found: Findings): Verdict {
  const parts = sledai2k.items.map(({ id, label, weight }): Part => {
    const state = found[id]
    const share = typeof state === 'string' ? SHARE[state] : undefined
    const points: Range = share === undefined ? [0, weight] : [share * weight, share * weight]
    const because = share === undefined ? `${id} not said` : `${id}: ${String(state)}`
    return {
      id,
      label,
      truth: share === undefined ? undefined : share > 0,
      points,
      because,
      missing: share === undefined ? [id] : [],
    }
  })
  const verdict = scoreOf(parts)
  if (!('range' in verdict.possible) || found[baseline.name] === undefined) return verdict
  const now = { range: verdict.possible.range, words: 'S2K RI-50', missing: verdict.missing }
  const fell = part(
    'fall',
    `Falls by ${FALL} or more from baseline`,
    is(minus(amount(baseline, found), now), 'at least', FALL),
  )
  const word = fell.truth === undefined ? 'cannot be told' : fell.truth ? 'yes' : 'no'
  return { ...verdict, notes: [`falls by ${FALL} or more from baseline: ${word}`] }
}

/** Scores partial improvement. */
export const s2kRi50: Instrument = {
  name: 's2k-ri-50',
  label: 'SLEDAI-2K Responder Index-50',
  kind: 'score',
  unit: '1',
  sources: [
    { key: 'touma-2011', locator: 'abstract' },
    { key: 'ustekinumab-ri50-2019', locator: 'abstract: a fall of 2 points' },
  ],
  definition:
    'Each of the 24 items of SLEDAI-2K counts its whole weight while it is there, half of it once it improved by half or more without being gone, and nothing when it is gone: 0 to 105.',
  params: [],
  needs: [...columns, baseline],
  whenNotToUse:
    'Not without the form that defines what half of each item is: the halves are for a trained rater to say, and are not derived here. Not at the first visit.',
  example: {
    about: 'Baseline 6: arthritis improved by half, rash gone.',
    found: {
      ...Object.fromEntries(columns.map(({ name }) => [name, 'absent'])),
      arthritis: 'halved',
      baseline_sledai: 6,
    },
  },
  compute,
}
