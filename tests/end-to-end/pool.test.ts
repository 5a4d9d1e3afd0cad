import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, imago, ROOT } from './run-imago.ts'

const bcg = path.join(ROOT, 'docs/examples/bcg-vaccine.csv')

describe('imago pool', () => {
  // the example of metafor's own manual: rma(measure = "RR", ai = tpos, …, data = dat.bcg), printed to 4 digits
  test('finds the pooled risk ratio of the BCG trials as it was published, and writes both figures', async () => {
    const folder = folderWith()
    const args = ['pool', bcg, '--measure', 'RR', '--json', '--forest', 'forest.svg', '--funnel', 'funnel.svg']
    const { code, out, err } = await imago(args, folder)
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toMatchObject({
      k: 13,
      estimate: expect.closeTo(-0.7145, 4),
      se: expect.closeTo(0.1798, 4),
      ci: [expect.closeTo(-1.0669, 4), expect.closeTo(-0.3622, 4)],
      tau2: expect.closeTo(0.3132, 4),
      I2: expect.closeTo(92.22, 2),
      H2: expect.closeTo(12.86, 2),
      Q: expect.closeTo(152.233, 3),
    })
    for (const name of ['forest.svg', 'funnel.svg'])
      expect(readFileSync(path.join(folder, name), 'utf8')).toMatch(/^<svg[\s\S]*<\/svg>\n$/)
  })

  test('a regression by two moderators is that of the manual', async () => {
    const { code, out } = await imago(['pool', bcg, '--measure', 'RR', '--mods', 'latitude,allocation', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      coefficients: [
        { name: 'intercept' },
        { name: 'latitude' },
        { name: 'allocation: random' },
        { name: 'allocation: systematic' },
      ],
    })
  })

  test('stops at a mistake with code 1, and writes nothing', async () => {
    const folder = folderWith({ 's.csv': 'study,yi,vi\nA,1,0.1\nB,two,0.1\n' })
    const { code, out, err } = await imago(['pool', 's.csv', '--forest', 'f.svg'], folder)
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('error not-a-number  s.csv:3:3')
    expect(err).toContain('B,two,0.1')
    expect(existsSync(path.join(folder, 'f.svg'))).toBe(false)
  })

  test('tells that a file is missing', async () => {
    const { code, err } = await imago(['pool', 'none.csv'], folderWith())
    expect(code).toBe(1)
    expect(err).toContain('There is no file "none.csv"')
  })
})
