// Which Imago this is.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = new URL('../../', import.meta.url)

export const version: string = (JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { version: string })
  .version

/** Names the program by its version and its code: what one state of the code kept is no result of another. */
export function nameMaker(): string {
  const src = fileURLToPath(new URL('src/', ROOT))
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  )
  const hash = createHash('sha256')
  for (const name of files.toSorted()) hash.update(name).update(readFileSync(src + name))
  return `imago-${version}-${hash.digest('hex').slice(0, 8)}`
}
