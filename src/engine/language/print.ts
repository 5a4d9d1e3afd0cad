// Syntax tree back to text, in one canonical layout. The law that the tests hold: reading what is printed gives the tree that was printed.
import {
  type Action,
  type Expression,
  type Index,
  type Limit,
  type ModelFile,
  operandsOf,
  type Prior,
  type Quantity,
  type Source,
  type Statement,
  type UnitText,
} from './tree.ts'

/** Prints a whole file, one statement a line. */
export const printModel = (model: ModelFile): string =>
  model.statements.map((s, i) => `${s.gap && i > 0 ? '\n' : ''}${printStatement(s)}\n`).join('')

const unit = (u: UnitText | undefined): string => (u === undefined ? '' : ` [${u.text}]`)
const quoted = (text: string | undefined): string => (text === undefined ? '' : ` "${text}"`)
const quantity = (q: Quantity): string => `${q.value}${unit(q.unit)}`
const source = (s: Source | undefined): string => (s === undefined ? '' : ` @${s.key}${quoted(s.locator)}`)

/** Prints one statement, without the newline. */
export function printStatement(s: Statement): string {
  switch (s.kind) {
    case 'comment':
      return `#${s.text}`
    case 'model':
      return `model ${s.name.text}${quoted(s.title)}`
    case 'time':
      return `time [${s.unit.text}]`
    case 'use':
      return `use ${s.names.map((n) => n.text).join(', ')}`
    case 'needs':
      return `needs ${s.name.text}${s.alone === undefined ? '' : ` = ${s.alone}`}${unit(s.unit)}${quoted(s.meaning)}`
    case 'input':
    case 'param':
      return `${s.kind} ${s.name.text} = ${s.value}${unit(s.unit)}${printPrior(s.prior)}${quoted(s.meaning)}${source(s.source)}`
    case 'let':
    case 'provides':
    case 'conserved':
      return `${s.kind} ${s.name.text} = ${printBefore(s.value, s.unit)}${quoted(s.meaning)}`
    case 'function':
      return `function ${s.name.text}(${s.args.map((a) => a.name.text + unit(a.unit)).join(', ')}) = ${printExpression(s.value)}`
    case 'table': {
      const points = s.points.map(([x, y]) => `(${x}, ${y})`).join(' ')
      return `table ${s.name.text}(${s.arg.name.text}${unit(s.arg.unit)}) = ${points}${unit(s.unit)} ${s.between} ${s.outside}${quoted(s.meaning)}${source(s.source)}`
    }
    case 'state': {
      const size = s.size === undefined ? '' : `[1..${s.size}]`
      const tolerance = s.tolerance === undefined ? '' : ` tolerance ${s.tolerance}`
      return `state ${s.name.text}${size} = ${printBefore(s.start, s.unit)}${tolerance}${quoted(s.meaning)}`
    }
    case 'der': {
      const r = s.range
      const range = r === undefined ? '' : 'index' in r ? `[${r.index}]` : `[${r.counter}=${r.from}..${r.to}]`
      return `der ${s.name.text}${range} = ${printExpression(s.value)}`
    }
    case 'run':
      return `run ${quantity(s.until)} every ${quantity(s.every)}${printGiven(s.given)}`
    case 'expect': {
      const head =
        s.at === undefined ? `steady ${printExpression(s.value)}` : `${printExpression(s.value)} at ${quantity(s.at)}`
      return `expect ${head} = ${printExpression(s.equals)} within ${printLimit(s.limit)}${printGiven(s.given)}`
    }
  }
}

// A unit behind a bare number would be read as the number's own.
function printBefore(e: Expression, u: UnitText | undefined): string {
  const text = printExpression(e)
  const bare = u !== undefined && !/[)\]]$/.test(text) && lastOf(e).kind === 'number'
  return (bare ? `(${text})` : text) + unit(u)
}

function lastOf(e: Expression): Expression {
  const last = operandsOf(e).at(-1)
  return last ? lastOf(last) : e
}

