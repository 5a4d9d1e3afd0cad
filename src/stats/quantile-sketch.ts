// Quantiles of samples too large to keep. A sketch counts numbers in buckets; a bucket is a double without its last bits, and all buckets of a sketch
// leave out as many. It begins with none left out, exact, and leaves out one more whenever there are more buckets than it may have. How many that
// is depends on the numbers alone, so sketches of parts join to the same sketch, to the bit, in any order and grouping.
import { numbers } from '#base'

export interface QuantileSketch {
  /** How many numbers went in. */
  readonly size: number
  /** How many trailing bits of each number are left out: 0 is exact. */
  readonly dropped: number
  /** The number of each bucket that is nearest to 0, rising. */
  readonly keys: Float64Array
  /** How many numbers lie in each bucket. */
  readonly counts: Uint32Array
}

const MOST_DROPPED = 52 // what is left is sign and exponent: at most 4094 buckets, whatever the capacity

export const EMPTY_SKETCH: QuantileSketch = {
  size: 0,
  dropped: 0,
  keys: new Float64Array(0),
  counts: new Uint32Array(0),
}

/**
 * Sketches one part.
 * @param values finite numbers, in any order
 * @param capacity the most buckets
 * @source a bucket's width is relative, as in Masson C, Rim JE, Lee HK. DDSketch. Proc VLDB Endow 2019;12:2195-2205; buckets are joined
 * evenly, as in Epicoco I et al. UDDSketch. IEEE Access 2020;8:147604-147617. Binary digits in place of a logarithm make both exact.
 */
export function sketchOf(values: Float64Array, capacity: number): QuantileSketch {
  const keys = values.map((value) => value + 0).toSorted() // -0 is 0
  return fit(joinEqual({ size: keys.length, dropped: 0, keys, counts: new Uint32Array(keys.length).fill(1) }), capacity)
}

/** Joins the sketches of two parts of one capacity: commutative and associative to the bit. */
export function joinSketches(a: QuantileSketch, b: QuantileSketch, capacity: number): QuantileSketch {
  const dropped = Math.max(a.dropped, b.dropped)
  const [left, right] = [coarsen(a, dropped), coarsen(b, dropped)]
  const [m, n] = [left.keys.length, right.keys.length]
  const [keys, counts] = [new Float64Array(m + n), new Uint32Array(m + n)]
  let end = 0
  for (let i = 0, j = 0; i < m || j < n; end++) {
    const order = i === m ? 1 : j === n ? -1 : compare(left.keys[i] as number, right.keys[j] as number)
    keys[end] = (order > 0 ? right.keys[j] : left.keys[i]) as number
    counts[end] = (order > 0 ? 0 : (left.counts[i++] as number)) + (order < 0 ? 0 : (right.counts[j++] as number))
  }
  const joined = { size: a.size + b.size, dropped, keys: keys.slice(0, end), counts: counts.slice(0, end) }
  return fit(joined, capacity)
}

/**
 * Finds a quantile as `quantile` does, by type 7 of Hyndman and Fan; exactly so in an exact sketch. Otherwise each of the two order statistics
 * is right to `sketchError`: where in its bucket a number lies is guessed as if they lay evenly.
 * @param p from 0 to 1
 * @param beyond how many numbers more there are that are larger than all that went in
 * @returns undefined for an empty sample, and where the quantile is one of those beyond
 */
export function sketchQuantile(sketch: QuantileSketch, p: number, beyond = 0): number | undefined {
  if (!(p >= 0 && p <= 1)) throw new Error(`Cannot take the quantile ${p}: it must be from 0 to 1`)
  const position = (sketch.size + beyond - 1) * p
  const below = Math.floor(position)
  const low = orderStatistic(sketch, below)
  if (low === undefined || position === below) return low
  const high = orderStatistic(sketch, below + 1)
  return high === undefined ? undefined : low + (high - low) * (position - below)
}

