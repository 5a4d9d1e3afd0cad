// Shows how far a run is, on stderr: a bar for people, one JSON object a line for programs, nothing where nobody looks.
import type { Step } from '#lab'

export type ProgressStyle = 'bar' | 'json' | 'none'

const WIDTH = 28
const EVERY_MS = 80

/** The style to use when nobody says: a bar if stderr is a terminal. */
export const defaultStyle = (): ProgressStyle => (process.stderr.isTTY ? 'bar' : 'none')

/** Starts showing; call the result with each step and `done` at the end. */
export function showProgress(
  what: string,
  unit: string,
  style: ProgressStyle,
): { step: (s: Step) => void; done: () => void } {
  const started = performance.now()
  let last = -Infinity
  const step = ({ done, total }: Step): void => {
    const now = performance.now()
    if (style === 'none' || (done < total && now - last < EVERY_MS)) return
    last = now
    const seconds = (now - started) / 1000
    const rate = done / Math.max(seconds, 1e-3)
    const left = done > 0 ? (total - done) / rate : undefined
    if (style === 'json')
      process.stderr.write(
        `${JSON.stringify({ what, unit, done, total, seconds, ...(left !== undefined && { secondsLeft: left }) })}\n`,
      )
    else
      process.stderr.write(
        `\r\u001b[K${what}  ${bar(done / Math.max(total, 1))} ${done}/${total} ${unit}  ${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s${left === undefined || done === total ? '' : `  ${left.toFixed(0)} s left`}`,
      )
  }
  return { step, done: () => void (style === 'bar' && process.stderr.write('\r\u001b[K')) }
}

function bar(share: number): string {
  const full = Math.round(share * WIDTH)
  return `${'━'.repeat(full)}${'╌'.repeat(WIDTH - full)}`
}
