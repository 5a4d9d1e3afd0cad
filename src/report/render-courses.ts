// A figure of courses as an SVG file of its own, for a README or a slide: light or dark as the reader has it.

import { el } from './element.ts'
import { type CoursesOptions, drawCourses } from './figures/draw-courses.ts'
import type { OutputCourses } from './output-courses.ts'
import { printHtml } from './print-html.ts'
import { FIGURE_STYLE } from './style.ts'

/** Writes one output over time as an SVG file. */
export function renderCourses(output: OutputCourses, options: CoursesOptions): string {
  const { tag, attributes, children } = drawCourses(output, options)
  return `${printHtml(el(tag, attributes, el('style', {}, FIGURE_STYLE), children)).trimStart()}\n`
}
