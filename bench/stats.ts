// How long do statistics take beside R, on the same numbers in the same run? `node bench/stats.ts`
// 1,000 meta-analyses of 5 to 12 studies, REML with Knapp-Hartung intervals; R's time is that of the loop alone, without its start.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { normal, uniform } from '#base'
import { terminalTable } from '#report'
import { poolEffects } from '#stats'

const COUNT = 1000
const RUNS = 5
const SEED = 11

interface Studies {
  readonly yi: readonly number[]
  readonly vi: readonly number[]
}

/** Effects about 0.3 whose true values differ with a variance of 0.05, so that REML has something to find. */
function draw(set: number): Studies {
  const at = (purpose: string, index: number) => ({ seed: SEED, subject: set, replicate: 0, purpose, index })
  const k = 5 + Math.floor(8 * uniform(at('size', 0)))
  const vi = Array.from({ length: k }, (_, i) => 0.01 + 0.2 * uniform(at('variance', i)))
  const yi = vi.map((v, i) => 0.3 + Math.sqrt(v + 0.05) * normal(at('effect', i)))
  return { yi, vi }
}

interface Result {
  readonly estimate: number
  readonly se: number
  readonly tau2: number
}

function ours(sets: readonly Studies[]): { ms: number; results: Result[] } {
  const started = performance.now()
  const results = sets.map(({ yi, vi }): Result => {
    const pooled = poolEffects(yi, vi, { method: 'REML', test: 'knha', level: 0.95 })
    if (pooled.status === 'refused') throw new Error(pooled.reason)
    const [{ estimate, se }] = pooled.coefficients
    return { estimate, se, tau2: pooled.tau2 ?? NaN }
  })
  return { ms: performance.now() - started, results }
}

// timed as metafor is by default; compared after iterating further
const SCRIPT = `
suppressMessages(library(metafor))
sets <- split(read.csv("sets.csv"), ~ set)
fit <- function(one, ...) tryCatch(rma(one$yi, one$vi, method = "REML", test = "knha", ...), error = function(fault) NULL)
far <- function(one) {
  for (size in c(1, 0.5, 0.1)) {
    f <- fit(one, control = list(threshold = 1e-12, maxiter = 100000, stepadj = size))
    if (!is.null(f)) return(c(f$beta, f$se, f$tau2))
  }
  c(NA, NA, NA)
}
took <- min(sapply(1:3, function(run) system.time(for (one in sets) fit(one))[["elapsed"]]))
failed <- sum(sapply(sets, function(one) is.null(fit(one))))
exact <- t(sapply(sets, far))
cat(format(took * 1000, digits = 17), as.character(packageVersion("metafor")), failed, sep = "\\n", file = "took.txt")
write.table(format(exact, digits = 17), "exact.txt", quote = FALSE, row.names = FALSE, col.names = FALSE)
`

interface Peer {
  readonly ms: number
  readonly version: string
  /** How many sets it gave up on with its own settings. */
  readonly failed: number
  /** NaN where it gave up with any. */
  readonly results: readonly Result[]
}

/** Runs R on the same sets. @returns the reason, where it cannot */
function peer(sets: readonly Studies[]): Peer | string {
  const folder = mkdtempSync(path.join(tmpdir(), 'imago-bench-'))
  try {
    const rows = sets.flatMap(({ yi, vi }, set) => yi.map((y, i) => `${set},${y},${vi[i]}`))
    writeFileSync(path.join(folder, 'sets.csv'), ['set,yi,vi', ...rows].join('\n'))
    writeFileSync(path.join(folder, 'fit.r'), SCRIPT)
    execFileSync('Rscript', ['fit.r'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    const [ms = '', version = '', failed = ''] = readFileSync(path.join(folder, 'took.txt'), 'utf8').split('\n')
    const results = readFileSync(path.join(folder, 'exact.txt'), 'utf8')
      .trim()
      .split('\n')
      .map((line): Result => {
        const [estimate = NaN, se = NaN, tau2 = NaN] = line.trim().split(/\s+/).map(Number)
        return { estimate, se, tau2 }
      })
    return { ms: Number(ms), version, failed: Number(failed), results }
  } catch (error) {
    return `R with metafor did not run here: ${error instanceof Error ? error.message.trim().split('\n').slice(0, 3).join(' ') : ''}`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const sets = Array.from({ length: COUNT }, (_, set) => draw(set))
const runs = Array.from({ length: RUNS }, () => ours(sets))
const best = Math.min(...runs.map(({ ms }) => ms))
const results = runs[0]?.results ?? []
const other = peer(sets)
const head = ['question', 'Imago ms', 'R ms', 'R / Imago', 'worst estimate', 'worst tau2']
if (typeof other === 'string') {
  process.stdout.write(
    `${terminalTable(head, [[`${COUNT} meta-analyses`, best.toFixed(1), '–', '–', '–', '–']])}\n\nskipped R: ${other}\n`,
  )
} else {
  const worst = (key: keyof Result): string => {
    const off = results.map((result, i) => Math.abs(result[key] - (other.results[i]?.[key] ?? NaN)))
    return Math.max(...off.filter(Number.isFinite)).toExponential(1)
  }
  const row = [
    `${COUNT} meta-analyses`,
    best.toFixed(1),
    other.ms.toFixed(0),
    (other.ms / best).toFixed(0),
    worst('estimate'),
    worst('tau2'),
  ]
  process.stdout.write(
    `${terminalTable(head, [row])}\n\nmetafor ${other.version}, which gave up on ${other.failed} of them\n`,
  )
}
process.stdout.write(
  `one core of ${cpus()[0]?.model ?? 'an unknown machine'}, Node ${process.versions.node}; best of ${RUNS} runs, of 3 in R\n`,
)
