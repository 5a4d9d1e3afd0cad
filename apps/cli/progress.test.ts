import { afterEach, expect, test, vi } from 'vitest'
import { type ProgressStyle, showProgress } from './progress.ts'

let said: string[] = []
let clockMs = 0
const unitOf = (phase: string | undefined): string => (phase === 'pool' ? 'patients' : 'replicates')

function show(style: ProgressStyle): ReturnType<typeof showProgress> {
  said = []
  clockMs = 0
  vi.spyOn(performance, 'now').mockImplementation(() => clockMs)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  return showProgress('trial', unitOf, style)
}

afterEach(() => vi.restoreAllMocks())

test('tells phase, rate and time left; what was done before a phase began is no part of its rate', () => {
  const { step } = show('json')
  step({ done: 40, total: 100, what: 'pool' })
  clockMs = 2000
  step({ done: 60, total: 100, what: 'pool' })
  clockMs = 3000
  step({ done: 0, total: 50, what: 'replicates' })
  clockMs = 4000
  step({ done: 50, total: 50, what: 'replicates' })
  expect(said.map((line) => JSON.parse(line))).toMatchObject([
    { what: 'trial', phase: 'pool', unit: 'patients', done: 40, total: 100, rate: 0 },
    { phase: 'pool', done: 60, rate: 10, seconds: 2, secondsLeft: 4 },
    { phase: 'replicates', unit: 'replicates', done: 0, total: 50, rate: 0 },
    { phase: 'replicates', done: 50, rate: 50, secondsLeft: 0 },
  ])
})

test('a bar says in words what it counts and how long it takes, and goes away', () => {
  const { step, done } = show('bar')
  step({ done: 0, total: 100, what: 'pool' })
  clockMs = 10_000
  step({ done: 4, total: 100, what: 'pool' })
  done()
  expect(said).toEqual([
    `\r\u001b[Ktrial · pool  ${'╌'.repeat(28)} 0/100 patients  0.0/s`,
    `\r\u001b[Ktrial · pool  ━${'╌'.repeat(27)} 4/100 patients  0.4/s  4 min left`,
    '\r\u001b[K',
  ])
})

test('draws no more often than an eye can follow, and nothing at all where nobody looks', () => {
  const { step } = show('bar')
  for (clockMs = 0; clockMs < 100; clockMs++) step({ done: clockMs, total: 1000 })
  expect(said.length).toBe(2)
  const quiet = show('none')
  quiet.step({ done: 1, total: 1 })
  quiet.done()
  expect(said).toEqual([])
})
