// The guide page of each instrument, from the record that scores by it: what it says there is what is done. A worked example is worked here.
import { ABSENT, type Column, explain, explainParts, type Instrument, INSTRUMENTS, standardSettings } from '#clinic'

export const INSTRUMENT_PAGES = 'docs/instruments/generated/'

const MADE = '<!-- made by tools/instrument-pages.ts from src/clinic/instruments -->'

/** Prints every page, by its file name. */
export function printInstrumentPages(): ReadonlyMap<string, string> {
  return new Map([
    ['index.md', printIndex()],
    ...INSTRUMENTS.map((one): [string, string] => [`${one.name}.md`, printPage(one)]),
  ])
}

const KINDS = { score: 'a score', 'yes or no': 'yes or no', class: 'a class' } as const

function printIndex(): string {
  const rows = INSTRUMENTS.map(({ name, label, kind, unit }) => [
    `[${name}](${name}.md)`,
    label,
    unit === '1' ? KINDS[kind] : `${KINDS[kind]} in ${unit}`,
  ])
  const absent = ABSENT.map(({ label, why }) => `- **${label}**: ${why}.`)
  return page([
    MADE,
    '# Instruments',
    'Each page says what an instrument asks, where that was read, and when not to use it. How a table should look: [tables](../tables.md).',
    table(['name', 'instrument', 'says'], rows),
    '## Not here',
    absent.join('\n'),
  ])
}

function printPage(instrument: Instrument): string {
  const { name, label, kind, unit, sources, definition, params, needs, whenNotToUse, unconfirmed } = instrument
  return page([
    MADE,
    `# ${label}`,
    `    imago score ${name} TABLE.csv`,
    `It says ${KINDS[kind]}${unit === '1' ? '' : ` in ${unit}`}.`,
    '## Definition',
    definition,
    unconfirmed === undefined ? '' : `**Not confirmed:** ${unconfirmed}. Every result says so.`,
    '## Sources',
    sources.map(({ key, locator }) => `- \`@${key}\`: ${locator}`).join('\n'),
    ...(params.length === 0
      ? []
      : [
          '## Variants',
          table(
            ['set', 'to', 'if not said', 'meaning'],
            params.map((one) => [`\`${one.name}\``, one.allowed.join(', '), one.standard, one.meaning]),
          ),
        ]),
    '## When not to use it',
    whenNotToUse,
    '## A worked example',
    ...workedExample(instrument),
    '## Columns',
    'A table needs those that it has: what is not said leaves the verdict open, with the range of what is possible. Yes and no can be written as yes, no, true, false, 1, 0, present or absent.',
    table(
      ['column', 'also', 'holds', 'meaning'],
      needs.map((column) => [
        `\`${column.name}\``,
        column.aliases.map((alias) => `\`${alias}\``).join(' '),
        holds(column),
        column.meaning,
      ]),
    ),
  ])
}

function workedExample(instrument: Instrument): string[] {
  const { example, needs, name } = instrument
  const verdict = instrument.compute(example.found, { ...standardSettings(instrument), ...example.settings })
  const set = Object.entries(example.settings ?? {}).map(([key, value]) => ` --set ${key}=${value}`)
  const said = needs.filter((column) => example.found[column.name] !== undefined)
  const spoken = said.filter((column) => example.found[column.name] !== false)
  const denied = said.length - spoken.length
  const rows = spoken.map((column) => [
    headOf(column),
    String(example.found[column.name] === true ? 'yes' : example.found[column.name]),
  ])
  return [
    example.about,
    table(['column', 'value'], rows),
    denied > 0 ? `${denied} other column${denied === 1 ? ' says' : 's say'} no.` : '',
    `\`imago score ${name}${set.join('')}\` says:`,
    `> ${explain(instrument, verdict)}`,
    ['```', ...explainParts(verdict), '```'].join('\n'),
  ]
}

const headOf = (column: Column): string =>
  column.kind === 'number' && column.unit !== '1' && !column.bare ? `${column.name} [${column.unit}]` : column.name

function holds(column: Column): string {
  if (column.kind === 'truth') return 'yes or no'
  if (column.kind === 'word') return column.words.join(', ')
  const { unit, least, most, bare } = column
  return unit === '1' ? `${least} to ${most}` : `${unit}${bare ? ', which need not be said' : ''}, ${least} to ${most}`
}

const cell = (text: string): string => text.replaceAll('|', '\\|')
const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')

const page = (blocks: readonly string[]): string => `${blocks.filter((block) => block !== '').join('\n\n')}\n`
