import { expect, test } from 'vitest'
import { sharingBuilder } from '../../ir/build.ts'
import type { Num, Target } from '../../ir/nodes.ts'
import { waitingWrites } from './order-of-writes.ts'

interface Pair {
  readonly to: Target
  readonly value: Num
}

const n = sharingBuilder()
const loops = new Map([['i', { count: 4 }]])
const slot = (base: number, index?: string, pointer?: Num): Target => {
  return { slot: { base, ...(index !== undefined && { index }), ...(pointer && { pointer }) } }
}
const set = (to: Target, value: Num): Pair => ({ to, value })
const toP: Target = { local: 'p' }
const one = n.constant(1)
const [p, at] = [n.local('p'), n.load(50)]
const [minus0, minus1] = [n.neg(n.load(0)), n.neg(n.load(1))]

test.each<[string, readonly Pair[], readonly boolean[]]>([
  ['each reads its own target only', [set(slot(0), minus0), set(slot(1), minus1)], [false, false]],
  ['the first target is read later', [set(slot(0), n.load(1)), set(slot(1), n.load(0))], [true, false]],
  ['the reading value was computed before', [set(slot(0), minus0), set(slot(1), minus0)], [false, false]],
  ['so too for locals', [set(toP, n.neg(p)), set(slot(1), n.neg(p))], [false, false]],
  ['a local is read later', [set(toP, one), set(slot(1), n.abs(p))], [true, false]],
  ['a local is a later value', [set(toP, one), set({ local: 'q' }, p)], [true, false]],
  ['a local is a later pointer', [set(toP, one), set(slot(0, undefined, p), one)], [true, false]],
  ['a loop passes the target', [set(slot(3), one), set(slot(9), n.load(0, 'i'))], [true, false]],
  ['a loop ends before the target', [set(slot(4), one), set(slot(9), n.load(0, 'i'))], [false, false]],
  ['one counter, other bases', [set(slot(1, 'i'), one), set(slot(9, 'i'), n.load(0, 'i'))], [false, false]],
  ['a pointer may lead there', [set(slot(7), one), set(slot(9), n.load(7, undefined, at))], [true, false]],
  ['a pointer starts after it', [set(slot(6), one), set(slot(9), n.load(7, undefined, at))], [false, false]],
  ['one pointer', [set(slot(6, undefined, p), one), set(slot(5), n.load(7, undefined, p))], [false, false]],
  ['two pointers', [set(slot(6, undefined, at), one), set(slot(5), n.load(7, undefined, p))], [true, false]],
  ['writes to one place', [set(slot(0), one), set(slot(0), minus1), set(slot(5), n.load(0))], [true, true, false]],
])('%s', (_, pairs, waits) => {
  expect(waitingWrites(pairs, loops)).toEqual(waits)
})
