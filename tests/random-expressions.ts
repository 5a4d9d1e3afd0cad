// Random expressions for laws: plain lists of operations, each on operands chosen among the results before it, so that fast-check can shrink them and
// any arithmetic can compute them.
import fc from 'fast-check'
import type { Meaning } from '../src/engine/compile/lower.ts'

const UNARY = ['neg', 'abs', 'sqrt', 'floor'] as const
const BINARY = ['add', 'sub', 'mul', 'div', 'min', 'max'] as const
const ELEMENTARY = ['exp', 'log', 'sin', 'cos', 'pow'] as const
const TRUTHS = ['less', 'lessEqual', 'equal', 'and', 'or', 'not'] as const

const choice = fc.nat({ max: 1000 })
const operation = fc.record({
  op: fc.constantFrom('constant', 'select', ...UNARY, ...BINARY, ...BINARY, ...ELEMENTARY, ...TRUTHS),
  a: choice,
  b: choice,
  c: choice,
  value: fc.double({ min: -3, max: 3, noNaN: true }),
})

export type Operations = readonly (typeof operation extends fc.Arbitrary<infer T> ? T : never)[]

/** Lists of operations; the last result is the expression. */
export const operations = (most: number): fc.Arbitrary<Operations> =>
  fc.array(operation, { minLength: 1, maxLength: most })

/** Computes all numbers of a list of operations in an arithmetic. @param leaves what there is before the first operation */
export function compute<N, B>(m: Meaning<N, B>, list: Operations, leaves: readonly N[]): N[] {
  const nums = [...leaves]
  const bools = [m.less(m.constant(0), nums[0] as N)]
  for (const { op, a, b, c, value } of list) {
    const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T
    const [x, y] = [pick(nums, a), pick(nums, b)]
    const [s, t] = [pick(bools, b), pick(bools, c)]
    switch (op) {
      case 'constant':
        nums.push(m.constant(value))
        break
      case 'select':
        nums.push(m.select(t, x, y))
        break
      case 'neg':
      case 'abs':
      case 'sqrt':
      case 'floor':
        nums.push(m[op](x))
        break
      case 'pow':
        nums.push(m.elementary(op, x, y))
        break
      case 'exp':
      case 'log':
      case 'sin':
      case 'cos':
        nums.push(m.elementary(op, x))
        break
      case 'not':
        bools.push(m.not(s))
        break
      case 'and':
      case 'or':
        bools.push(m[op](s, t))
        break
      case 'less':
      case 'lessEqual':
      case 'equal':
        bools.push(m[op](x, y))
        break
      default:
        nums.push(m[op](x, y))
    }
  }
  return nums
}