function printPrior(prior: Prior | undefined): string {
  if (prior === undefined) return ''
  if (prior.family === 'uniform') return ` uniform from ${prior.from} to ${prior.to}`
  if (prior.family === 'lognormal' && prior.cv !== undefined) return ` lognormal cv ${prior.cv}%`
  return ` ${prior.family} sd ${prior.sd}`
}

const printLimit = (limit: Limit): string =>
  limit.kind === 'percent' ? `${limit.percent}%` : `${limit.value} [${limit.unit.text}]`

const printGiven = (given: readonly Action[]): string =>
  given.length === 0 ? '' : ` given ${given.map(printAction).join(', ')}`

/** Prints one dose, set or reset, as `given` and the command line take it. */
export function printAction(a: Action): string {
  const at = a.at === undefined ? '' : ` at ${quantity(a.at)}`
  if (a.kind === 'set') return `set ${a.name.text} = ${printExpression(a.value)}${at}`
  const index = a.index === undefined ? '' : `[${printIndex(a.index)}]`
  if (a.kind === 'reset') return `reset ${a.name.text}${index} = ${printExpression(a.value)}${at}`
  const every = a.every === undefined ? '' : ` every ${quantity(a.every)} times ${a.times ?? 1}`
  const over = a.over === undefined ? '' : ` over ${quantity(a.over)}`
  return `dose ${printExpression(a.amount)} into ${a.into.text}${index}${at}${every}${over}`
}

function printIndex({ counter, offset }: Index): string {
  if (counter === undefined) return String(offset)
  return offset === 0 ? counter : `${counter} ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`
}

// Binding strength, loosest first; `if` reaches as far right as it can, so anywhere inside an operator it stands in parentheses.
const STRENGTH = {
  if: 0,
  or: 1,
  and: 2,
  not: 3,
  compare: 4,
  convert: 5,
  sum: 6,
  product: 7,
  negate: 8,
  power: 9,
  atom: 10,
} as const

function strength(e: Expression): number {
  switch (e.kind) {
    case 'if':
    case 'not':
    case 'convert':
    case 'negate':
      return STRENGTH[e.kind]
    case 'binary':
      return operatorStrength(e.operator)
    default:
      return STRENGTH.atom
  }
}

function operatorStrength(operator: string): number {
  if (operator === 'or' || operator === 'and') return STRENGTH[operator]
  if (operator === '+' || operator === '-') return STRENGTH.sum
  if (operator === '*' || operator === '/') return STRENGTH.product
  return operator === '^' ? STRENGTH.power : STRENGTH.compare
}

/** Prints an expression with the fewest parentheses that keep its tree. */
export function printExpression(e: Expression): string {
  const at = (child: Expression, least: number): string =>
    strength(child) < least ? `(${printExpression(child)})` : printExpression(child)
  switch (e.kind) {
    case 'number':
      return `${e.value}${unit(e.unit)}`
    case 'name':
      return e.name
    case 'element':
      return `${e.name}[${printIndex(e.index)}]`
    case 'call':
      return `${e.name}(${e.args.map(printExpression).join(', ')})`
    case 'negate':
      return `-${at(e.a, STRENGTH.negate)}`
    case 'not':
      return `not ${at(e.a, STRENGTH.not)}`
    case 'convert':
      return `${at(e.a, STRENGTH.sum)} in [${e.unit.text}]`
    case 'if':
      return `if ${printExpression(e.test)} then ${printExpression(e.then)} else ${printExpression(e.otherwise)}`
    case 'binary': {
      const own = operatorStrength(e.operator)
      // the left side may be as strong for the left-associative operators; comparisons do not chain; `^` takes a power-free base and any signed exponent
      const left = own === STRENGTH.compare || own === STRENGTH.power ? own + 1 : own
      const right = own === STRENGTH.power ? STRENGTH.negate : own + 1
      const gap = own >= STRENGTH.product ? '' : ' '
      return `${at(e.a, left)}${gap}${e.operator}${gap}${at(e.b, right)}`
    }
  }
}
