// The report of a replayed trial: one HTML document that needs no script, no network and no other file. It asks, answers, shows how sure the answer is
// and what it hangs on, and says what it must not be used for. Computes nothing: every number comes from the result.

import type { TrialResult } from '#trial'
import { type Element, el } from '../element.ts'
import { drawPage } from '../page.ts'
import { printDocument } from '../print-html.ts'
import { assumptionsSection } from './draw-assumptions-section.ts'
import { comparisonSection } from './draw-comparison-section.ts'
import { coursesSection } from './draw-courses-section.ts'
import { coverageSection } from './draw-coverage-section.ts'
import { cautionsSection, credibilitySection, provenanceSection } from './draw-credibility-section.ts'
import { patientsSection, powerSection } from './draw-design-section.ts'
import { drawOpening } from './draw-opening.ts'
import { splitSection } from './draw-split-section.ts'
import { drawSection, type Section } from './page-parts.ts'
import { TRIAL_STYLE } from './trial-style.ts'

const SECTIONS: readonly ((result: TrialResult) => Section)[] = [
  coursesSection,
  comparisonSection,
  coverageSection,
  splitSection,
  powerSection,
  assumptionsSection,
  patientsSection,
  cautionsSection,
  credibilitySection,
  provenanceSection,
]

/** Writes the report of a trial. @returns a whole HTML document; the same result gives the same text */
export const renderTrial = (result: TrialResult): string =>
  printDocument(drawPage(result.trial.title, drawTrial(result), TRIAL_STYLE))

/** Draws what `renderTrial` writes: the `main` of the page. */
export function drawTrial(result: TrialResult): Element {
  const sections = SECTIONS.map((section) => section(result))
  return el('main', {}, drawOpening(result, sections), sections.map(drawSection))
}
