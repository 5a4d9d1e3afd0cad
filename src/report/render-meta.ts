// Forest and funnel plots as SVG files of their own: light or dark as the reader has it.

import { type Element, el } from './element.ts'
import { drawForest, type Forest, type ForestOptions } from './figures/draw-forest.ts'
import { drawFunnel, type Funnel, type FunnelOptions } from './figures/draw-funnel.ts'
import { printHtml } from './print-html.ts'
import { FIGURE_STYLE } from './style.ts'

const META_STYLE = `.courses .whisker{stroke:var(--ink);stroke-width:1.1}
.courses .study{fill:var(--edge);stroke:var(--ink);stroke-width:.8}
.courses .diamond{fill:var(--line);stroke:var(--ink);stroke-width:1}
.courses .prediction{stroke:var(--ink);stroke-width:2}
.courses .middle{stroke:var(--quiet);stroke-width:1;stroke-dasharray:4 3}
.courses .side{stroke:var(--quiet);stroke-width:1}
.courses .seen{fill:var(--ink)}
.courses .missed{fill:var(--paper);stroke:var(--mark);stroke-width:1.8}
`

/** Writes a forest plot as an SVG file. */
export const renderForest = (forest: Forest, options: ForestOptions): string => render(drawForest(forest, options))

/** Writes a funnel plot as an SVG file. */
export const renderFunnel = (funnel: Funnel, options: FunnelOptions): string => render(drawFunnel(funnel, options))

const render = ({ tag, attributes, children }: Element): string =>
  `${printHtml(el(tag, attributes, el('style', {}, FIGURE_STYLE + META_STYLE), children)).trimStart()}\n`
