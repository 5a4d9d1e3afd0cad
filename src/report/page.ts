// The page around a report: its head with the look of pages, the report, and who made it.

import { type Element, el } from './element.ts'
import { PAGE_STYLE } from './style.ts'

const MADE_BY = 'Made by Imago, an open in-silico laboratory. This page loads nothing and runs no script.'

/**
 * Draws a whole page.
 * @param main the report
 * @param style what it adds to the look of pages
 */
export const drawPage = (title: string, main: Element, style = ''): Element =>
  el(
    'html',
    { lang: 'en' },
    el(
      'head',
      {},
      el('meta', { charset: 'utf-8' }),
      el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      el('meta', { name: 'color-scheme', content: 'light dark' }),
      el('title', {}, title),
      el('style', {}, PAGE_STYLE + style),
    ),
    el('body', {}, main, el('footer', {}, el('p', {}, MADE_BY))),
  )
