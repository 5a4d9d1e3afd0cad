// Makes package-lock.json whole and free of hosts. Run it after any change of dependencies: `node tools/lock.mjs`.
// npm writes down only the platforms its registry could show it, and `npm ci` then refuses the file ("Missing: … from
// lock file"): each optional platform package that is named but absent is added, with the platform its name tells.
// Where a package was fetched from ("resolved") is the writer's own affair: npm finds it by name and checks "integrity".
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** Reads the platform from a name such as "@oxlint/binding-linux-arm-musleabihf". */
function platform(name) {
  const words = name.split(/[/-]/)
  const os = SYSTEMS.filter((system) => words.includes(system))
  const cpu = PROCESSORS.filter((processor) => words.includes(processor))
  if (os.length !== 1 || cpu.length !== 1)
    throw new Error(
      `a platform package names one system and one processor; "${name}" does not: add its words to tools/lock.mjs`,
    )
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : undefined
  return { cpu, ...(libc && { libc }), os }
}

/** Tells whether the package at `place` finds `name` in its own folder or in one above, as Node does. */
function finds(packages, place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`]) return true
    if (folder === '') return false
  }
}

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url))
const lock = JSON.parse(readFileSync(file, 'utf8'))
const { packages } = lock
const added = []
for (const [place, entry] of Object.entries(packages)) {
  delete entry.resolved
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (finds(packages, place, name)) continue
    const { cpu, libc, os } = platform(name)
    packages[`node_modules/${name}`] = {
      version: version.replace(/^[~^]/, ''),
      cpu,
      ...(entry.dev && { dev: true }),
      ...(libc && { libc }),
      optional: true,
      os,
    }
    added.push(name)
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).toSorted(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(added.length === 0 ? 'package-lock.json is whole' : `added to package-lock.json: ${added.join(', ')}`)
