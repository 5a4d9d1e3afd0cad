import { expect, test } from 'vitest'
import { modelOf } from '../../../tests/models.ts'
import { noSteadyState, noSuperposition } from './superposition.ts'

const model = (der: string, start = '0 [mg]') =>
  modelOf(`model test "test"
time [h]
param k = 1 [1/h] "rate" @assumed "test"
param m = 1 [mg] "scale" @assumed "test"
input w = 1 [1] "covariate" @assumed "test"
state A = ${start}
state B = 0 [mg]
let flow = k*w*(A - B)
der A = ${der}
der B = flow
`)

test.each(['-flow', '-k*A/w', 'if w > 2 then -k*A else -2*k*A', '-sqrt(w)*k*A + 0', '-exp(-w)*(flow + k*B)'])(
  '%s adds up',
  (der) => {
    expect(noSuperposition(model(der))).toBeUndefined()
  },
)

test.each([
  '-k*A + k*m',
  '-k*A*A/m',
  '-k*m*A/(m + A)',
  '-k*min(A, m)',
  'if A > m then -k*A else 0*k*A',
  '-k*sqrt(A*A)',
  '-k*A^1.5/m^0.5',
])('%s does not', (der) => {
  expect(noSuperposition(model(der))).toContain('"A" is not linear')
})

test('a start above 0 does not', () => {
  expect(noSuperposition(model('-flow', 'm'))).toContain('"A" does not start at 0')
})

test('what reads the time has no steady state', () => {
  expect(noSteadyState(model('-flow'))).toBeUndefined()
  expect(noSteadyState(model('-flow*(time/(1 [h]))'))).toContain('"A" reads the time')
})
