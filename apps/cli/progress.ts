// Shows how far a run is, on stderr: a bar for people, one JSON object a line for programs, nothing where nobody looks.
import type { Step } from '#lab'

export type ProgressStyle = 'bar' | 'json' | 'none'

const WIDTH = 28
const EVERY_MS = 80
const LONG = 120 // seconds; above, minutes are enough

/** The style to use when nobody says: a bar if stderr is a terminal. */
export const defaultStyle = (): ProgressStyle => (process.stderr.isTTY ? 'bar' : 'none')

/** Where one phase of a run began: what was done before it (kept from an earlier run) is no part of its rate. */
interface Phase {
  readonly what: string | undefined
  readonly sinceMs: number
  readonly doneBefore: number
}

/**
 * Starts showing; call the result with each step and `done` at the end.
 * @param unitOf what the steps of a phase count
 */
export function showProgress(
  name: string,
  unitOf: (phase: string | undefined) => string,
  style: ProgressStyle,
): { step: (s: Step) => void; done: () => void } {
  const started = performance.now()
  let phase: Phase | undefined
  let lastMs = -Infinity
  const step = ({ done, total, what }: Step): void => {
    const now = performance.now()
    if (!phase || phase.what !== what) {
      phase = { what, sinceMs: now, doneBefore: done }
      lastMs = -Infinity
    }
    if (style === 'none' || (done < total && now - lastMs < EVERY_MS)) return
    lastMs = now
    const rate = (done - phase.doneBefore) / Math.max((now - phase.sinceMs) / 1000, 1e-3)
    const secondsLeft = rate > 0 ? (total - done) / rate : undefined
    const unit = unitOf(what)
    const shown = { what: name, phase: what, unit, done, total, rate, seconds: (now - started) / 1000, secondsLeft }
    process.stderr.write(style === 'json' ? `${JSON.stringify(shown)}\n` : `\r\u001b[K${line(shown)}`)
  }
  return { step, done: () => void (style === 'bar' && process.stderr.write('\r\u001b[K')) }
}

interface Shown {
  readonly what: string
  readonly phase: string | undefined
  readonly unit: string
  readonly done: number
  readonly total: number
  /** Per second. */
  readonly rate: number
  readonly secondsLeft: number | undefined
}

function line({ what, phase, unit, done, total, rate, secondsLeft }: Shown): string {
  const title = phase === undefined ? what : `${what} · ${phase}`
  const left = secondsLeft === undefined || done === total ? '' : `  ${spell(secondsLeft)} left`
  return `${title}  ${bar(done / Math.max(total, 1))} ${done}/${total} ${unit}  ${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s${left}`
}

const spell = (seconds: number): string =>
  seconds < LONG ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(0)} min`

function bar(share: number): string {
  const full = Math.round(share * WIDTH)
  return `${'━'.repeat(full)}${'╌'.repeat(WIDTH - full)}`
}
