// Simultaneous assignment without waste: a value may be written as soon as it is computed unless a later value still
// reads what stood there. Errs on the side of waiting. Assumes that code is written pair by pair, each node once.

import type { Address, Node, Num, Statement, Target } from '../../ir/nodes.ts'
import { inOrder, operands } from '../../ir/walk.ts'

type Loops = ReadonlyMap<string, { readonly count: number }>
type Pairs = Extract<Statement, { do: 'assign' }>['pairs']

/**
 * Tells for each pair of an assignment whether its write must wait until all values are computed. Waiting writes then
 * follow in the order of the pairs.
 * @param loops how often the loops around the statement run, by the name of their counter
 */
export function waitingWrites(pairs: Pairs, loops: Loops): boolean[] {
  const reads = touches(loops)
  const waiting = touches(loops)
  const listed = new Set<Node>()
  for (const [when, { to, value }] of pairs.entries()) {
    const roots = 'slot' in to && to.slot.pointer ? [to.slot.pointer, value] : [value]
    for (const node of inOrder<Node>(roots, operands, listed)) {
      if (node.op === 'load') reads.note({ slot: node.from }, when)
      for (const part of operands(node)) if (part.op === 'local') reads.note({ local: part.name }, when)
    }
    for (const root of roots) if (root.op === 'local') reads.note({ local: root.name }, when)
  }
  return pairs.map(({ to }, when) => {
    const waits = reads.latest(to) > when || waiting.latest(to) >= 0 // writes to one place keep their order
    if (waits) waiting.note(to, when)
    return waits
  })
}

interface Touches {
  note(target: Target, when: number): void
  /** Tells the last time noted for any place that may be this one, or -1. */
  latest(target: Target): number
}

/** Addresses that differ only in their base: two of them are one slot exactly when their bases are equal. */
interface Frame {
  readonly index: string | undefined
  readonly pointer: Num | string | undefined
  readonly latestAt: Map<number, number>
  low: number
  high: number
  latest: number
}

function touches(loops: Loops): Touches {
  const locals = new Map<string, number>()
  const frames: Frame[] = []
  const isIn = (frame: Frame, { index, pointer }: Address): boolean =>
    frame.index === index && frame.pointer === (pointer?.op === 'local' ? pointer.name : pointer)
  const lastSlot = ({ base, index, pointer }: Address): number =>
    pointer ? Infinity : base + (index === undefined ? 0 : (loops.get(index)?.count ?? 1) - 1)

  function noteSlot(slot: Address, when: number): void {
    let frame = frames.find((candidate) => isIn(candidate, slot))
    if (!frame) {
      const pointer = slot.pointer?.op === 'local' ? slot.pointer.name : slot.pointer
      frame = { index: slot.index, pointer, latestAt: new Map(), low: Infinity, high: -1, latest: -1 }
      frames.push(frame)
    }
    frame.latestAt.set(slot.base, when)
    frame.low = Math.min(frame.low, slot.base)
    frame.high = Math.max(frame.high, lastSlot(slot))
    frame.latest = when
  }

  function latestOf(slot: Address): number {
    let latest = -1
    for (const frame of frames) {
      if (isIn(frame, slot)) latest = Math.max(latest, frame.latestAt.get(slot.base) ?? -1)
      else if (slot.base <= frame.high && frame.low <= lastSlot(slot)) latest = Math.max(latest, frame.latest)
    }
    return latest
  }

  return {
    note: (target, when) => ('local' in target ? void locals.set(target.local, when) : noteSlot(target.slot, when)),
    latest: (target) => ('local' in target ? (locals.get(target.local) ?? -1) : latestOf(target.slot)),
  }
}
