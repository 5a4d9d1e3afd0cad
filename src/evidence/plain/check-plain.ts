// The wording of what patients read: plain, and never a directive. It offers facts, options and questions; what to do is for them and their doctors.
import type { Place, Problem } from '#base'
import { fault } from '../fault.ts'
import { readingGrade } from './reading-grade.ts'

/** The highest grade of school that a text for patients may ask for. */
export const HIGHEST_GRADE = 8

const FEWEST = 12 // words; below, one long word decides the grade

const OBLIGES =
  /\b(?:should|must|ought to|have to|you need to|had better|we (?:recommend|advise|suggest)|is recommended|the best (?:option|choice|treatment|clinic))\b/i

/** Orders, which begin a sentence or a part of one. */
const ORDERS =
  /(?:^|[.!?:;,]\s+)(?:(?:please )?(?:do not|don['’]t|never|always|avoid|make sure|be sure)|(?:stop|start) (?:taking|using))\b/i

/** Finds the first words that tell a reader what to do. */
export const findDirective = (text: string): string | undefined => (OBLIGES.exec(text) ?? ORDERS.exec(text))?.[0].trim()

/** Checks one text that patients read: no directive, and plain enough. */
export function checkPlain(text: string, place: Place): Problem[] {
  const directive = findDirective(text)
  if (directive === undefined) return checkGrade(text, place)
  const help = 'state a fact, name an option, or ask a question'
  return [fault('directive', `"${directive}" tells a reader what to do.`, place, help), ...checkGrade(text, place)]
}

/** Checks how many years of school a text asks for. */
export function checkGrade(text: string, place: Place): Problem[] {
  const grade = text.split(/\s+/).length < FEWEST ? 0 : readingGrade(text)
  if (grade <= HIGHEST_GRADE) return []
  const message = `This asks for ${Math.ceil(grade)} years of school, and may ask for ${HIGHEST_GRADE}.`
  return [fault('hard-to-read', message, place, 'use shorter sentences and shorter words')]
}
