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

  test('from too far ahead wait until those before have come', async () => {
    const seen: number[] = []
    const take = inOrder<number>(2, async (result) => void seen.push(result))
    let freed = false
    const bringFar = async (): Promise<void> => {
      await take(3, 3)
      freed = true
    }
    const far = bringFar()
    await take(1, 1)
    await turn()
    expect([freed, seen]).toEqual([false, []])
    await take(0, 0)
    await far
    expect(seen).toEqual([0, 1])
    await take(2, 2)
    expect(seen).toEqual([0, 1, 2, 3])
  })

  test('that cannot be handed on fail the one who brought them', async () => {
    const take = inOrder<number>(2, async () => {
      throw new Error('no room')
    })
    await expect(take(0, 0)).rejects.toThrow('no room')
  })
})
