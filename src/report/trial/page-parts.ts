// The parts that every section of a trial's report is made of: a heading, one finding made from the numbers, figures with captions.

import { type Child, type Element, el } from '../element.ts'

/** A section, and how it is called in the list of contents. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly body: Child
}

/** Draws a section. */
export const drawSection = ({ id, title, body }: Section): Element =>
  el('section', { id, 'aria-labelledby': `${id}-head` }, el('h2', { id: `${id}-head` }, title), body)

/** The one sentence that a figure or table comes to. */
export const drawFinding = (...text: readonly Child[]): Element => el('p', { class: 'finding' }, ...text)

/** A figure with a caption that tells how to read it. */
export const drawFigure = (picture: Child, caption: string, kind?: string): Element =>
  el('figure', { class: kind }, picture, el('figcaption', {}, caption))

/** Joins words as a sentence does: "a, b and c". */
export function listWords(words: readonly string[]): string {
  const last = words.at(-1)
  if (last === undefined) return ''
  return words.length === 1 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

/** One or many: "1 patient", "3 patients". */
export const countOf = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
