// Keeps the labels at the end of lines apart: each as near to its line as the others allow.

/**
 * Moves heights so that neighbours are at least `gap` apart, the sum of squared moves being least: isotonic regression by pooling.
 * @param wanted rising
 * @param bounds between which the labels lie as far as there is room
 * @source Barlow RE, Brunk HD. The isotonic regression problem and its dual. J Am Stat Assoc 1972;67:140-147
 */
export function placeLabels(
  wanted: readonly number[],
  gap: number,
  [top, bottom]: readonly [number, number],
): number[] {
  const pools: { sum: number; count: number }[] = []
  wanted.forEach((height, i) => {
    let pool = { sum: height - i * gap, count: 1 }
    for (let above = pools.at(-1); above && mean(above) > mean(pool); above = pools.at(-1)) {
      pools.pop()
      pool = { sum: above.sum + pool.sum, count: above.count + pool.count }
    }
    pools.push(pool)
  })
  const lowest = Math.max(top, bottom - (wanted.length - 1) * gap)
  return pools
    .flatMap((pool) => Array.from({ length: pool.count }, () => Math.max(top, Math.min(lowest, mean(pool)))))
    .map((height, i) => height + i * gap)
}

const mean = ({ sum, count }: { sum: number; count: number }): number => sum / count
