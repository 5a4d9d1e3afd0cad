// The part of a large system that is factored in place by loops over rows, as a full matrix: unrolled, its code would outgrow what a host compiles.
import type { Builder } from '../ir/build.ts'
import type { Num, Statement } from '../ir/nodes.ts'
import { repeat, set, store } from '../ir/statements.ts'
import type { Elimination } from './factor.ts'

/**
 * Writes the factors of the block over what stands there: the diagonal as reciprocals.
 * @param factors where the factors are
 * @returns one list of statements per pivot
 */
export function factorBlock(b: Builder, e: Elimination, factors: number): Statement[][] {
  const n = e.order.length
  const at = (i: number, j: number): number => factors + (e.position(i, j) as number)
  return Array.from({ length: n - e.block }, (_, pivot) => {
    const k = e.block + pivot
    const statements = [
      set('pivot', b.div(b.constant(1), b.load(at(k, k)))),
      store({ base: at(k, k) }, b.local('pivot')),
    ]
    for (let i = k + 1; i < n; i++) {
      const [target, change] = [at(i, k + 1), b.mul(b.local('share'), b.load(at(k, k + 1), 'j'))]
      statements.push(
        set('share', b.mul(b.load(at(i, k)), b.local('pivot'))),
        store({ base: at(i, k) }, b.local('share')),
        repeat('j', n - k - 1, store({ base: target, index: 'j' }, b.sub(b.load(target, 'j'), change))),
      )
    }
    return statements
  })
}

/**
 * Solves with the factors of the block.
 * @param right where the right-hand sides of the whole system are, by eliminated coordinate; solved in place where they are the block's
 * @returns one list of statements per row and direction
 */
export function solveBlock(b: Builder, e: Elimination, factors: number, right: number): Statement[][] {
  const { block, order } = e
  const n = order.length
  const without = (i: number, from: number, count: number): Statement[] => {
    const factor: Num = b.load(factors + (e.position(i, from) as number), 'j')
    const term = b.mul(factor, b.load(right + from, 'j'))
    return count === 0 ? [] : [repeat('j', count, set('value', b.sub(b.local('value'), term)))]
  }
  const down = Array.from({ length: n - block }, (_, k) => block + k).map((i) => [
    set('value', b.load(right + i)),
    ...without(i, block, i - block),
    store({ base: right + i }, b.local('value')),
  ])
  const up = Array.from({ length: n - block }, (_, k) => n - 1 - k).map((i) => [
    set('value', b.load(right + i)),
    ...(i + 1 < n ? without(i, i + 1, n - i - 1) : []),
    store({ base: right + i }, b.mul(b.local('value'), b.load(factors + (e.position(i, i) as number)))),
  ])
  return [...down, ...up]
}
