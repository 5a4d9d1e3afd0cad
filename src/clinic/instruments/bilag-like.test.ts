import { expect, test } from 'vitest'
import { bilagLike } from './bilag-like.ts'

const CUTS = { bilag_a_cut: 1.4, bilag_b_cut: 0.8, bilag_c_cut: 0.25 }

const grade = (levels: Readonly<Record<string, number>>) => {
  const seen: Readonly<Record<string, number>> = { ...CUTS, ...levels }
  const grades = bilagLike.grade((name) => seen[name] ?? 0)
  return Object.fromEntries(bilagLike.systems.map((system, i) => [system, grades[i]]))
}

test('a system is graded by its level, the cut-off included', () => {
  const grades = grade({
    bilag_renal: 1.4,
    bilag_mucocutaneous: 1.39,
    bilag_musculoskeletal: 0.8,
    bilag_haematological: 0.25,
    bilag_constitutional: 0.249,
  })
  expect(grades).toEqual({
    constitutional: 'D or E',
    mucocutaneous: 'B',
    neuropsychiatric: 'D or E',
    musculoskeletal: 'B',
    cardiorespiratory: 'D or E',
    gastrointestinal: 'D or E',
    ophthalmic: 'D or E',
    renal: 'A',
    haematological: 'C',
  })
})

test('a level that was not seen has no grade', () => {
  expect(grade({ bilag_renal: NaN })['renal']).toBeUndefined()
})
