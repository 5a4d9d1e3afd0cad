// What was printed of a trial, row by row.
import type { Place } from '#base'
import type { Use } from './result.ts'

interface Row {
  readonly id: string
  readonly use: Use | undefined
  readonly locator: string
  /** Computed by us from other rows. */
  readonly derived: boolean
  /** What was printed, in the words of a table. */
  readonly printed: string
  readonly n: number | undefined
  readonly places: {
    readonly id: Place
    readonly endpoint: Place
    readonly month: Place
    /** Of the arm, or of both. */
    readonly arms: readonly Place[]
  }
}

interface Asked extends Row {
  /** The endpoint's own label if none. */
  readonly label: string | undefined
  readonly endpoint: string
  readonly month: number
}

export interface MeanRow extends Asked {
  readonly kind: 'mean'
  readonly arm: string
  readonly mean: number
  readonly sd: number | undefined
}

export interface ShareRow extends Asked {
  readonly kind: 'share'
  readonly arm: string
  readonly events: number
  readonly n: number
}

/** The first arm minus the second. */
export interface DifferenceRow extends Asked {
  readonly kind: 'difference'
  readonly arms: readonly [string, string]
  readonly difference: number
  /** 95 %. */
  readonly interval: readonly [number, number] | undefined
}

/** A statement about the course of a mean. */
export interface DirectionRow extends Asked {
  readonly kind: 'direction'
  readonly arm: string
  /** Of the mean since entry, or (peak, nadir) against every other visit. */
  readonly direction: 'decrease' | 'increase' | 'peak' | 'nadir' | undefined
  /** Whether a paired t test against entry had p < 0.05; undefined if not said. */
  readonly significant: boolean | undefined
}

/** Something that the model does not have. */
export interface AbsentRow extends Row {
  readonly kind: 'absent'
  readonly arm: string
  readonly month: number | undefined
  readonly label: string
  readonly unit: string
  readonly value: number | null
  readonly notModelled: string
}

export type ModelledRow = MeanRow | ShareRow | DifferenceRow | DirectionRow
export type PublishedRow = ModelledRow | AbsentRow

export interface Published {
  readonly file: string
  readonly name: string
  readonly source: string
  /** Where its name stands. */
  readonly place: Place
  readonly rows: readonly PublishedRow[]
}
