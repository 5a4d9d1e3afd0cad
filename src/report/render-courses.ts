// A figure of courses as an SVG file of its own, for a README or a slide: light or dark as the reader has it.

import type { CourseBand } from '#trial'
import { type Element, el } from './element.ts'
import { type ArmsOptions, drawArms } from './figures/draw-arms.ts'
import { type CoursesOptions, drawCourses } from './figures/draw-courses.ts'
import type { OutputCourses } from './output-courses.ts'
import { printHtml } from './print-html.ts'
import { FIGURE_STYLE } from './style.ts'
import { TRIAL_STYLE } from './trial/trial-style.ts'

/** Writes one output over time as an SVG file. */
export function renderCourses(output: OutputCourses, options: CoursesOptions): string {
  return printFile(drawCourses(output, options), FIGURE_STYLE)
}

/** Writes one endpoint of a trial, arm beside arm, as an SVG file. */
export const renderArms = (course: CourseBand, options: ArmsOptions): string =>
  printFile(drawArms(course, options), FIGURE_STYLE + TRIAL_STYLE)

const printFile = ({ tag, attributes, children }: Element, style: string): string =>
  `${printHtml(el(tag, attributes, el('style', {}, style), children)).trimStart()}\n`
