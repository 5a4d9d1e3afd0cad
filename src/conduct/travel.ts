// Carries a batch of patients through time: luck of the week, doses, looks, rules, deaths. The one place where time passes; run-in, screening and
// trial differ only in what is prescribed and in what is done at a look.
import { type Batch, type Instant, openBatch, schedule, startInputs, type Subject } from '#engine'
import type { BoundRegimen, BoundRule } from '#clinic'
import { openChart } from './chart.ts'
import { carryProcess, drawEvent, drawTriggers, type Process, type Whose } from './luck.ts'
import type { Setting } from './setting.ts'

/** Error allowed per step: far below the noise of the week, see docs/decisions. */
export const RELATIVE_TOLERANCE = 1e-4
const MOST_STEPS = 200_000
/** A course of pulses goes on while gaps are no longer than this. */
const LONGEST_GAP = 45 // days

export type Loss = 'death' | 'dropout' | 'numerics' | 'entered'

/** Where a patient stands: all that is needed to go on from there. Plain data. */
export interface Standing {
  readonly whose: Whose
  readonly parameters: Float64Array
  /** Weeks of the patient's own calendar before day 0 of the batch, so that luck goes on. */
  readonly week: number
  readonly state?: Float64Array
  readonly inputs?: Float64Array
  readonly weekly?: Float64Array
  readonly latent?: Float64Array
  /** Weeks of the patient's calendar that the two kinds of noise are of. */
  readonly weeklyWeek?: number
  readonly latentWeek?: number
  readonly chart?: Float64Array
  /** Day of the batch's calendar on which each course began, and of its last dose; NaN if off. */
  readonly begun?: Float64Array
  readonly given?: Float64Array
}

/** One patient on the way. */
export interface Traveller {
  readonly whose: Whose
  readonly parameters: Float64Array
  readonly week: number
  readonly plan: readonly Prescribed[]
  readonly weekly: Float64Array
  readonly latent: Float64Array
  readonly inputs: Float64Array
  readonly chart: Float64Array
  readonly begun: Float64Array
  readonly given: Float64Array
  weeklyWeek: number | undefined
  latentWeek: number | undefined
  lost: { readonly day: number; readonly why: Loss } | undefined
}

/** A regimen on its way: what it gives and when, and how often each of its rules has held in a row. */
interface Prescribed {
  readonly start: number
  readonly regimen: BoundRegimen
  readonly instants: readonly Instant[]
  next: number
  readonly held: number[]
}

export interface Journey {
  readonly setting: Setting
  readonly batch: Batch
  readonly travellers: readonly Traveller[]
}

/** Puts patients on the way, each with its regimens and the day on which these begin. */
export function setOut(
  setting: Setting,
  patients: readonly {
    readonly standing: Standing
    readonly plan: readonly (readonly [start: number, BoundRegimen])[]
  }[],
): Journey {
  const { model, luck, chart, medicines, dosed } = setting
  const travellers = patients.map(
    ({ standing: s, plan }): Traveller => ({
      whose: s.whose,
      parameters: s.parameters,
      week: s.week,
      plan: plan.map(([start, regimen]) => ({
        start,
        regimen,
        instants: schedule(model, regimen.deeds, s.parameters, setting.jumps).map((i) => ({
          ...i,
          time: i.time + start,
        })),
        next: 0,
        held: regimen.rules.map(() => 0),
      })),
      weekly: s.weekly?.slice() ?? new Float64Array(luck.weekly.length).fill(NaN),
      latent: s.latent?.slice() ?? new Float64Array(luck.latent.length).fill(NaN),
      inputs: s.inputs?.slice() ?? Float64Array.from(startInputs(model, [])),
      chart: s.chart?.slice() ?? openChart(chart, s.parameters),
      begun: s.begun?.slice() ?? new Float64Array(medicines.length + dosed.length).fill(NaN),
      given: s.given?.slice() ?? new Float64Array(medicines.length + dosed.length).fill(NaN),
      weeklyWeek: s.weeklyWeek,
      latentWeek: s.latentWeek,
      lost: undefined,
    }),
  )
  const subjects = travellers.map((t, i): Subject => {
    const state = patients[i]?.standing.state
    return { parameters: t.parameters, inputs: t.inputs, instants: [], ...(state && { from: { time: 0, state } }) }
  })
  const batch = openBatch(setting.kernel, setting.compiled, subjects, {
    times: [],
    relativeTolerance: RELATIVE_TOLERANCE,
    mostSteps: MOST_STEPS,
    atDose: 'after',
  })
  return { setting, batch, travellers }
}

