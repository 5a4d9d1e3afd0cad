import { describe, expect, test } from 'vitest'
import { inOrder } from './in-order.ts'

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

describe('results', () => {
  test('are handed on in the order of their jobs, one at a time', async () => {
    const seen: number[] = []
    let busy = 0
    const take = inOrder<number>(10, async (result) => {
      expect(++busy).toBe(1)
      await turn()
      seen.push(result)
      busy--
    })
    await Promise.all([3, 1, 0, 4, 2, 5].map((at) => take(at, at * 10)))
    expect(seen).toEqual([0, 10, 20, 30, 40, 50])
  })

  test('from too far ahead wait until those before have come, and no longer', async () => {
    const [seen, freed]: [number[], number[]] = [[], []]
    const take = inOrder<number>(2, async (result) => void seen.push(result))
    const bring = async (at: number): Promise<void> => {
      await take(at, at)
      freed.push(at)
    }
    const far = [bring(3), bring(2)]
    await turn()
    expect([freed, seen]).toEqual([[], []])
    await bring(0)
    await turn()
    expect([freed, seen]).toEqual([[2, 0], [0]])
    await bring(1)
    await Promise.all(far)
    expect(new Set(freed)).toEqual(new Set([0, 1, 2, 3]))
    expect(seen).toEqual([0, 1, 2, 3])
  })

  test('that cannot be handed on fail the one who brought them', async () => {
    const take = inOrder<number>(2, async () => {
      throw new Error('no room')
    })
    await expect(take(0, 0)).rejects.toThrow('no room')
  })
})
