import fc from 'fast-check'
import { expect, test } from 'vitest'
import { momentsOf, quantile } from '#stats'
import { capacityOf, joinCells, MOST_CELLS, tallyCells } from './tally-cells.ts'

const CELLS = 3
const value = fc.oneof(fc.double({ min: -100, max: 100, noNaN: true }), fc.constant(Infinity))
const subject = fc.array(value, { minLength: CELLS, maxLength: CELLS })

test('parts of a population tell what the whole would tell, those to whom something never comes included', () => {
  fc.assert(
    fc.property(fc.array(fc.array(subject, { maxLength: 20 }), { maxLength: 6 }), fc.nat(100), (parts, percent) => {
      const cells = joinCells(CELLS)
      for (const part of parts)
        cells.add(
          tallyCells(CELLS, part.length, (cell, into) => {
            for (const [i, own] of part.entries()) into[i] = own[cell] as number
            return part.length
          }),
        )
      for (let at = 0; at < CELLS; at++) {
        const all = parts.flat().map((own) => own[at] as number)
        const finite = all.filter((v) => Number.isFinite(v))
        const { n, mean, sd } = momentsOf(finite)
        const found = cells.cell(at)
        expect([found.n, found.never, found.error]).toEqual([n, all.length - n, 0])
        if (n > 0) expect(found.mean).toBeCloseTo(mean, 10)
        if (n > 1) expect(found.sd).toBeCloseTo(sd, 8)
        const sorted = Float64Array.from(all, (v) => v + 0).toSorted()
        const position = (all.length - 1) * (percent / 100)
        // between the last who has it and the first who never does there is no value
        const exact = Number.isInteger(position) ? sorted[position] : quantile(sorted, percent / 100)
        expect(found.quantile(percent / 100)).toEqual(Math.ceil(position) < n ? exact : undefined)
      }
    }),
    { seed: 20260904, numRuns: 200 },
  )
})

test('few cells are exact for thousands of subjects, and the most cells still for some', () => {
  expect([capacityOf(10), capacityOf(MOST_CELLS)]).toEqual([8192, 200])
})
