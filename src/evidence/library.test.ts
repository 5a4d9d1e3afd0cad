// The evidence library itself: it reads, it holds what it promises, and the demonstration texts are answered as they should be.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { checkClinic } from './clinic-check/check-clinic.ts'
import { readCare } from './clinic-check/read-care.ts'
import { readForm } from './clinic-check/read-form.ts'
import { findClaims } from './claims/find-claims.ts'
import { gatherEvidence } from './gather-evidence.ts'
import { answerQuestion } from './questions/answer-question.ts'
import { rowsOf } from './studies/read-study.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const textOf = (file: string): string => readFileSync(ROOT + file, 'utf8')
const filesIn = (folder: string) =>
  readdirSync(`${ROOT}library/evidence/${folder}`).map((name) => {
    const file = `library/evidence/${folder}/${name}`
    return { file, text: textOf(file) }
  })

const { value, problems } = gatherEvidence({
  studies: filesIn('studies'),
  questions: filesIn('questions'),
  claims: filesIn('claims'),
})
if (!value) throw new Error(problems.map(({ place, message }) => `${place?.file}:${place?.line} ${message}`).join('\n'))
const evidence = value

test('all that is told are contradictions that the files name', () => {
  expect(problems.filter(({ level }) => level !== 'note')).toEqual([])
  expect(problems.map(({ place, code }) => `${place?.file.split('/').at(-1)} ${code}`)).toEqual([
    'ash-2007-china17.yaml sem-for-sd',
    ...Array.from({ length: 5 }, () => 'liu-2011.yaml sem-for-sd'),
    ...Array.from({ length: 2 }, () => 'nanjing-2018-lap.yaml sem-for-sd'),
  ])
})

test('the claims that have to be there', () => {
  const names = evidence.claims.map(({ name }) => name)
  expect(names.length).toBeGreaterThanOrEqual(40)
  expect(names).toEqual(
    expect.arrayContaining([
      'remission-likely',
      'fewer-side-effects',
      'replace-damaged-tissue',
      'less-medicine',
      'suppress-tregs',
      'own-cells-not-rejected',
      'personalised',
      'natural-so-safe',
      'registered-so-proven',
      'approved',
      'one-infusion-enough',
      'results-last',
      'organ-failure',
      'cure',
      'age-no-matter',
      'hsct-msc-alike',
    ]),
  )
  expect(evidence.claims.find(({ name }) => name === 'suppress-tregs')?.file.verdict).toBe('contradicted')
})

test('every source of evidence and care stands in the references', () => {
  const keys = new Set(
    Array.from(textOf('library/evidence/references.bib').matchAll(/^@\w+\{([^,]+),/gm), ([, key]) => `@${key}`),
  )
  keys.add('@assumed')
  const { value: care } = readCare('care.yaml', textOf('library/care/clinic-check.yaml'))
  const named = [
    ...[...evidence.studies.values()].map(({ file }) => file.source),
    ...evidence.claims.flatMap(({ file }) =>
      (file.evidence ?? []).flatMap((one) => ('source' in one ? [one.source] : [])),
    ),
    ...(care?.questions.map(({ source }) => source) ?? []),
  ]
  expect(named.length).toBeGreaterThan(200)
  expect(named.filter((source) => !keys.has(source))).toEqual([])
})

test('every number has a locator, and reads of whole papers are not claimed', () => {
  for (const { file } of evidence.studies.values()) {
    expect(file.read).not.toBe('full')
    for (const { locator } of rowsOf(file)) expect(locator).not.toBe('')
  }
})

test('every question is answered, and Nanjing votes once', () => {
  for (const question of evidence.questions) {
    const { ballots, votes } = answerQuestion(question, evidence.studies)
    expect([question.name, ballots.length > 0]).toEqual([question.name, true])
    const nanjing = ballots.filter(({ entry, heldBy }) => entry.study.file.cohort === 'nanjing' && heldBy === undefined)
    expect(nanjing.length).toBeLessThanOrEqual(1)
    expect(votes).toBeGreaterThan(0)
  }
})

test('the only blind trial alone answers whether the score falls more', () => {
  const question = evidence.questions.find(({ name }) => name === 'msc-sledai-controlled')
  if (!question) throw new Error('no such question')
  const { ballots, rating } = answerQuestion(question, evidence.studies)
  expect(ballots.map(({ entry }) => [entry.study.name, entry.estimate?.value])).toEqual([['deng-2017', -3]])
  expect(rating?.level).toBe('very low')
})

describe('demonstration texts', () => {
  const found = (name: string): string[] => {
    const { value: page } = findClaims(name, textOf(`examples/claims/${name}`), evidence.claims)
    return [...new Set((page?.findings ?? []).map(({ claim, as }) => (as === 'denied' ? `not ${claim}` : claim)))]
  }

  test('a clinic abroad', () => {
    expect(found('clinic-abroad.txt')).toEqual(
      expect.arrayContaining([
        'last-hope',
        'cord-superior',
        'one-infusion-enough',
        'remission-likely',
        'donor-cells-not-rejected',
        'home-to-damage',
        'replace-damaged-tissue',
        'suppress-tregs',
        'reset-immune',
        'treats-root-cause',
        'fewer-side-effects',
        'no-downtime',
        'most-respond',
        'registered-so-proven',
        'abroad-same',
        'stop-medicines',
        'testimonials',
        'many-diseases',
        'insurance-pays',
        'price-fair',
      ]),
    )
  })

  test('own fat cells, as a web page: what is hidden is not read', () => {
    const names = found('own-fat.html')
    expect(names).toEqual(
      expect.arrayContaining([
        'fat-cells-same',
        'own-cells-not-rejected',
        'natural-so-safe',
        'alternative-to-drugs',
        'no-side-effects',
        'personalised',
        'high-dose-better',
        'published-proof',
        'results-last',
        'age-no-matter',
        'organ-failure',
        'pay-to-join',
        'registered-so-proven',
      ]),
    )
    expect(names).not.toContain('cure')
  })

  test('an honest page: what it denies is not held against it', () => {
    const names = found('transplant-centre.txt')
    expect(names).toEqual(expect.arrayContaining(['hsct-remission', 'not hsct-safe', 'not immune-system-stronger']))
    expect(names).not.toContain('cure')
    expect(names).not.toContain('hsct-safe')
  })

  test('a magazine', () => {
    const names = found('news-article.txt')
    expect(names).toEqual(
      expect.arrayContaining(['cure', 'cart-remission', 'published-proof', 'raise-tregs', 'not approved']),
    )
    expect(names).not.toContain('approved')
  })

  test('a filled form', () => {
    const { value: care } = readCare('care.yaml', textOf('library/care/clinic-check.yaml'))
    if (!care) throw new Error('the questions cannot be read')
    const { value: form } = readForm('form.yaml', textOf('examples/claims/renew-shores.clinic.yaml'), care)
    if (!form) throw new Error('the form cannot be read')
    const sheet = checkClinic(form, care, evidence.claims)
    expect(sheet.worrying.map(({ question }) => question.id)).toContain('flag-registered-as-approved')
    expect(sheet.missing.map(({ id }) => id)).toContain('ethics')
    expect(sheet.apart.map(({ id }) => id)).toContain('accredited')
    expect(sheet.claims.map(({ claim }) => claim.name)).toContain('stop-medicines')
  })
})
