// What the report of a trial adds to the look of pages: findings set larger, figures in rows, verdicts that stand out by weight and shape.

export const TRIAL_STYLE = `.courses .rim{stroke:var(--edge);stroke-width:.8}
.courses .whisker{stroke:var(--ink);stroke-width:1}
.courses .seen{fill:var(--ink)}
.courses .ring{fill:var(--paper);stroke:var(--ink);stroke-width:1.4}
.courses .missed{fill:var(--paper);stroke:var(--mark);stroke-width:2.2}
.courses .full.bar{fill:var(--inner);stroke:var(--edge);stroke-width:1}
.courses .total.bar{fill:var(--line);stroke:var(--line);stroke-width:1}
.courses .open.bar{fill:var(--paper);stroke:var(--assumed);stroke-width:1.2;stroke-dasharray:4 2}
.answer{border-top:1.5px solid var(--rule);border-bottom:.75px solid var(--rule);padding:1.2rem 0 .6rem;margin:2rem 0;max-width:48rem}
.answer p{font-size:1.15rem;max-width:none}
.answer h2{font-size:1rem;margin:0 0 .6rem}
.question{max-width:44rem;margin-top:2rem}
.question h2{font-size:1rem;margin:0 0 .3rem}
.question p{font-size:1.15rem;font-style:italic}
.finding{font-size:1.1rem;font-weight:600;line-height:1.4;max-width:44rem;text-wrap:pretty}
figure{margin:1.6rem 0 2.4rem}
.medium{max-width:48rem}
.figures{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:2.5rem 3rem;margin-bottom:2rem}
.outcomes{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1rem 3rem;align-items:start}
.contents{columns:2;column-gap:3rem;max-width:48rem;font-family:-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;font-size:.85rem;list-style:none;padding:0}
.contents li{break-inside:avoid;padding:.1rem 0}
.contents a{text-decoration:none}
.contents a:hover,.contents a:focus{text-decoration:underline}
.figures figure{margin:0}
td small,th small{display:block;font-size:.9em;color:var(--quiet)}
td.miss,.miss{font-weight:700;color:var(--ink);text-decoration:underline;text-decoration-color:var(--mark);text-decoration-thickness:2px;text-underline-offset:.2em}
.outcomes .courses{max-width:31rem}
.wide table{width:100%}
.table+p,.table+h3,details+h2{margin-top:1.6rem}
tr.group th{font-weight:600;padding-top:.9rem}
.provenance div{grid-template-columns:20rem minmax(0,1fr)}
.sheet{margin:0;max-width:60rem}
.sheet div{display:grid;grid-template-columns:12rem minmax(0,1fr);gap:1.5rem;padding:.7rem 0;border-top:.75px solid var(--hair)}
.sheet dt{font-weight:600}
.sheet dd{margin:0}
@media screen and (max-width:62rem){.figures,.outcomes{grid-template-columns:minmax(0,1fr)}}
@media screen and (max-width:40rem){.contents{columns:1}.sheet div{grid-template-columns:1fr;gap:.2rem}.courses{width:30rem}.large .courses{width:50rem}.outcomes .courses{width:100%}}
@media print{.figures{gap:1.2rem 1.6rem}.outcomes{gap:.6rem 1.6rem}.wide table{font-size:.68rem}.wide th,.wide td{padding-right:.5rem}section.answer{break-inside:avoid}.finding{break-after:avoid;break-inside:avoid}.contents{display:none}figure.many{break-inside:auto}.outcomes svg,.figures figure,.sheet div{break-inside:avoid}}
`
