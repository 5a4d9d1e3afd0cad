// Brings a bare clone to where the scripts can run: installs the packages of package-lock.json when they are not there.
// Plain JS on node: modules only, for it runs on the machine's own Node 20 before anything is installed.
// Keeps true: a stamp in node_modules names the lock file it was made from, and only one set-up works at a time.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const STAMP = 'node_modules/.imago-lock'
const BUSY = '.setup-lock'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
// the platform belongs to the stamp: a folder carried to another machine brings binaries that cannot run there
const wanted = createHash('sha256')
  .update(readFileSync('package-lock.json'))
  .update(`${process.platform} ${process.arch}`)
  .digest('hex')

if (!installed()) process.exitCode = alone(() => (installed() ? 0 : install()))

function installed() {
  return read(STAMP) === wanted
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Runs `npm ci` with its output on stderr, so that stdout stays with the script that follows. */
function install() {
  console.error('installing packages (first run, about 15 s) …')
  const began = performance.now()
  const [command, ...before] = npm()
  const run = spawnSync(command, [...before, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
    env: innerEnvironment(),
  })
  if (run.status !== 0) {
    console.error(`error: "npm ci" failed (${run.error?.message ?? run.signal ?? `exit code ${run.status}`}).`)
    console.error('help: is the package registry reachable? After a change of dependencies run "node tools/lock.mjs".')
    return 1
  }
  writeFileSync(STAMP, wanted)
  console.error(`packages installed in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  return 0
}

/** Finds the npm that started this script, or else the one on the path. */
function npm() {
  const outer = process.env.npm_execpath ?? ''
  return outer.endsWith('npm-cli.js') ? [process.execPath, outer] : ['npm']
}

/** Strips what the outer npm exports about itself and its own flags (--omit, --no-serve …): the inner one must not obey them. */
function innerEnvironment() {
  const OUTER =
    /^npm_(lifecycle|package|command|config_(serve|workspaces?|include|omit|only|production|dry_run|ignore_scripts|package_lock|global|prefix|local_prefix|json|silent))/i
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OUTER.test(name)))
}

/** Runs the work while no other set-up does; a second one waits, and takes over from a holder that died. */
function alone(work) {
  while (!hold()) {
    if (abandoned()) rmSync(BUSY, { recursive: true, force: true })
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
  }
  try {
    return work()
  } finally {
    rmSync(BUSY, { recursive: true, force: true })
  }
}

function hold() {
  try {
    mkdirSync(BUSY)
  } catch (fault) {
    if (fault.code === 'EEXIST') return false
    throw fault
  }
  writeFileSync(`${BUSY}/holder`, String(process.pid))
  return true
}

function abandoned() {
  const holder = Number(read(`${BUSY}/holder`) || Number.NaN)
  if (Number.isNaN(holder)) {
    const since = statSync(BUSY, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    return Date.now() - since > 10_000 // no holder written: it died between two lines
  }
  try {
    process.kill(holder, 0)
    return false
  } catch (fault) {
    return fault.code === 'ESRCH'
  }
}
