// What a reader sees of a page: markup becomes blanks of the same length, so that every place in the text stays its place in the file.
// Not a parser of HTML: it is enough to find sentences, and it never fails.
import { BREAK, FILLER } from './words.ts'

const INLINE = new Set(
  'a abbr b big cite code em font i img input label mark s small span strong sub sup u wbr'.split(' '),
)
const HIDDEN = /<(script|style|noscript|template|svg|head)\b[^>]*>[^]*?<\/\1\s*>|<!--[^]*?-->/gi
const TAG = /<\/?([a-z][a-z0-9]*)\b[^<>]{0,5000}>|<![^<>]{0,500}>/gi
const ENTITY = /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,8}));/gi
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  bull: '•',
  gt: '>',
  hellip: '…',
  ldquo: '“',
  lsquo: '‘',
  lt: '<',
  mdash: '—',
  nbsp: ' ',
  ndash: '–',
  quot: '"',
  rdquo: '”',
  rsquo: '’',
}

/** Takes the markup out of a page; a text without tags stays as it is. @returns a text of the same length, line by line */
export function visibleText(text: string): string {
  if (!/<(?:!doctype|html|body|div|p|br|li|h[1-6]|span|a)\b/i.test(text)) return text
  return text
    .replace(HIDDEN, (all) => blank(all, BREAK))
    .replace(TAG, (all, name: string | undefined) =>
      blank(all, INLINE.has((name ?? '').toLowerCase()) ? FILLER : BREAK),
    )
    .replace(ENTITY, decode)
}

/** A mark, then nothing, as long as what it stands for; line ends stay. */
const blank = (all: string, mark: string): string =>
  mark + all.slice(1).replace(/[^\n]/g, mark === FILLER ? FILLER : ' ')

function decode(all: string, decimal?: string, hex?: string, name?: string): string {
  const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal)
  const meant = name === undefined ? fromCode(code) : NAMED[name.toLowerCase()]
  return meant === undefined ? all : meant + FILLER.repeat(all.length - meant.length)
}

const fromCode = (code: number): string | undefined =>
  code >= 32 && code <= 0xffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCharCode(code) : undefined
