// A figure of courses in words, for those who cannot see it: where it starts, how low and high it goes, where it ends, how far subjects lie apart.

import { finite } from '../format-number.ts'
import { mainLine, type OutputCourses, type Values } from '../output-courses.ts'
import { typesetQuantity } from '../typeset.ts'
import { differ } from './upright-scale.ts'

interface At {
  readonly time: number
  readonly value: number
}

/** Describes one output over time in two or three sentences. */
export function describeCourses(output: OutputCourses, timeUnit: string): string {
  const spread = differ(output)
  const reached = knownOf(output.times, spread ? output.quantiles.p50 : mainLine(output))
  const [start, end] = [reached[0], reached.at(-1)]
  if (!start || !end) return 'There is no value to show.'
  const low = reached.reduce((least, here) => (here.value < least.value ? here : least))
  const high = reached.reduce((most, here) => (here.value > most.value ? here : most))
  const value = (here: At): string => typesetQuantity(here.value, output.unit)
  const at = (here: At): string => `${value(here)} at ${typesetQuantity(here.time, timeUnit)}`
  const who = spread ? 'The median' : 'It'
  if (low.value === high.value) return `${who} is ${value(low)} at all times.`
  const course = `${who} starts with ${at(start)} and ends with ${at(end)}; it is lowest with ${at(low)} and highest with ${at(high)}.`
  return spread ? course + describeSpread(output) : course
}

function describeSpread({ times, quantiles, unit }: OutputCourses): string {
  const low = knownOf(times, quantiles.p05).at(-1)
  const high = knownOf(times, quantiles.p95).at(-1)
  if (!low || !high) return ''
  return ` In the end 90\u00A0% of the subjects lie between ${typesetQuantity(low.value, unit)} and ${typesetQuantity(high.value, unit)}.`
}

const knownOf = (times: readonly number[], values: Values): At[] =>
  times.flatMap((t, k) => {
    const [time, value] = [finite(t), finite(values[k])]
    return time === undefined || value === undefined ? [] : [{ time, value }]
  })
