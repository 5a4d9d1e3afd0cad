// Prints a tree to text that an HTML parser reads back as the same tree; what is printed of SVG is well-formed XML too.
// Keeps true: no text of a model, name or unit can become markup. Blocks start a new line, where HTML ignores it, so that reports can be compared.

import type { Element } from './element.ts'

const VOID = new Set(['br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'wbr'])
const NEW_LINE = new Set(
  (
    'head meta title style body main header footer nav section article h1 h2 h3 h4 p ul ol li dl dt dd div figure figcaption ' +
    'table caption thead tbody tr details summary pre svg desc g path line text'
  ).split(' '),
)
const NAME = /^[A-Za-z][\w:.-]*$/

/**
 * Prints an element with all it holds.
 * @throws where a name could not be read back, and for a script: a report holds none
 */
export function printHtml({ tag, attributes, children }: Element): string {
  if (!NAME.test(tag) || tag === 'script')
    throw new Error(`Cannot print an element named "${tag}": want a name of letters, and no script`)
  const start = `${NEW_LINE.has(tag) ? '\n' : ''}<${tag}${Object.entries(attributes).map(printAttribute).join('')}>`
  if (VOID.has(tag)) {
    if (children.length > 0) throw new Error(`Cannot print children of "${tag}": it is a void element`)
    return start
  }
  if (tag === 'style') return `${start}${printStyle(children)}</style>`
  const inside = children.map((child) => (typeof child === 'string' ? escapeText(child) : printHtml(child))).join('')
  const kept = tag === 'pre' && inside.startsWith('\n') ? '\n' : '' // a parser drops the first line break of a <pre>
  return `${start}${kept}${inside}</${tag}>`
}

/** Prints a whole document: its element is `html`. */
export const printDocument = (html: Element): string => `<!doctype html>\n${printHtml(html)}\n`

function printAttribute([name, value]: [string, string]): string {
  if (!NAME.test(name)) throw new Error(`Cannot print an attribute named "${name}": want letters, digits, ":", "-"`)
  return ` ${name}="${escapeAttribute(value)}"`
}

/** The text of a style is not parsed, so it cannot be escaped; it is ours and ends at the first "</". */
function printStyle(children: Element['children']): string {
  const text = children.map(String).join('')
  if (/<\//.test(text)) throw new Error('Cannot print a style that holds "</": want CSS alone')
  return text
}

// What no document may hold: control characters, halves of surrogate pairs, and what Unicode reserves as no character.
const NO_CHARACTER = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu

const legible = (text: string): string => text.replace(NO_CHARACTER, '\uFFFD')

/** A parser turns a bare carriage return into a line feed, and XML turns each white space of an attribute into a blank. */
const escapeText = (text: string): string =>
  legible(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;')

const escapeAttribute = (text: string): string =>
  escapeText(text).replace(/"/g, '&quot;').replace(/\n/g, '&#10;').replace(/\t/g, '&#9;')
