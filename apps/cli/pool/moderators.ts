// Columns of a regression from cells: numbers as they are, words as one column per word but the first, which is the reference.
import { type Problem, type Reading } from '#base'
import type { Column } from '#stats'
import type { Study } from './read-studies.ts'

/** Reads the named columns as moderators. A column in which some cells are numbers and some words is a problem at the first cell that differs. */
export function readModerators(studies: readonly Study[], names: readonly string[]): Reading<readonly Column[]> {
  const problems: Problem[] = []
  const columns = names.flatMap((name): Column[] => {
    const cells = studies.flatMap(({ extras }) => extras[name] ?? [])
    const numbers = cells.map(({ text }) => Number(text))
    if (numbers.every(Number.isFinite)) return [{ name, values: numbers }]
    const odd = cells.find((_, i) => Number.isFinite(numbers[i]))
    if (odd) {
      const word = cells.find((_, i) => !Number.isFinite(numbers[i]))
      problems.push({
        code: 'mixed-column',
        level: 'error',
        message: `"${name}" holds numbers such as ${odd.text} and words such as "${word?.text ?? ''}".`,
        ...(word && { place: word.place }),
        help: 'a moderator is either a number in every row or a group in every row',
      })
      return []
    }
    const words = [...new Set(cells.map(({ text }) => text))].toSorted()
    return words.slice(1).map((word) => ({
      name: `${name}: ${word}`,
      values: cells.map(({ text }) => (text === word ? 1 : 0)),
    }))
  })
  return problems.length > 0 ? { value: undefined, problems } : { value: columns, problems }
}
