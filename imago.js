#!/usr/bin/env node
// The door. Plain JS, so that any Node can read it: runs the program on this Node, or on the pinned one when this is older than 24.
// Keeps true: a signal reaches the program, the door stays until the program has shut down, and passes on its exit code.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as module from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const modern = Number(process.versions.node.split('.')[0]) >= 24
const pinned = at(process.platform === 'win32' ? './node_modules/node/bin/node.exe' : './node_modules/node/bin/node')

/** Here Node keeps what it makes of the program's files before it runs them, which halves the start of every later run. */
const CACHE = at('./node_modules/.cache/imago')

if (!existsSync(modern ? at('./node_modules') : pinned)) {
  console.error(`error: the packages of Imago are not installed.\nhelp: run "node ${at('./tools/setup.mjs')}" once.`)
  process.exitCode = 1
} else if (modern) {
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE ?? CACHE)
  await import('./apps/cli/main.ts')
} else {
  process.exitCode = await runPinned()
}

function runPinned() {
  const child = spawn(pinned, [at('./apps/cli/main.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: CACHE, ...process.env },
  })
  // at a terminal Ctrl-C reaches the whole group, the child included: passing it on would make two of one
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  process.on('SIGINT', () => terminal || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}
