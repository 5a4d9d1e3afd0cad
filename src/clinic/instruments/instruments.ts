// Every instrument, and those that are asked for and cannot be had.
import { bicla } from './bicla.ts'
import { bilagNumeric } from './bilag-numeric.ts'
import { ckdEpi, ckdEpiCystatin } from './ckd-epi.ts'
import { ctcae5, ctcae6 } from './ctcae.ts'
import { doris } from './doris.ts'
import { eularAcr2019 } from './eular-acr-2019.ts'
import { facitFatigue } from './facit-fatigue.ts'
import { hctCi } from './hct-ci.ts'
import type { Instrument } from './instrument.ts'
import { isnRps } from './isn-rps.ts'
import { lldas } from './lldas.ts'
import { globalAssessment } from './pga.ts'
import { crr, perr } from './renal-bliss.ts'
import { renalEular } from './renal-eular.ts'
import { renalKdigo } from './renal-kdigo.ts'
import { s2kRi50 } from './s2k-ri-50.ts'
import { sdi } from './sdi.ts'
import { selenaFlare } from './selena-flare.ts'
import { clinicalSledai, sledai } from './sledai.ts'
import { slicc2012 } from './slicc-2012.ts'
import { sri } from './sri.ts'

/** Activity, response, kidney, damage, classification, harm and what patients say. */
export const INSTRUMENTS: readonly Instrument[] = [
  sledai,
  clinicalSledai,
  s2kRi50,
  selenaFlare,
  globalAssessment,
  bilagNumeric,
  sri,
  bicla,
  lldas,
  doris,
  ckdEpi,
  ckdEpiCystatin,
  renalEular,
  renalKdigo,
  perr,
  crr,
  isnRps,
  sdi,
  eularAcr2019,
  slicc2012,
  ctcae5,
  ctcae6,
  hctCi,
  facitFatigue,
]

/** What people ask for, and why it is not here. */
export interface Absent {
  readonly name: string
  readonly label: string
  readonly why: string
}

export const ABSENT: readonly Absent[] = [
  {
    name: 'sle-das',
    label: 'SLE-DAS',
    why: 'its 17 items are public and its regression weights were not obtained; the authors keep a calculator at sle-das.eu',
  },
  {
    name: 'lumos',
    label: 'LuMOS',
    why: 'its coefficients were read, but not the units of anti-dsDNA, C3 and C4 nor what counts as worse and better in BILAG, without which they mean nothing',
  },
  {
    name: 'bilag-2004',
    label: 'BILAG-2004 from items',
    why: 'how its 97 items make grades was not obtained: enter the grades and use bilag-numeric, sri or bicla',
  },
]
