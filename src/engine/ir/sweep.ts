// Sweeps: the same work on each of many items. Here is what one means, as a routine that takes item after item.
import type { Builder } from './build.ts'
import type { Routine, Sweep } from './nodes.ts'
import { loop, run, set } from './statements.ts'

/** Writes a sweep as the routine that it stands for. */
export function oneByOne(b: Builder, { name, params, enter, test, turn, leave }: Sweep): Routine {
  const item = b.local('item')
  return {
    name,
    params: ['first', 'count', ...params],
    exported: true,
    body: [
      set('item', b.local('first')),
      loop(
        b.less(item, b.add(b.local('first'), b.local('count'))),
        run(enter, item, ...params.map(b.local)),
        loop(test, ...turn),
        ...(leave === undefined ? [] : [run(leave, item)]),
        set('item', b.add(item, b.constant(1))),
      ),
    ],
  }
}
