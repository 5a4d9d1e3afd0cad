// Prints the tree of C as text. A float is written as JavaScript writes it, which a C compiler reads back as the same float.
import type { CExpression, CFunction, CStatement } from './tree.ts'

/** Prints functions that may call each other in any order. */
export const printFunctions = (functions: readonly CFunction[]): string =>
  [...functions.map((f) => `${head(f)};`), '', ...functions.map(printFunction)].join('\n')

const TYPES: Readonly<Record<string, string>> = { whole: 'long', memory: 'real *', arguments: 'const double *' }
const typeOf = (type: string): string => TYPES[type] ?? type

function head({ name, result, params }: CFunction): string {
  const list = params.map((param) => `${typeOf(param.type)} ${param.name}`).join(', ')
  return `static ${typeOf(result)} ${name}(${list})`
}

const printFunction = (f: CFunction): string => `${head(f)} {\n${printBody(f.body, '  ')}}\n`

const printBody = (body: readonly CStatement[], indent: string): string =>
  body.map((statement) => `${indent}${printStatement(statement, indent)}\n`).join('')

function printStatement(statement: CStatement, indent: string): string {
  const block = (body: readonly CStatement[]): string => `{\n${printBody(body, `${indent}  `)}${indent}}`
  switch (statement.c) {
    case 'constant':
      return `const ${typeOf(statement.type)} ${statement.name} = ${printExpression(statement.value)};`
    case 'variable':
      return `${typeOf(statement.type)} ${statement.name} = ${printExpression(statement.value)};`
    case 'set':
      return `${statement.name} = ${printExpression(statement.value)};`
    case 'do':
      return `${printExpression(statement.call)};`
    case 'if':
      return `if (${printExpression(statement.test)}) ${block(statement.then)}`
    case 'count': {
      const { counter, times, body } = statement
      return `for (long ${counter} = 0; ${counter} < ${times}; ${counter}++) ${block(body)}`
    }
    case 'forever':
      return `for (;;) ${block(statement.body)}`
    case 'leave':
      return `if (${printExpression(statement.test)}) break;`
    case 'return':
      return `return ${printExpression(statement.value)};`
  }
}

function printExpression(e: CExpression): string {
  switch (e.c) {
    case 'name':
      return e.name
    case 'whole':
      return String(e.value)
    case 'real':
      return `number(${printNumber(e.value)})`
    case 'negative':
      return `-${printExpression(e.a)}`
    case 'binary':
      return `${printExpression(e.a)} ${e.sign} ${printExpression(e.b)}`
    case 'call':
      return `${e.name}(${e.args.map(printExpression).join(', ')})`
  }
}

function printNumber(value: number): string {
  if (Number.isNaN(value)) return 'NAN'
  if (Math.abs(value) === Infinity) return value < 0 ? '-INFINITY' : 'INFINITY'
  const text = Object.is(value, -0) ? '-0' : String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}
