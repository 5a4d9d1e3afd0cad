// A table for a terminal: columns aligned by what signs take on the screen, numbers flush right. A cell cannot break its line or steer the terminal.

import { formatNumber } from './format-number.ts'

/** A cell: a text, or a number that is printed to four digits. */
export type Cell = string | number | null

const GAP = '  '

/** Prints a table. A column in which every cell is a number, or a text that begins with one and a bracket, stands flush right. */
export function terminalTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const body = rows.map((row) => head.map((_, j) => printCell(row[j] ?? null)))
  const heads = head.map(printCell)
  const columns = heads.map((_, j) => {
    const cells = body.map((row) => row[j] ?? '')
    const width = Math.max(...[heads[j] ?? '', ...cells].map(widthOf))
    return { width, right: cells.length > 0 && cells.every((cell) => NUMBER.test(cell)) }
  })
  const print = (cells: readonly string[]): string =>
    cells
      .map((cell, j) => {
        const { width = 0, right = false } = columns[j] ?? {}
        const blank = ' '.repeat(width - widthOf(cell))
        return right ? blank + cell : cell + blank
      })
      .join(GAP)
      .trimEnd()
  const rule = columns.map(({ width }) => '─'.repeat(width)).join(GAP)
  return [print(heads), rule, ...body.map(print)].join('\n')
}

const NUMBER = /^(?:–|[-−+]?\d+(?:\.\d+)?(?:e-?\d+)?(?: \(.*\))?)$/

const printCell = (cell: Cell): string =>
  typeof cell === 'string' ? cell.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ') : formatNumber(cell)

// What takes two cells of a terminal: the wide and full-width signs of East Asia, and emoji. What takes none: marks that combine, and joiners.
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u
const NONE = /\p{Mn}|\p{Me}|\p{Cf}/u

/** How many cells of a terminal a text takes. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (NONE.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1), 0)
