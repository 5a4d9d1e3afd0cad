// Hands results on in the order of their jobs, whichever came first, and never holds many.

/**
 * Makes a taker of results that come in any order, the first of them numbered 0.
 * @param ahead how far a result may be before the one due next; whoever brings one from further on waits
 * @param hand called with one result at a time, in order, once what it returned before is done
 * @returns promises that reject with what `hand` throws
 */
export function inOrder<Result>(
  ahead: number,
  hand: (result: Result) => Promise<void>,
): (at: number, result: Result) => Promise<void> {
  const waiting = new Map<number, { readonly result: Result }>()
  const held = new Set<{ readonly at: number; readonly free: () => void }>()
  let next = 0
  const handAll = async (): Promise<void> => {
    for (let due = waiting.get(next); due; due = waiting.get(next)) {
      await hand(due.result)
      waiting.delete(next++) // only now: while it is handed on, nobody else may begin with the next
      for (const one of held) {
        if (one.at >= next + ahead) continue
        held.delete(one)
        one.free()
      }
    }
  }
  return async (at, result) => {
    waiting.set(at, { result })
    if (at === next) await handAll()
    else if (at >= next + ahead) await new Promise<void>((free) => held.add({ at, free }))
  }
}
