// A piece comes back as it was put, or not at all.
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Problem } from '#base'
import type { Store } from '#lab'
import { folderStore, openFolder } from './folder-store.ts'

const KEY = 'pool-1a2b3c4d-draw-3'
const CONTENT = Uint8Array.from({ length: 1000 }, (_, i) => i % 251)
let folder = ''
let told: Problem[] = []

const storeOf = (maker = 'imago-1.0.0'): Store => folderStore(folder, { maker, tell: (p) => told.push(p) })
const file = (key = KEY): string => path.join(folder, `${key}.piece`)

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'imago-store-'))
  told = []
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a store in a folder', () => {
  test('gives back what was put, byte for byte, and nothing for an unknown key', async () => {
    const store = storeOf()
    expect(await store.get(KEY)).toBeUndefined()
    await store.put(KEY, CONTENT)
    await store.put('empty', new Uint8Array())
    expect(Uint8Array.from((await storeOf().get(KEY)) ?? [])).toEqual(CONTENT)
    expect((await store.get('empty'))?.length).toBe(0)
    expect(told).toEqual([])
    expect(readdirSync(folder).toSorted()).toEqual(['empty.piece', `${KEY}.piece`])
  })

  test('makes its folder when the first piece comes, and not before', async () => {
    const deep = path.join(folder, 'a/b')
    const store = folderStore(deep, { maker: 'imago-1.0.0', tell: (p) => told.push(p) })
    expect(await store.get(KEY)).toBeUndefined()
    expect(readdirSync(folder)).toEqual([])
    await store.put(KEY, CONTENT)
    expect(readdirSync(deep)).toEqual([`${KEY}.piece`])
  })

  test.each([
    ['emptied', () => new Uint8Array(), 'damaged-piece', 'it is empty'],
    [
      'cut in the middle',
      (old: Uint8Array) => old.subarray(0, -400),
      'damaged-piece',
      '600 of its 1000 bytes are there',
    ],
    [
      'cut in the header',
      (old: Uint8Array) => old.subarray(0, 20),
      'damaged-piece',
      'it does not begin as a piece does',
    ],
    ['made longer', (old: Uint8Array) => Uint8Array.of(...old, 1), 'damaged-piece', '1001 of its 1000 bytes'],
    [
      'of something else',
      () => Buffer.from('id,time,A\n1,0,100\n'),
      'damaged-piece',
      'it does not begin as a piece does',
    ],
  ])('does not use a piece that was %s, tells so, and writes over it', async (_, damage, code, reason) => {
    const store = storeOf()
    await store.put(KEY, CONTENT)
    writeFileSync(file(), damage(readFileSync(file())))
    expect(await store.get(KEY)).toBeUndefined()
    expect(told).toEqual([
      expect.objectContaining({ code, level: 'warning', place: expect.objectContaining({ file: file() }) }),
    ])
    expect(told[0]?.message).toContain(reason)
    expect(told[0]?.help).toContain('made anew')
    await store.put(KEY, CONTENT)
    expect(Uint8Array.from((await store.get(KEY)) ?? [])).toEqual(CONTENT)
    expect(told.length).toBe(1)
  })

  test('does not use a piece with any single byte flipped', async () => {
    const store = storeOf()
    await store.put(KEY, CONTENT)
    const whole = readFileSync(file())
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const broken = Uint8Array.from(whole)
        broken[at] = (broken[at] ?? 0) ^ flip
        writeFileSync(file(), broken)
        expect(await store.get(KEY)).toBeUndefined()
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  test('does not use what another version made, and tells it once', async () => {
    for (const key of [KEY, 'b']) await storeOf('imago-0.9.0').put(key, CONTENT)
    const store = storeOf()
    expect([await store.get(KEY), await store.get('b')]).toEqual([undefined, undefined])
    expect(told.map(({ code, level }) => [code, level])).toEqual([['other-maker-piece', 'note']])
    expect(told[0]?.message).toContain('made by imago-0.9.0 in format 1, and this is imago-1.0.0')
  })

  test('does not use a piece that lies under another key', async () => {
    const store = storeOf()
    await store.put('other', CONTENT)
    renameSync(file('other'), file())
    expect(await store.get(KEY)).toBeUndefined()
    expect(told.map(({ code }) => code)).toEqual(['foreign-piece'])
  })

  test('throws what the system says where a piece can be neither read nor written', async () => {
    writeFileSync(path.join(folder, 'taken'), '')
    const store = folderStore(path.join(folder, 'taken'), { maker: 'imago-1.0.0', tell: (p) => told.push(p) })
    await expect(store.put(KEY, CONTENT)).rejects.toThrow(/EEXIST|ENOTDIR/)
    await expect(store.get(KEY)).rejects.toThrow('ENOTDIR')
    expect(readdirSync(folder)).toEqual(['taken'])
  })
})

describe('the folder of a run', () => {
  test('is made, or found; a file in its place is a problem', async () => {
    const run = path.join(folder, 'runs/trial-1')
    expect([await openFolder(run), await openFolder(run)]).toEqual([true, false])
    writeFileSync(path.join(folder, 'taken'), '')
    expect(await openFolder(path.join(folder, 'taken'))).toMatchObject({
      code: 'not-a-folder',
      message: expect.stringContaining('taken'),
      help: expect.stringContaining('--out'),
    })
  })
})
