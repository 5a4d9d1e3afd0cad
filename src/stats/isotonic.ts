// Monotone regression: the rising sequence nearest to a given one.

/**
 * Fits a rising sequence by least squares, pooling adjacent violators.
 * @param values equally weighted
 * @source Ayer M et al. Ann Math Stat 1955;26:641-647
 */
export function isotonic(values: readonly number[]): number[] {
  const blocks: { sum: number; size: number }[] = []
  for (const value of values) {
    let last = { sum: value, size: 1 }
    for (
      let before = blocks.at(-1);
      before && before.sum * last.size >= last.sum * before.size;
      before = blocks.at(-1)
    ) {
      last = { sum: before.sum + last.sum, size: before.size + last.size }
      blocks.pop()
    }
    blocks.push(last)
  }
  return blocks.flatMap(({ sum, size }) => Array.from({ length: size }, () => sum / size))
}
