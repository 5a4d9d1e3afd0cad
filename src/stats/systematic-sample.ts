// Sampling by weight with as few repeats as the weights allow: the sum over a sample varies as that of independent draws from the population would, and
// no more, where the members listed are themselves a sample of it.

/**
 * Draws members by weight: in random order they are laid along a line, each as long as its weight, and every step of the line takes one. A member is
 * taken twice only if its weight is larger than a step.
 * @param weights at least 0, some above
 * @param n how many to take
 * @param random uniform numbers by index: 0 for the start, 1 and on for the order of the members
 * @returns positions of the members taken, in random order
 * @source Madow WG. Ann Math Statist 1949;20:333-354
 */
export function sampleSystematically(
  weights: ArrayLike<number>,
  n: number,
  random: (index: number) => number,
): number[] {
  const order = Array.from(weights, (weight, at) => ({ at, weight, key: random(at + 1) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => a.key - b.key || a.at - b.at)
  const total = order.reduce((sum, { weight }) => sum + weight, 0)
  const step = total / n
  const taken: number[] = []
  let [next, passed] = [random(0) * step, 0]
  for (const { at, weight } of order) {
    passed += weight
    for (; next < passed && taken.length < n; next += step) taken.push(at)
  }
  // rounding may leave the last step just beyond the end of the line
  const last = order.at(-1)?.at
  return last === undefined ? taken : [...taken, ...Array.from({ length: n - taken.length }, () => last)]
}
