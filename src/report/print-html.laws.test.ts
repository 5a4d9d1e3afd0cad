// What is printed is read back as the same tree. The reader below does what HTML's tokenizer does with tags, texts and references, and no more.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Element, el } from './element.ts'
import { printHtml } from './print-html.ts'

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }

const unescape = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n') // what a parser does before it reads
    .replace(/&(?:#(\d+)|(\w+));/g, (whole, code?: string, name = '') =>
      code === undefined ? (ENTITIES[name] ?? whole) : String.fromCodePoint(Number(code)),
    )

function parse(html: string): Element {
  const root = { tag: 'root', attributes: {}, children: [] as (Element | string)[] }
  const open = [root]
  for (const [token] of html.matchAll(/<[^>]*>|[^<]+/g)) {
    const top = open.at(-1)!
    if (!token.startsWith('<')) top.children.push(unescape(token))
    else if (token.startsWith('</')) open.pop()
    else {
      const tag = /^<([\w-]+)/.exec(token)![1]!
      const attributes = Object.fromEntries(
        [...token.matchAll(/ ([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, unescape(value)]),
      )
      const element = { tag, attributes, children: [] }
      top.children.push(element)
      if (tag !== 'br') open.push(element)
    }
  }
  return root.children[0] as Element
}

/** Joins neighbouring texts, as a parser does, and drops empty ones. */
function joined({ tag, attributes, children }: Element): Element {
  const list: (Element | string)[] = []
  for (const child of children) {
    const last = list.at(-1)
    if (typeof child !== 'string') list.push(joined(child))
    else if (typeof last === 'string') list[list.length - 1] = last + child
    else if (child !== '') list.push(child)
  }
  return { tag, attributes, children: list }
}

const nasty = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('</em>', '<script>alert(1)</script>', '"><b>', '&amp;', '&#13;', '\r\n', '\r', ']]>', '<!--', '\t'),
)
const legible = (text: string): string =>
  text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu, '\uFFFD')

const { tree } = fc.letrec<{ tree: Element }>((tie) => ({
  tree: fc
    .record({
      tag: fc.constantFrom('em', 'code', 'td', 'circle', 'a'),
      attributes: fc.dictionary(fc.constantFrom('class', 'title', 'aria-label'), nasty),
      children: fc.array(fc.oneof({ depthSize: 'small' }, nasty, tie('tree'), fc.constant(el('br'))), { maxLength: 4 }),
    })
    .map(({ tag, attributes, children }) => el(tag, attributes, children)),
}))

const replaceTexts = ({ tag, attributes, children }: Element): Element => ({
  tag,
  attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, legible(value)])),
  children: children.map((child) => (typeof child === 'string' ? legible(child) : replaceTexts(child))),
})

test('any tree of any text is read back as it was', () => {
  fc.assert(
    fc.property(tree, (wanted) => {
      expect(parse(printHtml(wanted))).toEqual(joined(replaceTexts(wanted)))
    }),
    { numRuns: 1000, seed: 20112 },
  )
})

test('no text opens a tag', () => {
  fc.assert(
    fc.property(nasty, nasty, (text, value) => {
      const html = printHtml(el('em', { title: value }, text))
      expect(html.match(/</g)).toHaveLength(2)
      expect(html.match(/>/g)).toHaveLength(2)
      expect(html.match(/"/g)!.length).toBeGreaterThanOrEqual(2)
      expect(html).toMatch(/^<em title="[^"<>]*">[^<>]*<\/em>$/)
    }),
    { numRuns: 1000, seed: 20113 },
  )
})
