import { readFileSync, readdirSync, existsSync } from 'node:fs'
import { printProblem } from '#base'
import { bindRegimen, readRegimen } from '#clinic'
import { layOutChart, readLuck, settleLuck } from '#conduct'
import { checkModel, gatherModel } from '#engine'
const read = async (f: string) => existsSync(f) ? readFileSync(f, 'utf8') : undefined
const root='library/models/lupus/lupus.model'
const g = await gatherModel(root, read)
const m = checkModel(g.files)
for (const p of [...g.problems, ...m.problems].slice(0,5)) console.log(printProblem(p))
const luckText = readLuck('l', readFileSync(root.replace('.model','.luck.yaml'),'utf8'))
const luck = settleLuck(m.value!, luckText.value!)
for (const p of [...luckText.problems, ...luck.problems]) console.log(printProblem(p))
const { chart } = layOutChart(m.value!, luck.value!)
console.log(chart.names.slice(0, chart.width).map(n=>n.name).join(' '))
for (const f of readdirSync('library/regimens')) {
  const t0=performance.now()
  const file='library/regimens/'+f; const text=readFileSync(file,'utf8')
  const r=readRegimen(file,text); for (const p of r.problems) console.log(printProblem(p,text))
  if (!r.value) continue
  const b=bindRegimen(r.value,g.files,m.value!,chart.names); for (const p of b.problems) console.log(printProblem(p,text))
  console.log(f, b.value?.deeds.length, b.value?.rules.length, Math.round(performance.now()-t0))
}
