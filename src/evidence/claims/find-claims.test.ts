// Patterns, sentences, markup, denial: what is found where. The patterns of the library test themselves by the examples in their files.
import { describe, expect, test } from 'vitest'
import { type Finding, findClaims } from './find-claims.ts'
import { matchAt, readPattern } from './pattern.ts'
import { type Claim, readClaim } from './read-claim.ts'
import { visibleText } from './visible-text.ts'
import { wordsOf } from './words.ts'

const claim = (name: string, said: readonly string[], found: string): Claim => {
  const text = `claim: ${name}
statement: Something is said.
about: [msc]
verdict: unknown
answer: Nobody knows.
none: nothing found
certainty: {level: very low, because: nothing found}
left_out: That nobody knows.
ask: What is known?
as_of: "2026-11"
said: [${said.map((one) => `"${one}"`).join(', ')}]
found_in: ["${found}"]
`
  const { value, problems } = readClaim(`${name}.yaml`, text)
  if (!value) throw new Error(problems.map(({ message }) => message).join('\n'))
  return value
}

const CURE = claim('cure', ['cure* & lupus'], 'Cells cure lupus.')
const SAFE = claim('side-effects', ['no|zero ... side effects', 'risk free'], 'There are no side effects.')
const CLAIMS = [CURE, SAFE]

const find = (text: string): readonly Finding[] => findClaims('page.txt', text, CLAIMS).value?.findings ?? []
const short = (text: string): string[] => find(text).map(({ claim: name, as }) => `${name} ${as}`)

test.each([
  ['cure*', 'Curing takes time', false],
  ['cur*', 'Curing takes time', true],
  ['no|zero side effects', 'zero side effects', true],
  ['no side effects', 'no known side effects', false],
  ['no ... side effects', 'no known side effects', true],
  ['no ... effects', 'no one two three four five effects', false],
  ['lupus & cure*', 'A cure for lupus', true],
  ['cells & cure*', 'cure lupus', false],
])('pattern "%s" in "%s": %s', (said, text, isMet) => {
  const reading = readPattern(said)
  if (!('pattern' in reading)) throw new Error(reading.fault)
  const { words, sentences } = wordsOf(text)
  const met = sentences.some((sentence) =>
    words.some((_, at) => matchAt(reading.pattern, words, sentence, at) !== undefined),
  )
  expect(met).toBe(isMet)
})

test.each(['', 'a &', '& a', '... a', 'a ...', 'side-effects', 'No effects', 'a & b &'])(
  'a pattern that cannot be meant: "%s"',
  (said) => {
    expect(readPattern(said)).toHaveProperty('fault')
  },
)

test('sentences end at stops, empty lines and list items, not at abbreviations and decimals', () => {
  const text = 'Dr. Ho gave 3.5 million cells. It worked, e.g. in lupus!\nA line goes\non here\n\nA title\n- one\n- two'
  const { words, sentences } = wordsOf(text)
  expect(sentences.map(({ from, to }) => words.slice(from, to).join(' '))).toEqual([
    'dr ho gave 3 5 million cells',
    'it worked e g in lupus',
    'a line goes on here',
    'a title',
    'one',
    'two',
  ])
})

describe('said, asked, denied', () => {
  test.each([
    ['Stem cells cure lupus.', ['cure said']],
    ['Can stem cells cure lupus?', ['cure asked']],
    ['Stem cells do not cure lupus.', ['cure denied']],
    ['Cells can’t cure lupus.', ['cure denied']],
    ['There is no cure for lupus.', ['cure denied']],
    ['It is not only calming: cells cure lupus.', ['cure said']],
    ['We have no hesitation whatsoever here: they cure lupus.', ['cure said']],
    ['There are no side effects.', ['side-effects said']],
    ['It is not risk-free.', ['side-effects denied']],
    ['They cure lupus, and there are zero known side effects.', ['cure said', 'side-effects said']],
    ['No cure yet for lupus; others say they cure lupus.', ['cure said']],
    ['Lupus is a disease. A cure is a verb.', []],
  ])('%s', (text, expected) => {
    expect(short(text)).toEqual(expected)
  })
})

test('places are those of the words, in lines of the file', () => {
  const text = 'A title\n\nWe say:\r\n  many cells  cure\n  lupus now.\n'
  expect(find(text)[0]).toMatchObject({
    place: { file: 'page.txt', line: 4, column: 15, length: 4 },
    sentence: 'We say: many cells cure lupus now',
  })
})

test('markup is no text: tags, styles, scripts, comments and entities', () => {
  const page = `<!doctype html><html><head><title>cells cure lupus</title></head><body>
<style>cells cure lupus</style><script>"cells cure lupus"</script><!-- cells cure lupus -->
<p>Cells <b>c</b>ure&nbsp;lupus, it&rsquo;s true</p><p>and cure</p><p>lupus</p></body></html>`
  const findings = find(page)
  expect(findings.map(({ claim: name, place, sentence }) => [name, place.line, sentence])).toEqual([
    ['cure', 3, 'Cells cure lupus, it’s true'],
  ])
  expect(visibleText(page)).toHaveLength(page.length)
})

test('less-than signs in plain text stay', () => {
  expect(visibleText('a < b and c > d')).toBe('a < b and c > d')
})

test.each([
  ['empty-text', ''],
  ['empty-text', ' \n… '],
  ['not-text', 'PK\u0000\u0001 cure lupus'],
  ['not-text', '\uFFFD\uFFFD lupus'],
  ['too-long', 'a'.repeat(1_000_001)],
])('%s is told', (code, text) => {
  const { value, problems } = findClaims('page.txt', text, CLAIMS)
  expect(value).toBeUndefined()
  expect(problems[0]).toMatchObject({ code, level: 'error' })
  expect(problems[0]?.help).toBeTruthy()
})

test('a text without claims says so, and counts what it says of stem cells', () => {
  const { value, problems } = findClaims('page.txt', 'Stem cells are cells. Bread is bread.', CLAIMS)
  expect(problems[0]).toMatchObject({ code: 'no-claims', level: 'note' })
  expect(problems[0]?.message).toContain('2 sentences, of which 1 speaks of stem cells')
  expect(value?.unmet).toMatchObject([{ sentence: 'Stem cells are cells' }])
})

test('a text of a million characters in one sentence, and one of many', () => {
  const words = `${'cells of any kind and '.repeat(45_000)} cure lupus`
  expect(words.length).toBeGreaterThan(980_000)
  expect(short(words)).toEqual(['cure said'])
  expect(find(words)[0]?.sentence.length).toBeLessThan(400)
  const many = 'Cells cure lupus. '.repeat(55_000)
  expect(find(many)).toHaveLength(55_000)
})

test('a claim whose patterns miss its own example is refused with the place of the example', () => {
  const text = `claim: cure
statement: Cells cure lupus.
about: [msc]
verdict: contradicted
answer: You should not believe it.
certainty: {level: low, because: x}
left_out: Much.
ask: Ask me
as_of: 2026
said: [heals, side-effects]
found_in: [Cells cure lupus.]
`
  const { value, problems } = readClaim('cure.yaml', text.replace('as_of: 2026', 'as_of: "2026"'))
  expect(value).toBeUndefined()
  expect(problems.map(({ code, place }) => [code, place?.line])).toEqual([
    ['no-evidence', 4],
    ['bad-pattern', 10],
    ['directive', 5],
    ['no-question', 8],
    ['not-found', 11],
  ])
})
