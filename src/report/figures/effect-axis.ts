// The axis of effects: plain numbers, or ratios whose logarithms were pooled. Effects come on the scale they were pooled on.

import { exp, log } from '#base'
import { type Child, el } from '../element.ts'
import { formatCoordinate } from '../format-number.ts'
import { linearScale, logScale } from '../scale.ts'
import { typesetNumber } from '../typeset.ts'
import type { Frame } from './axes.ts'
import { drawAcross } from './draw-across.ts'

export interface EffectAxis {
  /** From an effect to its place, cut off at the ends of the frame. */
  readonly x: (effect: number) => number
  /** Tells on which side an effect lies outside of the axis: -1, 1, or 0 where it is inside. */
  readonly beyond: (effect: number) => -1 | 0 | 1
  readonly draw: (title: string) => Child
}

const LARGEST = 690 // of a logarithm: e^690 is a number still

/** Makes the axis over effects. @param ratio whether they are logarithms, and their powers are to be shown */
export function effectAxis(frame: Frame, [low, high]: readonly [number, number], ratio: boolean): EffectAxis {
  const shown = (effect: number): number => (ratio ? exp(Math.max(-LARGEST, Math.min(LARGEST, effect))) : effect)
  const scale = ratio ? logScale(shown(low), shown(high)) : linearScale(low, high, 6)
  const [from, to] = ratio ? [log(scale.low), log(scale.high)] : [scale.low, scale.high]
  const x = (effect: number): number => {
    const share = scale.share(shown(Math.max(from, Math.min(to, effect))))
    return frame.left + Math.max(0, Math.min(1, share)) * (frame.right - frame.left)
  }
  // a ratio of 1 is no effect, as a difference of 0 is
  const none = (): Child =>
    ratio && from <= 0 && to >= 0
      ? el('line', {
          class: 'base',
          x1: formatCoordinate(x(0)),
          x2: formatCoordinate(x(0)),
          y1: formatCoordinate(frame.top - 4),
          y2: formatCoordinate(frame.bottom),
        })
      : undefined
  return {
    x,
    beyond: (effect) => (effect < from ? -1 : effect > to ? 1 : 0),
    draw: (title) => [drawAcross(frame, scale, title, !ratio), none()],
  }
}

/** Writes an effect with its interval as people read it. */
export function effectText(
  estimate: number,
  bounds: { readonly lo: number; readonly hi: number },
  ratio: boolean,
): string {
  const write = (effect: number): string => typesetNumber(ratio ? exp(effect) : effect, 3, 'keep')
  return `${write(estimate)} (${write(bounds.lo)} to ${write(bounds.hi)})`
}
