// Guesses which known name a mistyped word stood for, so that every reader's message can end in a suggestion. Knows no vocabulary of its own.

const LONGEST = 100 // characters of a word worth guessing about: keeps the quadratic comparison below 10^4 steps a candidate

/**
 * Finds the candidate that a mistyped word most probably meant: one that differs in case only, else the nearest in spelling.
 * Nearest means fewest inserted, dropped, replaced or swapped letters, at most a third of the word (rounded); the earlier candidate wins a tie.
 * @param word what was written, of any length
 * @param candidates what could have been meant
 * @returns the candidate, or nothing when none is near
 * @example didYouMean('recieve', ['retrieve', 'receive']) // 'receive'
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined
  const lower = word.toLowerCase()
  let fewest = Math.floor((word.length + 1) / 3) + 1
  let nearest: string | undefined
  for (const candidate of candidates) {
    if (candidate.length === word.length && candidate.toLowerCase() === lower) return candidate
    if (Math.abs(candidate.length - word.length) >= fewest) continue
    const edits = countEdits(word, candidate)
    if (edits < fewest) {
      fewest = edits
      nearest = candidate
    }
  }
  return nearest
}

/** Counts edits as the restricted Damerau-Levenshtein distance: no letter is edited again after it was swapped. */
function countEdits(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, j) => j)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const replaced = (last[j - 1] as number) + (from[i - 1] === to[j - 1] ? 0 : 1)
      let fewest = Math.min(replaced, (last[j] as number) + 1, (row[j - 1] as number) + 1)
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      if (swapped) fewest = Math.min(fewest, (beforeLast[j - 2] as number) + 1)
      row.push(fewest)
    }
    beforeLast = last
    last = row
  }
  return last[to.length] as number
}
