// From a table to what `imago pool` prints: every bad input is a problem with its place and a suggestion, and no row is lost in silence.
import { describe, expect, test } from 'vitest'
import { hasErrors, type Problem } from '#base'
import { type PoolAnswer, answerOf } from './answer.ts'
import { readOrder, type Spoken } from './order.ts'
import { forestFile, funnelFile } from './pool-figures.ts'
import { poolJson } from './pool-json.ts'
import { poolText } from './pool-text.ts'

const PLAIN: Spoken = { measure: 'GIVEN', method: 'REML', ci: 'z', level: '0.95' }
const GIVEN = 'study,yi,vi,dose,kind\nA,0.2,0.1,1,x\nB,0.5,0.2,2,y\nC,-0.1,0.05,4,x\nD,1.1,0.3,3,y\n'

function run(text: string, spoken: Partial<Spoken> = {}): { answer: PoolAnswer | undefined; problems: Problem[] } {
  const problems: Problem[] = []
  const order = readOrder({ ...PLAIN, ...spoken }, problems)
  return { answer: hasErrors(problems) ? undefined : answerOf('s.csv', text, order, problems), problems }
}

function expectAnswer(text: string, spoken: Partial<Spoken> = {}): PoolAnswer {
  const { answer, problems } = run(text, spoken)
  if (!answer) throw new Error(problems.map(({ message }) => message).join(' '))
  return answer
}

describe('bad input', () => {
  test.each<[text: string, spoken: Partial<Spoken>, code: string, line: number, column: number, help: RegExp]>([
    ['', {}, 'empty-table', 1, 1, /columns/],
    ['study,yi,vi\n', {}, 'no-studies', 1, 1, /two rows/],
    ['study,yi,vi\nA,1,0.1\n', {}, 'one-study', 2, 1, /two rows/],
    ['study,yi,vl\nA,1,0.1\nB,2,0.1', {}, 'missing-column', 1, 1, /"vl"/],
    ['study,yi,vi,yi\nA,1,1,1\nB,1,1,1', {}, 'duplicate-column', 1, 13, /rename/],
    ['study,yi,vi\nA,high,0.1\nB,2,0.1', {}, 'not-a-number', 2, 3, /plain number/],
    ['study,yi,vi\nA,"1,5",0.1\nB,2,0.1', {}, 'not-a-number', 2, 3, /decimal comma/],
    ['study,yi,vi\nA,1,0.1\nB,2,-0.1', {}, 'impossible-value', 3, 5, /squared standard error/],
    ['study,yi,vi\nA,1,0.1\nB,2,0', {}, 'impossible-value', 3, 5, /squared standard error/],
    ['study,yi,vi\nA,1,0.1\nB,2,0.1\nA,1,0.1', {}, 'duplicate-study', 4, 1, /name them apart/],
    ['study,yi,vi\nA,1,0.1\n,2,0.1', {}, 'unnamed-study', 3, 1, /name it/],
    ['study,ai,n1i,ci,n2i\nA,11,10,2,9\nB,1,10,2,9', { measure: 'OR' }, 'impossible-value', 2, 3, /whole group/],
    ['study,ai,n1i,ci,n2i\nA,1.5,10,2,9\nB,1,10,2,9', { measure: 'OR' }, 'impossible-value', 2, 3, /.?/],
    ['study,ri,ni\nA,1.2,10\nB,0.1,10', { measure: 'ZCOR' }, 'impossible-value', 2, 3, /.?/],
    [GIVEN.replace('4,x', 'four,x'), { mods: 'dose' }, 'mixed-column', 4, 13, /every row/],
  ])('%j is told with its place', (text, spoken, code, line, column, help) => {
    const { answer, problems } = run(text, spoken)
    expect(answer).toBeUndefined()
    expect(problems[0]).toMatchObject({ code, level: 'error', place: { file: 's.csv', line, column } })
    expect(problems[0]?.help ?? '').toMatch(help)
  })

  test.each<[Partial<Spoken>, RegExp]>([
    [{ measure: 'OD' }, /--measure/],
    [{ method: 'REM' }, /--method/],
    [{ ci: 't' }, /--ci/],
    [{ level: '95' }, /--level/],
    [{ method: 'MH' }, /tables of events/],
    [{ method: 'PETO', measure: 'RR' }, /odds ratios/],
    [{ method: 'PETO', measure: 'OR', ci: 'knha' }, /normal intervals/],
    [{ method: 'MH', measure: 'OR', cumulative: true }, /all tables at once/],
    [{ mods: 'dose', by: 'kind' }, /does not go with/],
    [{ mods: 'dose', forest: 'f.svg' }, /one pooled effect/],
    [{ forest: 'f.png' }, /\.svg/],
  ])('the options %j are refused', (spoken, message) => {
    const { problems } = run(GIVEN, spoken)
    expect(problems[0]?.message).toMatch(message)
  })

  test('moderators that cannot be told apart are refused with the reason', () => {
    const { answer, problems } = run(GIVEN.replaceAll(/\d,([xy])/g, '7,$1'), { mods: 'dose' })
    expect(answer).toBeUndefined()
    expect(problems).toMatchObject([{ code: 'collinear', message: expect.stringContaining('"dose"') }])
  })

  test('rows without a value, or without an effect, are listed and left out', () => {
    const text = 'study,ai,n1i,ci,n2i\nA,1,10,2,9\nB,3,10,4,9\nC,,10,2,9\nD,0,10,0,12\nE,2,20,NA,20\n'
    const { answer, problems } = run(text, { measure: 'OR', method: 'PETO' })
    expect(answer?.dropped).toEqual([
      { study: 'C', line: 4, reason: 'it has no ai' },
      { study: 'D', line: 5, reason: expect.stringContaining('no events') },
      { study: 'E', line: 6, reason: 'it has no ci' },
    ])
    expect(problems.map(({ code, level, place }) => [code, level, place?.line])).toEqual([
      ['dropped-row', 'warning', 4],
      ['dropped-row', 'warning', 5],
      ['dropped-row', 'warning', 6],
    ])
    expect(answer?.pooled.k).toBe(2)
    expect(answer && poolText(answer)).toContain('C (line 4): it has no ai')
  })
})

