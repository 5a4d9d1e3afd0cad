// Text for a terminal in lines of a width.

/** Breaks a text at blanks and indents each line; a word longer than a line stands alone. What could steer a terminal becomes a blank. */
export function wrapLines(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  for (const word of text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ').split(/ +/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(indent + word)
  }
  return lines.join('\n')
}

/** One or many: "1 claim", "3 claims". */
export const countOf = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
