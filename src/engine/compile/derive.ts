// Symbolic derivatives of expression nodes. A derivative that vanishes by structure is `undefined`, never a node that happens to be 0: the pattern of
// the Jacobian, and with it the cost of a step, follow from that.
import type { Builder } from '../ir/build.ts'
import type { Bool, Node, Num } from '../ir/nodes.ts'
import { inOrder, operands } from '../ir/walk.ts'

/**
 * Differentiates expressions by some of their leaves.
 * `min`, `max`, `abs` and `select` have the derivative of the branch taken; `floor` and conditions have none.
 * @returns for each leaf the derivatives, or undefined where one is 0 by structure
 */
export function derive(b: Builder, of: readonly Num[], by: readonly Num[]): (Num | undefined)[][] {
  const order = inOrder<Node>(of, operands)
  return by.map((leaf) => {
    const derivatives = new Map<Node, Num>([[leaf, b.constant(1)]])
    for (const node of order) {
      if (node === leaf) continue
      const d = deriveNode(b, node, (part) => derivatives.get(part))
      if (d) derivatives.set(node, d)
    }
    return of.map((root) => derivatives.get(root))
  })
}

type Derivatives = (part: Num) => Num | undefined

function deriveNode(b: Builder, node: Node, of: Derivatives): Num | undefined {
  switch (node.op) {
    case 'add':
      return sum(b, of(node.a), of(node.b))
    case 'sub':
      return difference(b, of(node.a), of(node.b))
    case 'mul':
      return sum(b, product(b, of(node.a), node.b), product(b, of(node.b), node.a))
    case 'div': {
      const [da, db] = [of(node.a), of(node.b)]
      const top = db && b.mul(node, db) // (a/b)' = (a' - (a/b) b')/b
      const numerator = difference(b, da, top)
      return numerator && b.div(numerator, node.b)
    }
    case 'neg':
      return negative(b, of(node.a))
    case 'sqrt': {
      const da = of(node.a)
      return da && b.div(da, b.mul(b.constant(2), node))
    }
    case 'abs':
      return choose(b, b.less(node.a, b.constant(0)), negative(b, of(node.a)), of(node.a))
    case 'min':
      return choose(b, b.less(node.b, node.a), of(node.b), of(node.a))
    case 'max':
      return choose(b, b.less(node.a, node.b), of(node.b), of(node.a))
    case 'select':
      return choose(b, node.test, of(node.a), of(node.b))
    case 'elementary':
      return deriveElementary(b, node, of)
    default:
      return undefined // leaves, floor, conditions
  }
}

function deriveElementary(b: Builder, node: Num & { op: 'elementary' }, of: Derivatives): Num | undefined {
  const [x, y] = node.args
  const dx = x && of(x)
  switch (node.name) {
    case 'exp':
      return product(b, dx, node)
    case 'log':
      return dx && x && b.div(dx, x)
    case 'sin':
      return x && product(b, dx, b.elementary('cos', x))
    case 'cos':
      return x && product(b, negative(b, dx), b.elementary('sin', x))
    case 'pow': {
      if (!x || !y) throw new Error('A power needs two operands')
      const dy = of(y)
      const byBase = dx && product(b, dx, b.mul(y, powerBelow(b, x, y, node)))
      const byExponent = dy && product(b, dy, b.mul(node, b.elementary('log', x)))
      return sum(b, byBase, byExponent)
    }
  }
}

// x^(y-1) as x^y / x, for a power costs as much as a hundred other operations; but not at x = 0, where Hill terms start: 0^(y-1) follows from y alone.
function powerBelow(b: Builder, x: Num, y: Num, power: Num): Num {
  const one = b.constant(1)
  const atZero = b.select(b.less(one, y), b.constant(0), b.select(b.less(y, one), b.constant(Infinity), one))
  return b.select(b.equal(x, b.constant(0)), atZero, b.div(power, x))
}

const isOne = (a: Num): boolean => a.op === 'constant' && a.value === 1

const sum = (b: Builder, x: Num | undefined, y: Num | undefined): Num | undefined => (x && y ? b.add(x, y) : (x ?? y))

const negative = (b: Builder, x: Num | undefined): Num | undefined => x && b.neg(x)

const difference = (b: Builder, x: Num | undefined, y: Num | undefined): Num | undefined =>
  x && y ? b.sub(x, y) : (x ?? negative(b, y))

const product = (b: Builder, d: Num | undefined, factor: Num): Num | undefined =>
  d && (isOne(d) ? factor : isOne(factor) ? d : b.mul(d, factor))

function choose(b: Builder, test: Bool, then: Num | undefined, otherwise: Num | undefined): Num | undefined {
  if (!then && !otherwise) return undefined
  return b.select(test, then ?? b.constant(0), otherwise ?? b.constant(0))
}
