// Every instrument, and those that are asked for and cannot be had.
import { ckdEpi, ckdEpiCystatin } from './ckd-epi.ts'
import { doris } from './doris.ts'
import type { Instrument } from './instrument.ts'
import { lldas } from './lldas.ts'
import { clinicalSledai, sledai } from './sledai.ts'
import { sri } from './sri.ts'

export const INSTRUMENTS: readonly Instrument[] = [
  ...[sledai, clinicalSledai, sri, lldas, doris, ckdEpi, ckdEpiCystatin],
]
