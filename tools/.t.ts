import { readFile } from 'node:fs/promises'
import { gatherTrial, runTrial } from '#lab'
import { nodeHost } from '../apps/cli/node-host.ts'
const file = process.argv[2]!
const g = await gatherTrial(file, async (f) => readFile(f, 'utf8').catch(() => undefined))
for (const p of g.problems) console.log(p.level, p.code, p.place?.file, p.place?.line, p.message, p.help ?? '')
if (!g.value) process.exit(1)
const spec = g.value
let t = performance.now(); let last=''
const kept = new Map<string, Uint8Array>()
const r = await runTrial(nodeHost, { spec, pool: +process.argv[3]!, draws: +process.argv[4]!, replicates: +process.argv[5]!, seed: 1, workers: 2, version: '0', elasticities: process.argv[6] === "e" }, { get: async (k) => kept.get(k), put: async (k, b) => void kept.set(k, b) }, { onProgress: (s) => { if (s.what !== last) { console.log(s.what, s.total, ((performance.now()-t)/1000).toFixed(1)); last = s.what! } } })
console.log('done', ((performance.now()-t)/1000).toFixed(1), [...kept.values()].reduce((a,b)=>a+b.length,0)/1e6, 'MB')
for (const p of r.problems) console.log(p.level, p.code, p.message, p.notes)
const v = r.value
if (v) {
 console.log(v.funnel, v.attrition, v.provenance)
 for (const c of v.compared) console.log(c.id.padEnd(36), c.observed.text.padEnd(18), c.predicted ? `${c.predicted.median.toFixed(2)} [${c.predicted.lo90.toFixed(2)}, ${c.predicted.hi90.toFixed(2)}]` : '-', c.inside90)
 console.log(JSON.stringify(v.splits.map(s=>({arm:s.arm,bg:s.background,total:s.total,parts:s.parts.map(p=>[p.name,p.interval.median,p.interval.lo90,p.interval.hi90])})),null,1).slice(0,2500))
 console.log(v.answer, v.power, v.entryShares, v.coverage)
}
