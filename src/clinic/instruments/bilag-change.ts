// What BILAG letters did between two visits: which systems became worse. SRI and BICLA both ask.
import { type Column, count, type Findings } from './column.ts'
import { bilagBefore, bilagNow } from './global.ts'
import { type Amount, amount, type Range, type Truth } from './three-valued.ts'

const newA = count('new_bilag_a', 'Systems with a new BILAG A, where they were counted already', [0, 9])
const newB = count('new_bilag_b', 'Systems with a new BILAG B, where they were counted already', [0, 9])

/** Counts in place of the letters. */
export const bilagCounts: readonly Column[] = [newA, newB]

const ORDER = 'ABCDE'

/** Whether a letter is at least as severe as another; unknown without the letter. */
export const reaches = (letter: unknown, least: string): Truth =>
  typeof letter === 'string' ? ORDER.indexOf(letter) <= ORDER.indexOf(least) : undefined

/** Systems that now reach a grade and did not at baseline: A after B to E, B after C to E. An A that falls to B is no new B. */
function newly(grade: 'A' | 'B', found: Findings): Amount {
  const given = amount(grade === 'A' ? newA : newB, found)
  if (given.missing.length === 0) return given
  let [least, most] = [0, 0]
  const missing: string[] = []
  const which: string[] = []
  for (const [s, column] of bilagNow.entries()) {
    const before = bilagBefore[s]?.name ?? ''
    const [now, then] = [found[column.name], found[before]]
    const isNow: Truth = typeof now === 'string' ? now === grade : undefined
    const was = reaches(then, grade)
    if (isNow === false || was === true) continue
    most++
    if (isNow === true && was === false) {
      least++
      which.push(column.name)
    } else missing.push(...[column.name, before].filter((name) => typeof found[name] !== 'string'))
  }
  const range: Range = [least, most]
  const words = `new BILAG ${grade}: ${least === most ? least : `${least} to ${most}`}${which.length > 0 ? ` (${which.join(', ')})` : ''}`
  return { range, words, missing: least === most ? [] : missing }
}

export const newAs = (found: Findings): Amount => newly('A', found)
export const newBs = (found: Findings): Amount => newly('B', found)