describe('answers', () => {
  test('the JSON document has its keys, and every number in it is one', () => {
    const spoken = { ci: 'knha', by: 'kind', leaveOneOut: true, cumulative: true, asymmetry: true } as const
    const answer = expectAnswer(GIVEN, spoken)
    const json = JSON.parse(JSON.stringify(poolJson(answer))) as Record<string, unknown>
    expect(Object.keys(json)).toEqual(
      expect.arrayContaining(['k', 'estimate', 'se', 'ci', 'pi', 'tau2', 'tau2_ci', 'I2', 'H2', 'Q', 'Q_p']),
    )
    expect(json).toMatchObject({
      k: 4,
      method: 'REML',
      ci_method: 'knha',
      subgroups: [
        { group: 'x', k: 2 },
        { group: 'y', k: 2 },
      ],
    })
    expect(json['leave_one_out']).toHaveLength(4)
    expect(json['cumulative']).toHaveLength(4)
    expect(poolText(answer)).not.toMatch(/NaN|undefined/)
  })

  test('words become columns of a regression, against the first of them', () => {
    const { pooled } = expectAnswer(GIVEN, { mods: 'kind' })
    expect(pooled.coefficients.map(({ name }) => name)).toEqual(['intercept', 'kind: y'])
  })

  test('a ratio is shown as one', () => {
    const text = 'study,ai,n1i,ci,n2i\nA,10,100,20,100\nB,5,50,10,50\n'
    expect(poolText(expectAnswer(text, { measure: 'RR', method: 'MH' }))).toContain('as a ratio or rate: 0.5 (')
  })

  test('figures speak for themselves and hold every study', () => {
    const answer = expectAnswer(GIVEN, { asymmetry: true })
    for (const svg of [forestFile(answer), funnelFile(answer)]) {
      expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="(\w+)-title \1-text"/)
      expect(svg).toMatch(/<desc id="\w+-text">[^<]*4 studies/)
      expect(svg).not.toContain('NaN')
    }
    expect(forestFile(answer).match(/class="study"/g)).toHaveLength(4)
    expect(funnelFile(answer).match(/class="seen"/g)).toHaveLength(4)
  })
})