/** What happens on the way besides the passing of time. */
export interface Itinerary {
  readonly from: number
  readonly to: number
  /** Further days at which somebody is looked at, besides those that rules ask for; rising, within the journey. */
  readonly looks: readonly number[]
  /** Weeks between steps of the latent processes, at most: at looks they are of the present week. */
  readonly latentEvery: number
  readonly dropoutPerYear: number
  /** The day that charts count from. */
  readonly baseline: number
  /** Called at each look, after the chart is filled and before rules are applied. */
  onLook(traveller: Traveller, index: number, day: number): void
}

/** Carries everybody from one day to another. Days on which nothing happens cost nothing. */
export function travel(journey: Journey, itinerary: Itinerary): void {
  const { batch, travellers, setting } = journey
  const looks = new Set(itinerary.looks)
  for (const day of stopsOf(journey, itinerary)) {
    batch.advance(day)
    for (const [i, t] of travellers.entries()) loseStopped(batch, t, i, day)
    const isWeek = day % 7 === 0 && day < itinerary.to
    if (isWeek)
      for (const [i, t] of travellers.entries())
        beginWeek(setting, batch, t, i, day, looks.has(day) ? 1 : itinerary.latentEvery)
    const wanted = travellers.map((t) => isThere(t, day) && (looks.has(day) || rulesDue(t, day).length > 0))
    if (wanted.some((w) => w))
      for (const [i, t] of travellers.entries()) if (wanted[i]) setLook(setting, batch, t, i, day)
    if (isWeek || wanted.some((w) => w)) batch.look()
    for (const [i, t] of travellers.entries()) {
      if (!isThere(t, day)) continue
      if (wanted[i]) {
        fillChart(setting, t, batch.seen(i), day, itinerary.baseline)
        itinerary.onLook(t, i, day)
        applyRules(setting, batch, t, i, day)
      }
      if (isWeek) meetWeek(setting, batch, t, i, day, itinerary.dropoutPerYear)
      giveDue(setting, batch, t, i, day)
    }
  }
}

/** Whether a patient is still under observation on a day. */
export const isThere = (t: Traveller, day: number): boolean => t.lost === undefined || day < t.lost.day

function stopsOf({ travellers }: Journey, { from, to, looks }: Itinerary): number[] {
  const days = new Set<number>([from, to, ...looks])
  for (let day = Math.ceil(from / 7) * 7; day < to; day += 7) days.add(day)
  for (const { plan } of travellers)
    for (const { instants } of plan) for (const { time } of instants) if (time >= from && time < to) days.add(time)
  return [...days].toSorted((a, b) => a - b)
}

/** Who is gone costs nothing more; whom the numbers failed is gone. */
function loseStopped(batch: Batch, t: Traveller, i: number, day: number): void {
  if (t.lost === undefined && batch.progress(i).status !== 'ok') t.lost = { day, why: 'numerics' }
  if (!isThere(t, day)) batch.stop(i)
}

/** The luck of a week: organ noise and what is latent move on. */
function beginWeek({ luck }: Setting, batch: Batch, t: Traveller, i: number, day: number, latentEvery: number): void {
  const week = t.week + day / 7
  if (t.weeklyWeek !== week) {
    moveOn(luck.weekly, t.weekly, t.weeklyWeek, batch, t, i, week)
    t.weeklyWeek = week
  }
  if (t.latentWeek === undefined || week - t.latentWeek >= latentEvery) {
    moveOn(luck.latent, t.latent, t.latentWeek, batch, t, i, week)
    t.latentWeek = week
  }
}

function moveOn(
  processes: readonly Process[],
  values: Float64Array,
  last: number | undefined,
  batch: Batch,
  t: Traveller,
  i: number,
  week: number,
): void {
  for (const [k, { name, input, days }] of processes.entries()) {
    const before = last === undefined ? undefined : values[k]
    const value = carryProcess(before, week - (last ?? week), days, name, t.whose, week)
    values[k] = value
    setInput(batch, t, i, input, value)
  }
}

const setInput = (batch: Batch, t: Traveller, i: number, input: number, value: number): void => {
  t.inputs[input] = value
  batch.change(i, { what: 'input', change: 'set', at: input, value })
}

/** The luck of a look, addressed by the patient's own day. */
function setLook({ luck }: Setting, batch: Batch, t: Traveller, i: number, day: number): void {
  for (const { name, input } of luck.looks)
    setInput(batch, t, i, input, carryProcess(undefined, 0, 1, name, t.whose, 7 * t.week + day))
}

function fillChart(setting: Setting, t: Traveller, seen: Float64Array, day: number, baseline: number): void {
  const { chart, medicines, dosed } = setting
  t.chart[chart.day] = day - baseline
  setting.scoring.score(seen, t.chart)
  for (const [k, input] of medicines.entries()) t.chart[chart.doses + k] = t.inputs[input] ?? NaN
  for (let k = 0; k < medicines.length + dosed.length; k++) {
    const begun = t.begun[k] ?? NaN
    const isOff = Number.isNaN(begun) || (k >= medicines.length && day - (t.given[k] ?? NaN) > LONGEST_GAP)
    t.chart[chart.courses + k] = isOff ? 0 : day - begun
  }
}

