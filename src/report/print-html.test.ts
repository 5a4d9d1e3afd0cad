import { describe, expect, test } from 'vitest'
import { el } from './element.ts'
import { printDocument, printHtml } from './print-html.ts'

describe('el', () => {
  test('lays lists flat and leaves out what is undefined', () => {
    expect(el('a', { href: '#x', class: undefined }, ['one', [undefined, 'two']], undefined)).toEqual({
      tag: 'a',
      attributes: { href: '#x' },
      children: ['one', 'two'],
    })
  })
})

describe('printHtml', () => {
  test('escapes text and attributes', () => {
    expect(printHtml(el('code', { title: `<"&'>\n` }, `<b>"&'</b>`))).toBe(
      `<code title="&lt;&quot;&amp;'&gt;&#10;">&lt;b&gt;"&amp;'&lt;/b&gt;</code>`,
    )
  })

  test('prints void elements without an end, and nothing in them', () => {
    expect(printHtml(el('br'))).toBe('<br>')
    expect(() => printHtml(el('br', {}, 'text'))).toThrow('void')
  })

  test('starts blocks on a line of their own, and nothing within a line', () => {
    expect(printHtml(el('ul', {}, el('li', {}, 'a ', el('em', {}, 'b')), el('li', {}, 'c')))).toBe(
      '\n<ul>\n<li>a <em>b</em></li>\n<li>c</li></ul>',
    )
  })

  test('keeps the first line break of a <pre>, which a parser would drop', () => {
    expect(printHtml(el('pre', {}, '\nx'))).toBe('\n<pre>\n\nx</pre>')
  })

  test('replaces what no document may hold', () => {
    expect(printHtml(el('em', {}, 'a\u0000b\uD800c\uFFFFd\u001B[31m'))).toBe(
      '<em>a\uFFFDb\uFFFDc\uFFFDd\uFFFD[31m</em>',
    )
    expect(printHtml(el('em', {}, '😀\u2028'))).toBe('<em>😀\u2028</em>')
  })

  test('prints a style as it is, and refuses one that would end early', () => {
    expect(printHtml(el('style', {}, 'a>b{}'))).toBe('\n<style>a>b{}</style>')
    expect(() => printHtml(el('style', {}, 'a</style>'))).toThrow('"</"')
  })

  test('refuses scripts, and names that could not be read back', () => {
    expect(() => printHtml(el('script'))).toThrow('script')
    expect(() => printHtml(el('a b'))).toThrow('a b')
    expect(() => printHtml(el('a', { 'x=y': '' }))).toThrow('x=y')
  })
})

test('printDocument begins with the doctype', () => {
  expect(printDocument(el('html', { lang: 'en' }))).toBe('<!doctype html>\n<html lang="en"></html>\n')
})
