// The logarithm of the gamma function, for positive numbers, and what Stirling's formula leaves of it.
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

/**
 * Computes log Γ(x + 1) - (x + 1/2) log x + x - log(2 pi) / 2: the error of Stirling's formula for x!.
 * @param x above 0
 */
export const stirlingError = (x: number): number =>
  x >= FROM ? correction(x) : logGamma(x + 1) - (x + 0.5) * log(x) + x - HALF_LOG_TWO_PI

// 1 - Euler's constant, then (-1)^k (zeta(k) - 1) / k for k = 2 to 31: on |z| <= 1/2 the first term left out is below 1e-20
const NEAR_TWO = [
  0.42278433509846713, 0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
  0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-5,
  -4.492623673813314e-5, 2.050721277567069e-5, -9.439488275268397e-6, 4.374866789907488e-6, -2.039215753801366e-6,
  9.55141213040742e-7, -4.492469198764566e-7, 2.1207184805554665e-7, -1.0043224823968099e-7, 4.7698101693639804e-8,
  -2.2711094608943164e-8, 1.0838659214896955e-8, -5.183475041970047e-9, 2.4836745438024785e-9, -1.1921401405860912e-9,
  5.731367241678862e-10, -2.7595228851242334e-10, 1.330476437424449e-10, -6.4229645638381e-11, 3.1044247747322276e-11,
  -1.5021384080754142e-11,
]

/**
 * Computes log Γ(1 + x) to about 1e-15 of itself, also near its zeros at 0 and 1.
 * @param x from 0 to 1
 * @source Abramowitz M, Stegun IA. Handbook of Mathematical Functions, 1964, 6.1.33, about 2
 */
export function logGammaOnePlus(x: number): number {
  const z = x > 0.5 ? x - 1 : x
  const twoPlus = z * NEAR_TWO.reduceRight((sum, term) => sum * z + term, 0)
  return x > 0.5 ? twoPlus : twoPlus - log1p(z)
}
