import { describe, expect, test } from 'vitest'
import { anchorsOf, codeOf } from './docs/markdown.ts'
import { checkArchitecture, checkCommands, checkDecisions, checkGlossary, checkLinks } from './docs/rules.ts'

describe('Markdown', () => {
  test('knows code from prose', () => {
    const text = [
      'an `inline` span',
      '    no code: goes on with the paragraph',
      '',
      '    code',
      '',
      '    more',
      '- item',
      '',
      '    - nested item',
      '```sh',
      'fenced',
      '```',
      'end',
    ].join('\n')
    expect(
      codeOf(text)
        .filter((piece) => piece.text.trim() !== '')
        .map((piece) => `${piece.line} ${piece.text.trim()}`),
    ).toEqual(['1 inline', '4 code', '6 more', '11 fenced'])
  })

  test('writes anchors as GitHub does', () => {
    expect(
      anchorsOf('# The data path\n## Names, comments & `errors`\n## Tests\n```\n# no heading\n```\n## Tests ##'),
    ).toEqual(['the-data-path', 'names-comments--errors', 'tests', 'tests-1'])
  })
})

describe('links', () => {
  const paths = ['README.md', 'docs/guide/first.md', 'docs/a b.svg']
  const found = (text: string, path = 'README.md') =>
    checkLinks(
      [
        { path, text },
        { path: 'docs/guide/first.md', text: '# First steps' },
      ],
      paths,
    ).map(({ message, place }) => `${place?.line} ${message}`)

  test.each([
    '[a](docs/guide/first.md)',
    '[a](docs/guide/)',
    '[a](./docs)',
    '![a](docs/a%20b.svg "title")',
    '[a](https://example.org/x)',
    '[a](mailto:x@example.org)',
    '[a](docs/guide/first.md#first-steps)',
    '`[a](nowhere)`',
    '```\n[a](nowhere)\n```',
    '# Here\n[a](#here)',
  ])('let pass %s', (text) => expect(found(text)).toEqual([]))

  test.each([
    ['[a](docs/guide/frist.md)', '1 "docs/guide/frist.md" leads nowhere: "docs/guide/frist.md" does not exist.'],
    ['x\n[a]: docs/gone.md', '2 "docs/gone.md" leads nowhere: "docs/gone.md" does not exist.'],
    ['[a](../README.md)', '1 "../README.md" leads nowhere: "../README.md" does not exist.'],
    ['[a](docs/guide/first.md#last-steps)', '1 "docs/guide/first.md" has no heading "#last-steps".'],
    ['[a](#gone)', '1 "README.md" has no heading "#gone".'],
  ])('refuse %s', (text, message) => expect(found(text)).toEqual([message]))

  test('are relative to the file they stand in', () => {
    expect(checkLinks([{ path: 'docs/guide/first.md', text: '[a](../../README.md) [b](first.md)' }], paths)).toEqual([])
  })
})

describe('ARCHITECTURE.md', () => {
  const floors = [['base'], ['stats', 'clinic'], ['lab'], ['apps']]
  const table = (...rooms: string[]) =>
    ['| room | sentence |', '|---|---|', ...rooms.map((room) => `| ${room} | x |`)].join('\n')
  const found = (text: string, rooms: string[]) =>
    checkArchitecture({ path: 'ARCHITECTURE.md', text }, rooms, floors).map(({ code, help }) => `${code}: ${help}`)

  test('tells the rooms there are, in the order enforced', () => {
    expect(found(`    base -> stats -> apps\n\n${table('base', 'stats')}`, ['base', 'stats'])).toEqual([])
    expect(
      found(`    base -> stats, clinic -> lab -> apps\n\n${table('base', 'stats', 'clinic', 'lab')}`, [
        'base',
        'clinic',
        'lab',
        'stats',
      ]),
    ).toEqual([])
  })

  test('is refused when it leaves a room out, dreams of one, or turns the order', () => {
    expect(found(`    base -> lab -> apps\n\n${table('base')}`, ['base', 'lab'])).toEqual([
      'room-untold: add a row | room | sentence | must not know |',
    ])
    expect(found(`    base -> apps\n\n${table('base', 'labs')}`, ['base'])).toEqual([
      'room-without-code: write it, or strike the row',
    ])
    expect(found(`    lab -> base -> apps\n\n${table('base', 'lab')}`, ['base', 'lab'])).toEqual([
      'floors-differ: write: base -> lab -> apps',
    ])
  })
})

describe('what a reader is told to type', () => {
  const found = (text: string) =>
    checkCommands({ path: 'README.md', text }, ['start', 'test', 'ok'], ['check', 'simulate']).map(
      ({ message, help }) => `${message} ${help}`,
    )

  test.each([
    '`npm start`, `npm run ok` and `npm ci`',
    '    npx imago simulate x.model | imago check library',
    '```\n$ ./imago.js check library\n```',
    '`imago --help`',
    'say imago what you like, or npm what',
    '`npm start --no-serve`',
  ])('exists: %s', (text) => expect(found(text)).toEqual([]))

  test.each([
    ['`npm strat`', '"npm strat" does not exist. did you mean "start"?'],
    ['`npm run ci`', '"npm run ci" does not exist. the scripts are start, test, ok'],
    ['```\nnpx imago simualte x.model\n```', '"imago simualte" does not exist. did you mean "simulate"?'],
    ['`cd x && imago run`', '"imago run" does not exist. the commands are check, simulate'],
  ])('is refused: %s', (text, message) => expect(found(text)).toEqual([message]))
})

test('the glossary explains a word once', () => {
  const glossary = (...words: string[]) =>
    checkGlossary({
      path: 'docs/glossary.md',
      text: ['| word | meaning |', '|---|---|', ...words.map((word) => `| ${word} | x |`)].join('\n'),
    })
  expect(glossary('arm', 'row', 'arms')).toEqual([])
  expect(glossary('arm', 'row', 'Arm')).toMatchObject([
    { code: 'word-twice', message: 'The glossary explains "Arm" twice, first in line 3.', place: { line: 5 } },
  ])
})

test('decisions have names and numbers of their own', () => {
  expect(checkDecisions(['docs/decisions/0001-a.md', 'docs/decisions/0003-b-c.md', 'docs/guide/x.md'])).toEqual([])
  expect(checkDecisions(['docs/decisions/0001-a.md', 'docs/decisions/0001-b.md', 'docs/decisions/c.md'])).toMatchObject(
    [
      { code: 'decision-twice', place: { file: 'docs/decisions/0001-b.md' }, help: 'the next free one is 0002' },
      { code: 'decision-name', place: { file: 'docs/decisions/c.md' } },
    ],
  )
})
