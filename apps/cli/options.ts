// Reads numbers and words said on the command line; what is wrong becomes a problem and the default goes nowhere.
import { didYouMean, type Problem } from '#base'
import { optionProblem } from './problems.ts'

/** Reads a whole number from `least` to `most`. */
export function readCount(option: string, text: string, least: number, most: number, problems: Problem[]): number {
  const value = text.trim() === '' ? NaN : Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  problems.push(
    optionProblem('bad-option', `${option} wants a whole number from ${least} to ${most}, found "${text}".`),
  )
  return least
}

/** Reads a number from `least` to `most`. */
export function readPositive(option: string, text: string, least: number, most: number, problems: Problem[]): number {
  const value = text.trim() === '' ? NaN : Number(text)
  if (value >= least && value <= most) return value
  problems.push(optionProblem('bad-option', `${option} wants a number from ${least} to ${most}, found "${text}".`))
  return least
}

/** Reads one of some words. */
export function readWord<W extends string>(
  option: string,
  text: string,
  words: readonly [W, ...W[]],
  problems: Problem[],
): W {
  const word = words.find((w) => w === text)
  if (word !== undefined) return word
  const guess = didYouMean(text, words)
  problems.push(
    optionProblem(
      'bad-option',
      `${option} wants ${words.map((w) => `"${w}"`).join(' or ')}, found "${text}".`,
      guess && `did you mean "${guess}"?`,
    ),
  )
  return words[0]
}
