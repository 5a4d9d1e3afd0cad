// Invariants 4, 6 and 7: under src no world, no clock, no chance, no locale, no hidden state, and no mathematics that
// differs from one machine to the next. Tests are free; the compiler (lib ES2024, no types) catches some of it too.
import type { Problem } from '#base'
import type { Directive, Node, Statement } from 'oxc-parser'
import { fault, type Hanging, isTest, type Source, walk } from './source.ts'

const ROUNDED_ALIKE = ['abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'sign', 'sqrt', 'trunc']
const CLOCKS = ['Date', 'performance', 'Temporal']
const WORLD = [
  'Buffer',
  'console',
  'crypto',
  'eval',
  'fetch',
  'globalThis',
  'process',
  'queueMicrotask',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout',
]

const HOST = 'only apps touch the world: take what is needed as an argument (a Host, an AbortSignal, onProgress)'

/** Checks that a file under src computes and does nothing else. */
export function checkPurity(source: Source): Problem[] {
  if (!source.path.startsWith('src/') || isTest(source.path)) return []
  return [
    ...Array.from(walk(source.program)).flatMap((hanging) => checkNode(source, hanging)),
    ...checkStanding(source),
  ]
}

function checkNode(source: Source, hanging: Hanging): Problem[] {
  const { node, parent } = hanging
  const refuse = (code: string, message: string, help: string) => [fault(source, node, code, message, help)]
  if (node.type === 'MetaProperty' && node.meta.name === 'import')
    return refuse('no-world', '"import.meta" tells where the code lies.', HOST)
  if (
    (node.type === 'BinaryExpression' && node.operator === '**') ||
    (node.type === 'AssignmentExpression' && node.operator === '**=')
  )
    return refuse('math-of-base', '"**" may differ in its last bit between machines.', 'multiply, or use pow of #base')
  if (node.type !== 'Identifier') return []
  if (isPropertyName(hanging)) {
    const dotted = parent?.type === 'MemberExpression'
    return dotted && /^toLocale|^localeCompare$/.test(node.name)
      ? refuse(
          'no-locale',
          `"${node.name}" prints or sorts by the habits of one machine.`,
          'print numbers with String or toFixed, compare text with <',
        )
      : []
  }
  if (node.name === 'Intl')
    return refuse('no-locale', '"Intl" prints by the habits of one machine.', 'print numbers with String or toFixed')
  if (node.name === 'Math') return checkMath(source, hanging)
  if (CLOCKS.includes(node.name))
    return refuse('no-clock', `"${node.name}" reads the clock: the same input would give another output.`, HOST)
  if (WORLD.includes(node.name)) return refuse('no-world', `"${node.name}" belongs to the world outside.`, HOST)
  return []
}

function checkMath(source: Source, { node, parent }: Hanging): Problem[] {
  const member = parent?.type === 'MemberExpression' && parent.object === node && !parent.computed ? parent : undefined
  const name = member?.property.type === 'Identifier' ? member.property.name : undefined
  if (name === 'random')
    return [
      fault(
        source,
        member ?? node,
        'no-chance',
        '"Math.random" cannot be repeated.',
        'draw addressed random numbers: uniform, normal of #base',
      ),
    ]
  if (name !== undefined && ROUNDED_ALIKE.includes(name)) return []
  const shown = name === undefined ? 'Math as a value' : `"Math.${name}"`
  return [
    fault(
      source,
      member ?? node,
      'math-of-base',
      `${shown} is not fixed to the last bit by IEEE 754.`,
      `use #base (base/elementary); of Math only ${ROUNDED_ALIKE.join(', ')}`,
    ),
  ]
}

/** Tells whether an identifier only names a property or the other side of an import: it then refers to no variable here. */
function isPropertyName({ parent, part }: Hanging): boolean {
  if (parent === undefined) return false
  if (part === 'imported' || part === 'exported') return true
  if (parent.type === 'TSQualifiedName') return part === 'right'
  return (part === 'key' || part === 'property') && !('computed' in parent && parent.computed)
}

/** Checks what happens while a module loads: it may declare, and do nothing (invariant 1: no registry filled at import time). */
function checkStanding(source: Source): Problem[] {
  return source.program.body.flatMap((statement) => {
    const reason = standing(statement)
    return reason
      ? [
          fault(
            source,
            statement,
            'no-state',
            reason,
            'declare constants; let a function make what changes, and pass it along',
          ),
        ]
      : []
  })
}

function standing(statement: Directive | Statement): string | undefined {
  const inner: Node =
    statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement
  if (inner.type !== 'VariableDeclaration') {
    const declares = /^(Import|Export|TS)|^(Function|Class)Declaration$/.test(inner.type)
    return declares ? undefined : 'This runs when the module is imported.'
  }
  if (inner.declare) return undefined
  if (inner.kind !== 'const') return `"${inner.kind}" at the top of a module is state shared by all who import it.`
  const empty = inner.declarations.some(({ init }) => init?.type === 'NewExpression' && init.arguments.length === 0)
  return empty
    ? 'An empty container at the top of a module is there to be filled: state shared by all who import it.'
    : undefined
}
