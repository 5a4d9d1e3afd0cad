// How fast is the engine, how exact, and against whom? `npm run bench:engine` solves each problem with Imago and with every peer that is installed, at
// several tolerances, in turns, and takes the least time of several rounds. Writes bench/out/engine.json, the results in docs/bench.md and a picture.
//   --only spike,friberg   some problems alone; nothing is then written
//   --rounds 3             how often everyone has a turn
//   --subjects 16         a multiple of eight, the most lanes there are
// IMAGO_SUNDIALS=/folder names a SUNDIALS that is built for speed.
import { parseArgs } from 'node:util'
import { compileModel, compileWasm } from '#engine'
import { terminalTable } from '#report'
import { largestError, timeAtError } from './error.ts'
import { machine } from './machine.ts'
import { cvodes } from './peers/cvode.ts'
import { deSolves } from './peers/desolve.ts'
import { natives } from './peers/native.ts'
import type { Peer, Run, Runner } from './peers/peer.ts'
import { wasm, wasmThreads } from './peers/wasm.ts'
import { type Problem, problemNames, readProblem } from './problems.ts'
import type { Results, Row } from './results.ts'
import { writeDocuments } from './write-documents.ts'

const TOLERANCES = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10]
const REFERENCE = 1e-11
const PEERS: readonly Peer[] = [wasm, wasmThreads, ...natives, ...cvodes, ...deSolves]

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, rounds: { type: 'string' }, subjects: { type: 'string' } },
})
const subjects = Number(options.subjects ?? 16)
const rounds = Number(options.rounds ?? 3)

type Measured = Omit<Row, 'ratioAtMatchedError'>

/** Solves one problem with everyone. */
async function measure(problem: Problem, peers: readonly Peer[]): Promise<Measured[]> {
  const runners: { readonly peer: Peer; readonly runner: Runner }[] = []
  for (const peer of peers) runners.push({ peer, runner: await peer.prepare(problem) })
  const [own] = runners
  if (!own) throw new Error('Nobody takes part')
  const reference = (await own.runner.run(REFERENCE)).rows
  const best = new Map<string, Measured>()
  const bits = new Map<number, Run['rows']>()
  for (let round = 0; round < rounds; round++)
    for (const relativeTolerance of TOLERANCES)
      for (const { peer, runner } of runners) {
        const key = `${peer.name} ${relativeTolerance}`
        const done = await runner.run(relativeTolerance)
        if (peer.sameBits) checkBits(peer, relativeTolerance, done.rows, bits)
        const row = toRow(problem, peer, runner, relativeTolerance, done, reference)
        if (row.msPerPatientYear < (best.get(key)?.msPerPatientYear ?? Infinity)) best.set(key, row)
      }
  for (const { runner } of runners) runner.end()
  return peers.flatMap(({ name }) => TOLERANCES.flatMap((t) => best.get(`${name} ${t}`) ?? []))
}

/** Holds rows against those that came first at this tolerance: who runs Imago's own kernel must come to the same bits. */
function checkBits({ name }: Peer, tolerance: number, rows: Run['rows'], known: Map<number, Run['rows']>): void {
  const first = known.get(tolerance) ?? rows
  known.set(tolerance, first)
  const differs = rows.some((row, s) => row.some((value, i) => !Object.is(value, first[s]?.[i])))
  if (differs) throw new Error(`"${name}" has other bits than Imago on one thread, at a tolerance of ${tolerance}`)
}

function toRow(
  { name, subjects: all, years }: Problem,
  peer: Peer,
  { threads, moduleBytes }: Runner,
  relativeTolerance: number,
  { ms, rows, memoryBytes }: Run,
  reference: readonly Float64Array[],
): Measured {
  const msPerPatientYear = ms / all.length / years
  const maxError = largestError(rows, reference)
  return {
    model: name,
    peer: peer.name,
    relativeTolerance,
    threads,
    msPerPatientYear,
    maxError,
    memoryBytes,
    moduleBytes,
  }
}

/** Adds how many times longer each takes than Imago on one thread at the error that it achieved. */
function withRatios(rows: readonly Measured[]): Row[] {
  const own = rows
    .filter(({ peer }) => peer === wasm.name)
    .map(({ msPerPatientYear, maxError }) => ({ ms: msPerPatientYear, maxError }))
  return rows.map((row) => {
    const ms = timeAtError(own, row.maxError)
    return { ...row, ratioAtMatchedError: ms === undefined ? null : row.msPerPatientYear / ms }
  })
}

/** Milliseconds from the checked model to bytes, and from bytes to a module: the least of some. */
async function compileTimes({ name, model, compiled }: Problem): Promise<Results['compile'][number]> {
  let [compileMs, moduleMs] = [Infinity, Infinity]
  for (let i = 0; i < 5; i++) {
    const started = performance.now()
    const { kernel } = compileModel(model)
    const between = performance.now()
    await compileWasm(kernel)
    compileMs = Math.min(compileMs, between - started)
    moduleMs = Math.min(moduleMs, performance.now() - between)
  }
  return { model: name, states: compiled.states.length, compileMs, moduleMs }
}

const measuredOn = machine()
const skipped = PEERS.flatMap((peer) => {
  const why = peer.whyNot()
  return why === undefined ? [] : [{ peer: peer.name, why }]
})
for (const { peer, why } of skipped) console.log(`${peer} takes no part: ${why}`)
const taking = PEERS.filter(({ name }) => !skipped.some(({ peer }) => peer === name))

const rows: Row[] = []
const compile: Results['compile'][number][] = []
const problems: Results['problems'][number][] = []
for (const name of options.only?.split(',') ?? problemNames()) {
  const problem = await readProblem(name, subjects)
  problems.push({ model: name, about: problem.about, states: problem.model.states.length })
  compile.push(await compileTimes(problem))
  const found = withRatios(await measure(problem, taking))
  rows.push(...found)
  const cells = found.map((row) => [
    row.peer,
    row.relativeTolerance.toExponential(0),
    row.msPerPatientYear.toPrecision(3),
    row.maxError.toExponential(1),
    row.ratioAtMatchedError === null ? '–' : row.ratioAtMatchedError.toPrecision(3),
    (row.memoryBytes / 1e6).toFixed(1),
    (row.moduleBytes / 1e3).toFixed(0),
  ])
  const head = ['peer', 'tolerance', 'ms per patient-year', 'largest error', 'ratio at that error', 'MB', 'code kB']
  console.log(`\n${name}: ${problem.about}; ${problem.model.states.length} states\n${terminalTable(head, cells)}`)
}

const results: Results = {
  machine: measuredOn,
  subjects,
  rounds,
  peers: taking.map(({ name, about }) => ({ peer: name, about })),
  skipped,
  problems,
  compile,
  rows,
}
console.log(`\n${results.machine.text}; ${subjects} subjects, the least of ${rounds} rounds`)
if (options.only === undefined) writeDocuments(results)
process.exit() // threads may still be ending
