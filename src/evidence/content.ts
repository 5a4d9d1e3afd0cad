// Shapes that files of evidence share.
import * as z from 'zod'

/** A file of content: its name, for places, and its text. */
export interface ContentFile {
  readonly file: string
  readonly text: string
}

export const text = z.string().min(1)
export const word = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write small letters and digits, joined by "-"')
export const source = z.string().regex(/^@[a-z0-9-]+$/, 'write "@" and a key of the references, or "@assumed"')
export const date = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'write a year, a month or a day: 2026, 2026-11 or 2026-11-21')

/** What a study, a claim or a question of the clinic check is about. */
export const topic = z.enum(['msc', 'hsct', 'car-t', 'medicine', 'course', 'elsewhere', 'model'])

export type Topic = z.infer<typeof topic>
