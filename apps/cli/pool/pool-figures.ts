// What the figures of a pool show, from the answer.
import { renderForest, renderFunnel } from '#report'
import { normalLaw } from '#stats'
import type { PoolAnswer } from './answer.ts'

const WIDTH = 860
const FUNNEL_HEIGHT = 460

const titleOf = ({ order, pooled }: PoolAnswer): string => `${pooled.k} studies: ${axisOf(order)}`

const axisOf = ({ measure }: PoolAnswer['order']): string =>
  measure.shown === 'exp' ? measure.label.replace('log ', '') : measure.label

/** Writes the forest plot: every study with its normal interval, and what they come to. */
export function forestFile(answer: PoolAnswer): string {
  const { order, studies, pooled } = answer
  const z = normalLaw().upperQuantile((1 - pooled.level) / 2)
  const rows = studies.map(({ name, yi, vi }, i) => {
    const half = z * Math.sqrt(vi)
    return { label: name, estimate: yi, lo: yi - half, hi: yi + half, weight: pooled.weights[i] ?? 0 }
  })
  const [{ estimate, ci }] = pooled.coefficients
  const summary = { label: 'pooled', estimate, ...(ci ?? { lo: estimate, hi: estimate }) }
  return renderForest(
    { rows, pooled: summary, prediction: pooled.pi },
    { id: 'forest', title: titleOf(answer), axis: axisOf(order), ratio: order.measure.shown === 'exp', width: WIDTH },
  )
}

/** Writes the funnel plot, with the mirror images of trim and fill where they were asked for. */
export function funnelFile(answer: PoolAnswer): string {
  const { order, studies, pooled, asymmetry } = answer
  const point = ({ yi, vi }: { yi: number; vi: number }) => ({ effect: yi, se: Math.sqrt(vi) })
  const fill = asymmetry?.trimAndFill
  return renderFunnel(
    {
      points: studies.map(point),
      filled: fill?.status === 'filled' ? fill.filled.map(point) : [],
      pooled: pooled.coefficients[0].estimate,
      reach: normalLaw().upperQuantile((1 - pooled.level) / 2),
      percent: 100 * pooled.level,
    },
    {
      id: 'funnel',
      title: titleOf(answer),
      axis: axisOf(order),
      ratio: order.measure.shown === 'exp',
      width: WIDTH,
      height: FUNNEL_HEIGHT,
    },
  )
}
