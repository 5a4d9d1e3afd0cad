// How many years of school a text asks for. Knows English spelling, roughly: a syllable is a group of vowels, with a few corrections.

/**
 * Computes the Flesch-Kincaid grade of a text.
 * When not to use: on fewer than a dozen words, where one long word decides.
 * @returns years of school; 0 for a text without words
 * @source Kincaid JP et al. Research Branch Report 8-75, Naval Technical Training Command, 1975
 */
export function readingGrade(text: string): number {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’]*/gu) ?? []
  if (words.length === 0) return 0
  const sentences = Math.max(1, text.split(/[.!?:;]+(?=\s|$)/).filter((part) => /[\p{L}\p{N}]/u.test(part)).length)
  const syllables = words.reduce((sum, word) => sum + countSyllables(word), 0)
  return Math.max(0, 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59)
}

/** Counts the syllables of an English word; a number counts as one. */
export function countSyllables(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '')
  if (letters.length <= 3) return 1
  const spoken = letters.replace(/(?:[^laeiouy]es|[^aeiouydt]ed|[^laeiouy]e)$/, '').replace(/^y/, '')
  return Math.max(1, spoken.match(/[aeiouy]{1,2}/g)?.length ?? 1)
}
