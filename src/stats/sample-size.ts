// How many patients a comparison of two means needs, in closed form.
import { normalQuantile } from '#base'

/**
 * Computes the patients per arm for a two-sided t test of equal arms: the normal formula 2 (z + z')² sd² / d² and Guenther's z²/4 for the t distribution.
 * @param difference true difference of the means, in units of the sd
 * @param power such as 0.8
 * @param level two-sided, such as 0.05
 * @returns not rounded; within one patient of the noncentral t from about 5 per arm on
 * @source Guenther WC. Am Stat 1981;35:243-244
 */
export function patientsPerArm(difference: number, sd: number, power: number, level: number): number {
  const z = normalQuantile(1 - level / 2)
  const sum = z + normalQuantile(power)
  const ratio = sd / difference
  return 2 * sum * sum * ratio * ratio + (z * z) / 4
}
