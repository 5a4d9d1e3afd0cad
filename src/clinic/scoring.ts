// From what a model shows at a look to what a clinician has on paper: measured values under their plain names, SLEDAI-2K with its items, BILAG-like counts.
// Called at every look of every patient: positions and limits are found once, and a call makes nothing.
import { conversionFactor, readUnit } from '#base'
import type { Named } from '#engine'
import { bilagLike, CUTS } from './instruments/bilag-like.ts'
import type { Sign } from './instruments/instrument.ts'
import { sledai2k } from './instruments/sledai-2k.ts'

export interface Scoring {
  /** What is scored, in the order of the values. What needs something that the model does not show is not among them. */
  readonly names: readonly Named[]
  /**
   * Scores one look.
   * @param row the model's outputs, in their order
   * @param into takes the values, from its beginning
   */
  score(row: ArrayLike<number>, into: Float64Array): void
}

/** Writes some values at positions of its own. */
type Part = (row: ArrayLike<number>, into: Float64Array) => void

const MEASURED = 'measured_'

/**
 * Prepares scoring for a model.
 * @param outputs what it shows, in the order of rows
 */
export function scoring(outputs: readonly Named[]): Scoring {
  const names: Named[] = []
  const all = [measuredPart(outputs, names), sledaiPart(outputs, names), bilagPart(outputs, names)]
  const parts = all.filter((part) => part !== undefined)
  return {
    names,
    score: (row, into) => {
      for (const part of parts) part(row, into)
    },
  }
}

function measuredPart(outputs: readonly Named[], names: Named[]): Part {
  const from = outputs.flatMap(({ name }, at) => (name.startsWith(MEASURED) ? [at] : []))
  for (const at of from) {
    const { name = '', unit = '', meaning = '' } = outputs[at] ?? {}
    names.push({ name: name.slice(MEASURED.length), unit, meaning })
  }
  return (row, into) => {
    for (let k = 0; k < from.length; k++) into[k] = row[from[k] ?? -1] ?? NaN
  }
}

/** A sign made ready: where its value stands, and a limit in the value's own unit. */
interface Ready {
  readonly at: number
  /** 1 if the sign is a value above the limit, -1 if below: the sign shows where sense * (value - limit) is above 0. */
  readonly sense: number
  readonly limit: number
}

function sledaiPart(outputs: readonly Named[], names: Named[]): Part | undefined {
  const ready = sledai2k.items.map(({ signs }) => signs.map((sign) => makeReady(sign, outputs)))
  const items = ready.map((signs) => signs.filter((sign) => sign !== undefined))
  if (items.some((signs, i) => signs.length < (ready[i]?.length ?? 0))) return undefined
  const { length: first } = names
  names.push({ name: 'sledai', unit: '1', meaning: 'SLEDAI-2K' })
  names.push({ name: 'sledai_clinical', unit: '1', meaning: 'SLEDAI-2K without complement and DNA binding' })
  for (const { id, label } of sledai2k.items)
    names.push({ name: `sledai_${id}`, unit: '1', meaning: `${label}, points of SLEDAI-2K` })
  const weights = sledai2k.items.map(({ weight }) => weight)
  const counts = sledai2k.items.map(({ serological }) => !serological)
  return (row, into) => {
    let [total, clinical] = [0, 0]
    for (let i = 0; i < items.length; i++) {
      const points = (weights[i] ?? 0) * presence(items[i] ?? [], row)
      total += points
      if (counts[i]) clinical += points
      into[first + 2 + i] = points
    }
    into[first] = total
    into[first + 1] = clinical
  }
}

/** Any sign makes an item present; a value that was not seen makes it unknown. */
function presence(signs: readonly Ready[], row: ArrayLike<number>): number {
  let present = 0
  for (const { at, sense, limit } of signs) {
    const beyond = sense * ((row[at] ?? NaN) - limit)
    if (Number.isNaN(beyond)) return NaN
    if (beyond > 0) present = 1
  }
  return present
}

function makeReady(sign: Sign, outputs: readonly Named[]): Ready | undefined {
  const at = outputs.findIndex(({ name }) => name === sign.seen)
  const [own, shown] = [readUnit(sign.unit), readUnit(outputs[at]?.unit ?? '')]
  const factor = 'unit' in own && 'unit' in shown ? conversionFactor(own.unit, shown.unit) : undefined
  if (at < 0 || factor === undefined) return undefined
  return 'above' in sign ? { at, sense: 1, limit: sign.above * factor } : { at, sense: -1, limit: sign.below * factor }
}

function bilagPart(outputs: readonly Named[], names: Named[]): Part | undefined {
  const find = (name: string): number => outputs.findIndex((output) => output.name === name && output.unit === '1')
  const cuts = CUTS.map(([, name]) => find(name))
  const levels = bilagLike.systems.map((system) => find(`bilag_${system}`))
  if ([...cuts, ...levels].some((at) => at < 0)) return undefined
  const { length: first } = names
  for (const [grade] of CUTS)
    names.push({ name: `bilag_${grade.toLowerCase()}`, unit: '1', meaning: `systems with a BILAG-like grade ${grade}` })
  return (row, into) => {
    for (let k = 0; k < cuts.length; k++) into[first + k] = 0
    for (let s = 0; s < levels.length; s++) {
      const level = row[levels[s] ?? -1] ?? NaN
      let k = 0
      while (k < cuts.length && !(level >= (row[cuts[k] ?? -1] ?? NaN))) k++
      if (Number.isNaN(level)) for (let c = 0; c < cuts.length; c++) into[first + c] = NaN
      else if (k < cuts.length) into[first + k] = (into[first + k] ?? NaN) + 1
    }
  }
}
