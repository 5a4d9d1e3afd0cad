// The wording of what patients read: plain, and never a directive. It offers facts, options and questions; what to do is for them and their doctors.
import type { Place, Problem } from '#base'
import { fault } from '../fault.ts'
import { readingGrade } from './reading-grade.ts'

/** The highest grade of school that a text for patients may ask for. */
export const HIGHEST_GRADE = 8

const FEWEST = 12 // words; below, one long word decides the grade

const DIRECTIVE =
  /\b(?:you (?:should|must|ought|need to|have to|had better)|(?:should|must|ought to|have to)\b|we (?:recommend|advise|suggest)|is recommended|make sure|be sure to|never (?:take|stop|pay|go|agree)|always (?:take|ask|check|choose)|do not (?:take|stop|pay|go|agree|choose)|don['’]t (?:take|stop|pay|go|agree|choose)|stop taking|the best (?:option|choice|treatment|clinic))/i

/** Finds the first words that tell a reader what to do. */
export const findDirective = (text: string): string | undefined => DIRECTIVE.exec(text)?.[0]

/** Checks one text that patients read. */
export function checkPlain(text: string, place: Place): Problem[] {
  const directive = findDirective(text)
  const grade = text.split(/\s+/).length < FEWEST ? 0 : readingGrade(text)
  return [
    ...(directive === undefined
      ? []
      : [
          fault(
            'directive',
            `"${directive}" tells a reader what to do.`,
            place,
            'state a fact, name an option, or ask a question',
          ),
        ]),
    ...(grade <= HIGHEST_GRADE
      ? []
      : [
          fault(
            'hard-to-read',
            `This asks for ${Math.ceil(grade)} years of school, and may ask for ${HIGHEST_GRADE}.`,
            place,
            'use shorter sentences and shorter words',
          ),
        ]),
  ]
}
