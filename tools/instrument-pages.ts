// Writes the guide pages of the instruments: `node tools/instrument-pages.ts`, after a change of one. A test sees that they are current.
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { INSTRUMENT_PAGES, printInstrumentPages } from './docs/instrument-pages.ts'
import { ROOT } from './repository.ts'

const pages = printInstrumentPages()
for (const name of readdirSync(ROOT + INSTRUMENT_PAGES)) if (!pages.has(name)) rmSync(ROOT + INSTRUMENT_PAGES + name)
for (const [name, text] of pages) writeFileSync(ROOT + INSTRUMENT_PAGES + name, text)
