// The logarithm of the gamma function, for positive numbers.
import { log, log1p } from '#base'

// B_2k / (2k (2k - 1)), k = 1 … 8: from shift 12 on the first term left out is below 1e-17
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400]
const FROM = 12
const HALF_LOG_TWO_PI = 0.9189385332046728

/**
 * Computes log Γ(x) by Stirling's series, after carrying a small x up by Γ(x + 1) = x Γ(x).
 * @param x above 0
 * @returns to about 2e-15 of the larger of 1 and the result
 * @source Abramowitz M, Stegun IA. Handbook of Mathematical Functions, 1964, 6.1.15 and 6.1.41
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new Error(`Cannot take log Γ of ${x}: it must be above 0`)
  let product = 1
  let z = x
  while (z < FROM) product *= z++
  return stirling(z) - (product === 1 ? 0 : log(product))
}

function stirling(z: number): number {
  return (z - 0.5) * log(z) - z + HALF_LOG_TWO_PI + correction(z)
}

/** What the logarithm of Γ has beyond (z - 1/2) log z - z + log(2 pi) / 2. */
function correction(z: number): number {
  const square = z * z
  let sum = 0
  for (const term of STIRLING.toReversed()) sum = sum / square + term
  return sum / z
}

/**
 * Computes the logarithm of the beta function, B(a, b) = Γ(a) Γ(b) / Γ(a + b).
 * Where both are large the large terms of Stirling's series are taken together before they are rounded.
 * @param a above 0
 * @param b above 0
 */
export function logBeta(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a]
  if (large < FROM) return logGamma(small) + logGamma(large) - logGamma(small + large)
  const sum = small + large
  const rest = correction(large) - correction(sum)
  const shared = (large - 0.5) * log1p(-small / sum)
  if (small < FROM) return logGamma(small) + shared + small * (1 - log(sum)) + rest
  return HALF_LOG_TWO_PI + correction(small) + rest + shared + small * log(small / sum) - 0.5 * log(small)
}
