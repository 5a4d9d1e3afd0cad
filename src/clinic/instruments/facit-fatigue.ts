// FACIT-Fatigue: thirteen answers of a patient about the last seven days. A higher score is less fatigue.
import { count, type Findings } from './column.ts'
import type { Instrument, Settings } from './instrument.ts'
import { amount, type Range, tidy } from './three-valued.ts'
import { type Part, scoreOf, type Verdict } from './verdict.ts'

const ITEMS = 13
const HIGHEST = 4
const ENERGY = [7, 8] // "I have energy", "I am able to do my usual activities": the only ones where much is good

const answers = Array.from({ length: ITEMS }, (_, i) =>
  count(
    `item_${i + 1}`,
    `Answer to statement ${i + 1} of the form, 0 (not at all) to 4 (very much)${ENERGY.includes(i + 1) ? '; the higher the better' : ''}`,
    [0, HIGHEST],
  ),
)

const MISSING = {
  name: 'missing',
  meaning:
    'range: an unanswered statement leaves a range; prorate: if more than half are answered, the others count as their mean, as the manual has it',
  allowed: ['range', 'prorate'],
  standard: 'range',
} as const

function compute(found: Findings, { missing = MISSING.standard }: Settings): Verdict {
  const parts = answers.map((column, i): Part => {
    const answer = amount(column, found)
    const points: Range = ENERGY.includes(i + 1) ? answer.range : [HIGHEST - answer.range[1], HIGHEST - answer.range[0]]
    const isSaid = answer.missing.length === 0
    return {
      id: column.name,
      label: `Statement ${i + 1}`,
      truth: isSaid ? points[0] > 0 : undefined,
      points,
      because: answer.words,
      missing: answer.missing,
    }
  })
  const verdict = scoreOf(parts)
  const said = parts.filter((one) => one.missing.length === 0)
  if (missing !== 'prorate' || said.length === ITEMS) return verdict
  if (said.length * 2 <= ITEMS)
    return { ...verdict, notes: [`only ${said.length} of ${ITEMS} are answered: the manual gives no score`] }
  const total = said.reduce((sum, { points }) => sum + (points?.[0] ?? 0), 0)
  return {
    ...verdict,
    value: tidy((total * ITEMS) / said.length),
    notes: [`prorated from ${said.length} of ${ITEMS} answers`],
  }
}

/** Scores fatigue. */
export const facitFatigue: Instrument = {
  name: 'facit-fatigue',
  label: 'FACIT-Fatigue',
  kind: 'score',
  unit: '1',
  sources: [
    {
      key: 'facit-2021',
      locator: 'which statements are turned, and the rule for unanswered ones, as a public scoring program has them',
    },
    { key: 'lsm-137528', locator: 'table: range and recall' },
  ],
  definition:
    'Thirteen statements, each answered 0 to 4 for the last seven days. Eleven speak of fatigue and are turned round (4 less the answer); statements 7 and 8 speak of energy and are not. The sum, 0 to 52, is higher the less fatigue there is.',
  params: [MISSING],
  needs: answers,
  whenNotToUse:
    'Not without a licence for the form, whose statements are not printed here. Not read the wrong way round: some calculators say that a higher score is more fatigue. Not in place of asking what the fatigue is from.',
  example: {
    about: 'All eleven statements of fatigue answered 1, both of energy 3.',
    found: Object.fromEntries(answers.map(({ name }, i) => [name, ENERGY.includes(i + 1) ? 3 : 1])),
  },
  compute,
}