/** The largest relative error of an order statistic of a sketch: 0 while it is exact. Numbers below 1e-307 may err by more. */
export const sketchError = ({ dropped }: Pick<QuantileSketch, 'dropped'>): number =>
  dropped === 0 ? 0 : numbers.powerOfTwo(dropped - MOST_DROPPED)

function orderStatistic({ size, dropped, keys, counts }: QuantileSketch, rank: number): number | undefined {
  if (rank < 0 || rank >= size) return undefined
  let before = 0
  for (let at = 0; at < keys.length; at++) {
    const [key, count] = [keys[at] as number, counts[at] as number]
    if (rank < before + count) return dropped === 0 ? key : inside(key, dropped, (rank - before + 0.5) / count)
    before += count
  }
  throw new Error(`A sketch of ${size} numbers has counts for ${before}`)
}

/** A number inside a bucket, at a share of the way from its low end to its high end. */
function inside(key: number, dropped: number, share: number): number {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, key)
  bits.setBigUint64(0, bits.getBigUint64(0) + (1n << BigInt(dropped)))
  const outer = bits.getFloat64(0)
  if (!Number.isFinite(outer)) return key
  return Object.is(key, -0) || key < 0 ? outer + (key - outer) * share : key + (outer - key) * share
}

/** The order of keys: that of numbers, and the bucket below 0 before the one above. */
function compare(a: number, b: number): number {
  if (a < b) return -1
  if (a > b) return 1
  return Object.is(a, b) ? 0 : Object.is(a, -0) ? -1 : 1
}

/** Leaves out as many bits as it takes to have no more buckets than `capacity`. */
function fit(sketch: QuantileSketch, capacity: number): QuantileSketch {
  const { keys, dropped } = sketch
  if (keys.length <= capacity) return sketch
  // neighbours stay apart as long as the highest bit in which they differ is there
  const apartBy = new Uint32Array(64)
  const bits = new DataView(new ArrayBuffer(16))
  for (let i = 1; i < keys.length; i++) {
    bits.setFloat64(0, keys[i - 1] as number)
    bits.setFloat64(8, keys[i] as number)
    const high = bits.getUint32(0) ^ bits.getUint32(8)
    const highest = high === 0 ? 31 - Math.clz32(bits.getUint32(4) ^ bits.getUint32(12)) : 63 - Math.clz32(high)
    apartBy[highest] = (apartBy[highest] as number) + 1
  }
  let buckets = keys.length
  let bit = dropped
  for (; buckets > capacity && bit < MOST_DROPPED; bit++) buckets -= apartBy[bit] as number
  return coarsen(sketch, bit)
}

function coarsen(sketch: QuantileSketch, dropped: number): QuantileSketch {
  if (dropped === sketch.dropped) return sketch
  const bits = new DataView(new ArrayBuffer(8))
  const [high, low] = [-1 << Math.max(0, dropped - 32), dropped < 32 ? -1 << dropped : 0]
  const keys = sketch.keys.map((key) => {
    bits.setFloat64(0, key)
    bits.setUint32(0, bits.getUint32(0) & high)
    bits.setUint32(4, bits.getUint32(4) & low)
    return bits.getFloat64(0)
  })
  return joinEqual({ ...sketch, dropped, keys })
}

/** Makes one bucket of neighbours with equal keys. */
function joinEqual({ size, dropped, keys, counts }: QuantileSketch): QuantileSketch {
  const [joined, sums] = [keys.slice(), counts.slice()]
  let last = -1
  for (let i = 0; i < keys.length; i++) {
    if (last >= 0 && Object.is(joined[last], keys[i])) sums[last] = (sums[last] as number) + (counts[i] as number)
    else {
      last++
      joined[last] = keys[i] as number
      sums[last] = counts[i] as number
    }
  }
  return { size, dropped, keys: joined.slice(0, last + 1), counts: sums.slice(0, last + 1) }
}