function rulesDue(t: Traveller, day: number): { p: Prescribed; rule: BoundRule; at: number }[] {
  return t.plan.flatMap((p) =>
    p.regimen.rules.flatMap((rule, at) => {
      const since = day - p.start - rule.from
      const isDue = since >= 0 && since % rule.every === 0 && day - p.start <= rule.until
      return isDue ? [{ p, rule, at }] : []
    }),
  )
}

function applyRules(setting: Setting, batch: Batch, t: Traveller, i: number, day: number): void {
  for (const { p, rule, at } of rulesDue(t, day)) {
    const holds = rule.when === undefined || rule.when.evaluate(t.chart) === 1
    p.held[at] = holds ? (p.held[at] ?? 0) + 1 : 0
    if (!holds || (p.held[at] ?? 0) < rule.times) continue
    p.held[at] = 0
    for (const { what, at: target, change, value } of rule.do)
      give(setting, batch, t, i, day, { what, at: target, change, value: value.evaluate(t.chart) })
  }
}

/** Does one thing to a patient, and keeps the course of the medicine. What cannot be computed (a value is missing) is not done. */
function give(
  { chart, medicines, dosed }: Setting,
  batch: Batch,
  t: Traveller,
  i: number,
  day: number,
  { what, change, at, value }: Omit<Instant, 'time'>,
): void {
  if (Number.isNaN(value)) return
  if (what === 'input') t.inputs[at] = change === 'add' ? (t.inputs[at] ?? 0) + value : value
  batch.change(i, { what, change, at, value })
  const k = what === 'input' ? medicines.indexOf(at) : dosed.indexOf(at)
  if (k < 0) return
  if (what === 'input') {
    const isOn = (t.inputs[at] ?? 0) > 0
    if (!isOn) t.begun[k] = NaN
    else if (Number.isNaN(t.begun[k] ?? NaN)) t.begun[k] = day
    t.chart[chart.doses + k] = t.inputs[at] ?? NaN
    return
  }
  const course = medicines.length + k
  if (!(day - (t.given[course] ?? NaN) <= LONGEST_GAP)) t.begun[course] = day
  t.given[course] = day
}

function giveDue(setting: Setting, batch: Batch, t: Traveller, i: number, day: number): void {
  for (const p of t.plan)
    for (let due = p.instants[p.next]; due && due.time <= day; due = p.instants[++p.next])
      give(setting, batch, t, i, day, due)
}

/** Triggers of the week, and whether the patient dies or leaves in it. */
function meetWeek(
  { luck, hazards }: Setting,
  batch: Batch,
  t: Traveller,
  i: number,
  day: number,
  dropoutPerYear: number,
): void {
  const week = t.week + day / 7
  const seen = batch.seen(i)
  const [median, sd, most] = [luck.triggers.median, luck.triggers.sd, luck.triggers.most].map((at) => t.parameters[at])
  const value = drawTriggers(t.whose, week, seen[hazards.triggers] ?? NaN, {
    median: median ?? NaN,
    sd: sd ?? NaN,
    most: most ?? NaN,
  })
  if (value > 0) batch.change(i, { what: 'state', change: 'add', at: luck.triggers.state, value })
  const died = drawEvent(t.whose, week, 'death', seen[hazards.death] ?? NaN)
  const left = drawEvent(t.whose, week, 'dropout', dropoutPerYear / 365.25)
  const first = Math.min(died ?? Infinity, left ?? Infinity)
  if (first === Infinity) return
  t.lost = { day: day + first, why: first === died ? 'death' : 'dropout' }
}

/** Where a patient stands now, to go on from in another journey whose day 0 is this day. */
export function standingOf({ batch, travellers }: Journey, i: number, day: number): Standing {
  const t = travellers[i]
  if (!t) throw new Error(`The journey has ${travellers.length} patients, wanted number ${i}`)
  return {
    whose: t.whose,
    parameters: t.parameters,
    week: t.week + day / 7,
    state: batch.state(i).slice(),
    inputs: t.inputs.slice(),
    weekly: t.weekly.slice(),
    latent: t.latent.slice(),
    ...(t.weeklyWeek !== undefined && { weeklyWeek: t.weeklyWeek }),
    ...(t.latentWeek !== undefined && { latentWeek: t.latentWeek }),
    chart: t.chart.slice(),
    begun: t.begun.map((d) => d - day),
    given: t.given.map((d) => d - day),
  }
}
