import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sparkline } from './sparkline.ts'
import { terminalTable } from './terminal-table.ts'

describe('sparkline', () => {
  test.each([
    [[0, 1, 2, 3, 4, 5, 6, 7], 8, '▁▂▃▄▅▆▇█'],
    [[0, null, 7], 8, '▁ █'],
    [[5, 5, 5], 8, '▅▅▅'],
    [[0, 0, 4, 4, 8, 8], 3, '▁▅█'],
    [[-1.7e308, 0, 1.7e308], 3, '▁▅█'],
    [[NaN, Infinity, null], 3, '   '],
    [[], 8, ''],
    [[1, 2], 0, ''],
  ])('%j in %s', (values, width, text) => expect(sparkline(values, width)).toBe(text))

  test('law: as wide as asked, or as there are values; only bars and blanks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double()), { maxLength: 50 }),
        fc.integer({ min: 0, max: 30 }),
        (values, width) => {
          const text = sparkline(values, width)
          expect([...text]).toHaveLength(Math.min(width, values.length))
          expect(text).toMatch(/^[▁▂▃▄▅▆▇█ ]*$/)
        },
      ),
      { seed: 20120 },
    )
  })
})

describe('terminalTable', () => {
  test('aligns numbers right and text left, with a rule below the heads', () => {
    const rows = [
      ['neutrophils', '10*9/L', 5.12, '5.1 (2.9–8.7)'],
      ['drug', 'mg', null, '0 (0–0)'],
    ]
    expect(terminalTable(['output', 'unit', 'start', 'end'], rows)).toBe(
      [
        'output       unit    start            end',
        '───────────  ──────  ─────  ─────────────',
        'neutrophils  10*9/L   5.12  5.1 (2.9–8.7)',
        'drug         mg          –        0 (0–0)',
      ].join('\n'),
    )
  })

  test('counts what signs take on the screen', () => {
    const rows = [['測定'], ['é'], ['😀'], ['ab']].map(([name = '']) => [name, 'x'])
    const lines = terminalTable(['n', 'm'], rows).split('\n')
    expect(lines.slice(2)).toEqual(['測定  x', 'é     x', '😀    x', 'ab    x'])
  })

  test('a cell cannot break its line or steer the terminal; missing cells are dashes', () => {
    expect(terminalTable(['a', 'b'], [['x\ny\u001B[2J']])).toBe('a        b\n───────  ─\nx y [2J  –')
  })

  test('stands with a head alone', () => {
    expect(terminalTable(['a'], [])).toBe('a\n─')
    expect(terminalTable([], [])).toBe('\n')
  })
})
