// The look of reports and figures as CSS: a serif for reading, a sans serif for figures and tables, few sizes, rules instead of boxes.
// Without colour and without backgrounds, as some printers have it, nothing is lost: what matters is text, line or shape.

import { DARK, LIGHT, type Palette } from './palette.ts'

const variables = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour};`)
    .join('')

const COLOURS = `:root{color-scheme:light dark;${variables(LIGHT)}}
@media (prefers-color-scheme:dark){:root{${variables(DARK)}}}
@media print{:root{color-scheme:light;${variables(LIGHT)}}}
`

const SANS = `-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif`
const SERIF = `Charter,"Bitstream Charter","Iowan Old Style","Sitka Text",Cambria,"Liberation Serif",Georgia,serif`
const MONO = `ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace`

const FIGURES = `.courses text{font:11px ${SANS};font-variant-numeric:tabular-nums;fill:var(--quiet)}
.courses .name{font-size:12px;fill:var(--ink)}
.courses .strong{font-weight:600;fill:var(--ink)}
.courses path,.courses line{fill:none;stroke-linejoin:round;stroke-linecap:round}
.courses .hair{stroke:var(--hair);stroke-width:1}
.courses .base{stroke:var(--quiet);stroke-width:1;stroke-linecap:butt}
.courses .outer.band{fill:var(--outer)}
.courses .inner.band{fill:var(--inner)}
.courses .edge{stroke:var(--edge);stroke-width:.8}
.courses .outer.edge{stroke-dasharray:1 2.5}
.courses .inner.edge{stroke-dasharray:5 2.5}
.courses .single{stroke:var(--single);stroke-width:.6}
.courses .median{stroke:var(--line);stroke-width:2.2}
.courses .leader{stroke:var(--quiet);stroke-width:.5}
.courses .mark{fill:var(--mark)}
`

/** For a figure alone in a file: its colours and its type. */
export const FIGURE_STYLE = COLOURS + FIGURES

// Sizes follow a scale of 1.2; space comes in steps of half a line. Text keeps to a measure of about 70 signs, figures and tables may use the page.
const PAGE = `*{box-sizing:border-box}
html{font:1.0625rem/1.55 ${SERIF};color:var(--ink);background:var(--paper);-webkit-text-size-adjust:100%}
body{margin:0;padding:4.5rem clamp(1.25rem,5vw,4rem) 3rem}
main,footer{max-width:68rem;margin:0 auto}
p,ul,ol{max-width:42rem;margin:0 0 .8rem}
ul,ol{padding-left:1.2rem}
h1,h2,h3,h4{line-height:1.2;font-weight:600;text-wrap:balance}
h1{font-size:2.4rem;letter-spacing:-.015em;margin:0 0 .8rem;max-width:48rem}
h2{font-size:1.65rem;margin:3.5rem 0 1rem}
h3{font-size:1.25rem;margin:2.5rem 0 .8rem}
h4{font-size:1.05rem;margin:2rem 0 .6rem}
.output>h3,.output>h4{margin-top:0}
.kicker{font:.8rem ${SANS};letter-spacing:.06em;text-transform:uppercase;color:var(--quiet);margin:0 0 .6rem}
.lead{font-size:1.2rem;line-height:1.5}
a{color:inherit;text-decoration-thickness:1px;text-underline-offset:.18em}
a:focus-visible,summary:focus-visible,.table:focus-visible{outline:2px solid var(--edge);outline-offset:3px}
code,pre{font-family:${MONO};font-size:.85em}
pre{max-width:100%;white-space:pre-wrap;overflow-wrap:anywhere;border-left:2px solid var(--rule);padding:.2rem 0 .2rem 1rem;margin:1rem 0}
article{margin-top:2rem}
article+article{margin-top:6rem}
article>h2:first-child,.kicker+h2{margin-top:0}
.facts{display:flex;flex-wrap:wrap;gap:1rem 3rem;margin:1.6rem 0 1.4rem;font-family:${SANS}}
.facts div{display:flex;flex-direction:column-reverse}
.facts dt{font-size:.8rem;color:var(--quiet)}
.facts dd{margin:0;font-size:1.35rem;font-variant-numeric:tabular-nums}
.failed{border-left:3px solid var(--assumed);padding-left:1rem;margin:1.2rem 0}
.output{display:grid;grid-template-columns:minmax(0,1fr) 26rem;column-gap:2.5rem;margin:0 0 3rem}
.output>h3,.output>h4,.output>details{grid-column:1/-1}
.output code{font-weight:400;color:var(--quiet);margin-left:.3em}
figure{margin:0;min-width:0}
.courses{display:block;width:100%;height:auto;overflow:visible}
figcaption{font:.8rem/1.5 ${SANS};color:var(--quiet);max-width:36rem;margin-top:.4rem}
main{counter-reset:figure table}
figcaption::before{counter-increment:figure;content:"Figure " counter(figure) ". ";font-weight:600;color:var(--ink)}
caption::before{counter-increment:table;content:"Table " counter(table) ". ";font-weight:600;color:var(--ink)}
.table{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;min-width:min(12rem,100%);font:.8rem/1.45 ${SANS};border-bottom:1.5px solid var(--rule)}
caption{text-align:left;padding-bottom:.5rem;color:var(--quiet)}
thead{border-top:1.5px solid var(--rule);border-bottom:.75px solid var(--rule)}
th,td{padding:.22rem 1rem .22rem 0;text-align:left;vertical-align:baseline;font-weight:400}
thead th{padding-top:.4rem;padding-bottom:.4rem;color:var(--quiet)}
.output .number{padding-right:.8rem;font-size:.97em}
.table tr>:last-child{padding-right:0}
.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
tbody th.name{font-family:${MONO};font-size:.95em}
.assumed{color:var(--assumed);font-weight:600;letter-spacing:.03em}
summary{font:.8rem ${SANS};color:var(--quiet);cursor:pointer;width:max-content;margin-top:.6rem}
details caption::before{content:none;counter-increment:none}
details thead{position:sticky;top:0;background:var(--paper)}
details .table{margin-top:1rem;max-height:28rem;overflow:auto}
.provenance{font:.85rem/1.5 ${SANS};margin:0}
.provenance div{display:grid;grid-template-columns:11rem minmax(0,1fr);gap:1rem;padding:.1rem 0}
.provenance dt{color:var(--quiet)}
.provenance dd{margin:0;overflow-wrap:anywhere}
.cautions{margin-top:5rem;border-top:1.5px solid var(--rule)}
.cautions h2{margin-top:1.5rem}
footer{margin-top:4rem;font-size:.8rem;color:var(--quiet)}
@media (max-width:62rem){.output{grid-template-columns:minmax(0,1fr)}.output .table{margin-top:1.2rem}}
@media (max-width:40rem){body{padding-top:2rem}h1{font-size:1.9rem}.courses{width:26rem;max-width:none}figure{overflow-x:auto}
.provenance div{grid-template-columns:1fr;gap:0}}
@media print{@page{margin:18mm 16mm}html{font-size:10pt}body{padding:0}details,nav{display:none}h1,h2,h3,h4{break-after:avoid}
figure,.output,tr,dl,pre,.failed,.cautions{break-inside:avoid}.table{overflow:visible}.output{grid-template-columns:minmax(0,1fr) minmax(17rem,auto);column-gap:1.6rem}.output .table{margin-top:0;font-size:.92em}thead{display:table-header-group}}
`

/** For a page: everything. */
export const PAGE_STYLE = `\n${COLOURS}${FIGURES}${PAGE}`
