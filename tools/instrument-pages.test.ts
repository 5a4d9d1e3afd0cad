import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { INSTRUMENTS } from '#clinic'
import { INSTRUMENT_PAGES, printInstrumentPages } from './docs/instrument-pages.ts'
import { ROOT, readText } from './repository.ts'

const pages = printInstrumentPages()

test.each([...pages])('%s is the page of the code: else run node tools/instrument-pages.ts', (name, text) => {
  expect(readText(INSTRUMENT_PAGES + name)).toBe(text)
})

test('there is no page of what is no instrument', () => {
  expect(readdirSync(ROOT + INSTRUMENT_PAGES).toSorted()).toEqual([...pages.keys()].toSorted())
})

test('every source of an instrument is in the bibliography', () => {
  const bibliography = readText('library/evidence/references.bib')
  for (const { sources } of INSTRUMENTS) for (const { key } of sources) expect(bibliography).toContain(`{${key},`)
})
