// Grades per system in the manner of BILAG-2004. The published grades follow from 97 items and from whether each is new, worse or better; a model of organ
// inflammation has no such items. Here a system is graded by how high its level is: like BILAG in what the letters are for, not the index itself.

export type Grade = 'A' | 'B' | 'C' | 'D or E'

export interface BilagLike {
  readonly name: string
  readonly label: string
  readonly source: string
  /** Systems in the order of the form; the level of each is seen as `bilag_<system>`. */
  readonly systems: readonly string[]
  readonly needs: readonly string[]
  readonly whenNotToUse: string
  /**
   * Grades each system: A from `bilag_a_cut` on, B from `bilag_b_cut`, C from `bilag_c_cut`.
   * Below, D (active once) and E (never active) are not told apart: that needs the patient's past.
   * @param seen a level or a cut-off under its name; NaN if it was not seen
   * @returns one grade per system, undefined where the level was not seen
   */
  grade(seen: (name: string) => number): readonly (Grade | undefined)[]
}

const SYSTEMS = [
  'constitutional',
  'mucocutaneous',
  'neuropsychiatric',
  'musculoskeletal',
  'cardiorespiratory',
  'gastrointestinal',
  'ophthalmic',
  'renal',
  'haematological',
] as const

/** Grades with a cut-off, severest first, with the name that the cut-off is seen under. */
export const CUTS: readonly (readonly [grade: Grade, name: string])[] = [
  ['A', 'bilag_a_cut'],
  ['B', 'bilag_b_cut'],
  ['C', 'bilag_c_cut'],
]

/**
 * Grades nine systems by their levels.
 * @source assumed: levels and cut-offs come with the model; systems and what letters mean are those of BILAG-2004 (yee-2010)
 */
export const bilagLike: BilagLike = {
  name: 'bilag-like',
  label: 'BILAG-like grades',
  source: 'assumed',
  systems: SYSTEMS,
  needs: [...CUTS.map(([, name]) => name), ...SYSTEMS.map((system) => `bilag_${system}`)],
  whenNotToUse:
    'Not in place of BILAG-2004: there are no items, no comparison with the month before, and no intention to treat. Gut and eye are not modelled and never graded.',
  grade: (seen) =>
    SYSTEMS.map((system) => {
      const level = seen(`bilag_${system}`)
      if (Number.isNaN(level)) return undefined
      return CUTS.find(([, cut]) => level >= seen(cut))?.[0] ?? 'D or E'
    }),
}
