// A table of a page: a caption above, column heads, rows whose first cell heads them. Numbers stand with their decimal points below each other.

import { type Child, type Element, el } from './element.ts'

/** A column: its head, and what its cells are. A number column is of text set by `typesetNumber`. */
export interface Column {
  readonly head: string
  readonly kind: 'text' | 'name' | 'number'
}

export interface TableParts {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (Element | string)[])[]
  /** Heads over rows that belong together: each takes the next `size` rows. Without any, all rows stand in one body. */
  readonly groups?: readonly { readonly head: string; readonly size: number }[]
}

/** Draws a table in a box of its own that scrolls where the page is narrower. */
export function drawTable({ caption, columns, rows, groups }: TableParts): Element {
  const aligned = columns.map(({ kind }, j) => {
    const cells = rows.map((row) => row[j] ?? '')
    return kind === 'number' ? alignPoints(cells) : cells
  })
  const kindOf = (j: number): string | undefined => (columns[j]?.kind === 'text' ? undefined : columns[j]?.kind)
  const drawn = rows.map((_, i) =>
    el(
      'tr',
      {},
      aligned.map((cells, j) =>
        j === 0 ? el('th', { scope: 'row', class: kindOf(j) }, cells[i]) : el('td', { class: kindOf(j) }, cells[i]),
      ),
    ),
  )
  return el(
    'div',
    { class: 'table', role: 'group', 'aria-label': caption, tabindex: '0' },
    el(
      'table',
      {},
      el('caption', {}, caption),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          columns.map(({ head }, j) => el('th', { scope: 'col', class: kindOf(j) }, head)),
        ),
      ),
      groups ? drawGroups(groups, columns.length, drawn) : el('tbody', {}, drawn),
    ),
  )
}

/** Draws a body per group, headed by a cell over all columns. */
function drawGroups(groups: NonNullable<TableParts['groups']>, columns: number, rows: readonly Element[]): Child {
  return groups.map(({ head, size }, i) => {
    const start = groups.slice(0, i).reduce((sum, before) => sum + before.size, 0)
    const title = el('tr', { class: 'group' }, el('th', { scope: 'rowgroup', colspan: String(columns) }, head))
    return el('tbody', {}, title, rows.slice(start, start + size))
  })
}

const FIGURE_SPACE = '\u2007' // as wide as a digit
const PUNCTUATION_SPACE = '\u2008' // as wide as a point

/** Pads plain decimal numbers on the right, so that flush right their points meet. A column with powers of ten is left as it is. */
function alignPoints(cells: readonly (Element | string)[]): (Element | string)[] {
  const plain = cells.filter((cell): cell is string => typeof cell === 'string' && !cell.includes('×'))
  if (plain.length < cells.length) return [...cells]
  const tails = plain.map((cell) => cell.split('.')[1]?.length ?? 0)
  const longest = Math.max(...tails, 0)
  return plain.map((cell, i) => {
    const tail = tails[i] ?? 0
    return `${cell}${tail === 0 && longest > 0 ? PUNCTUATION_SPACE : ''}${FIGURE_SPACE.repeat(longest - tail)}`
  })
}
