// Columns that several instruments read: the physician's global assessment and the letters of BILAG, now and at baseline.
import { type Column, oneOf, plain, type WordColumn } from './column.ts'
import { bilagLike } from './bilag-like.ts'

export const pga = plain('pga', "Physician's global assessment, 0 to 3", [0, 3], 'physician_global')
export const baselinePga = plain('baseline_pga', "Physician's global assessment at baseline, 0 to 3", [0, 3])

const LETTERS = ['A', 'B', 'C', 'D', 'E'] as const
const SPELT = Object.fromEntries(LETTERS.map((letter) => [letter.toLowerCase(), letter]))

const letters = (prefix: string, when: string): WordColumn[] =>
  bilagLike.systems.map((system) =>
    oneOf(`${prefix}bilag_${system}`, `BILAG grade of the ${system} system${when}`, LETTERS, SPELT),
  )

/** One letter for each of the nine systems of BILAG-2004. */
export const bilagNow: readonly WordColumn[] = letters('', '')
export const bilagBefore: readonly WordColumn[] = letters('baseline_', ' at baseline')

export const bilagColumns: readonly Column[] = [...bilagBefore, ...bilagNow]
