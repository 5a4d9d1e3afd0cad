// Multiplies out digits and powers of ten with one rounding where IEEE doubles allow: mg/L is exactly 0.001 g/L, a day exactly 24 h.
// Numerator and denominator are kept apart, whole and so exact up to 2^53 (powers of ten up to 10^22), and divided once at the end.

/** (`digits` × 10^`tens`)^`exponent`: digits a positive whole number, tens whole, exponent a multiple of 1/4. */
export interface Scale {
  readonly digits: number
  readonly tens: number
  readonly exponent: number
}

/**
 * Multiplies scales into one number. Correctly rounded while no root is taken and both parts stay exact, else within a few units in the last place.
 * @returns Infinity, 0 or NaN where the parts leave the range of a double
 */
export function scaleOf(scales: readonly Scale[]): number {
  let above = 1
  let below = 1
  let tens = 0
  for (const scale of scales) {
    tens += scale.tens * scale.exponent
    if (scale.exponent > 0) above *= power(scale.digits, scale.exponent)
    else below *= power(scale.digits, -scale.exponent)
  }
  return tens > 0 ? (above * powerOfTen(tens)) / below : above / (below * powerOfTen(-tens))
}

/** 10^exponent, exponent ≥ 0; read from decimal text because that is rounded correctly for every whole exponent. */
function powerOfTen(exponent: number): number {
  const whole = Math.floor(exponent)
  return Number(`1e${whole}`) * power(10, exponent - whole)
}

/** base^exponent for an exponent ≥ 0 in quarters, by repeated squaring: exact as long as the result is a whole number below 2^53. */
function power(base: number, exponent: number): number {
  const whole = Math.floor(exponent)
  const quarters = 4 * (exponent - whole)
  let result = 1
  for (let square = base, rest = whole; rest > 0; square *= square, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square
  }
  if (quarters >= 2) result *= Math.sqrt(base)
  if (quarters % 2 === 1) result *= Math.sqrt(Math.sqrt(base))
  return result
}
