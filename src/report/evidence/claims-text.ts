// Claims as a terminal shows them: those of the library as a list, and those found in a text, each with its sentence and its answer.
import { type Claim, type Evidence, type Finding, type Found, rowsOf } from '#evidence'
import { terminalTable } from '../terminal-table.ts'
import { sayRow, sayWho } from './number-words.ts'
import { countOf, wrapLines } from './wrap-lines.ts'

const CAUTION =
  'Found by words alone, so some may be missed and some misread: each shows its sentence. The claim is judged, not who makes it. Research software, never medical advice.'

/** Lists all claims with their verdicts. */
export function listClaims(claims: readonly Claim[]): string {
  const rows = claims.map(({ name, file }) => [name, file.verdict, file.certainty.level, file.statement])
  return `${terminalTable(['claim', 'verdict', 'certainty', 'statement'], rows)}\n\n${countOf(claims.length, 'claim')}. imago evidence claims TEXT finds them in a text.`
}

const MOST_PLACES = 3 // sentences shown for one claim; the others are counted with their lines
const MOST_UNMET = 5

/**
 * Answers the claims of a text.
 * @param width of the terminal, in signs
 */
export function claimsText(found: Found, evidence: Evidence, width = 100): string {
  const asserted = found.findings.filter(({ as }) => as !== 'denied')
  const names = [...new Set(asserted.map(({ claim }) => claim))]
  const answers = names.flatMap((name) => {
    const claim = evidence.claims.find((one) => one.name === name)
    const places = asserted.filter((finding) => finding.claim === name)
    return claim ? [answerText(claim, places, evidence, width)] : []
  })
  const denied = found.findings.filter(({ as }) => as === 'denied')
  return [
    `${countOf(names.length, 'claim')} in ${countOf(found.sentences, 'sentence')}`,
    ...answers,
    ...(denied.length > 0 ? [deniedText(denied, width)] : []),
    ...(found.unmet.length > 0 ? [unmetText(found, width)] : []),
    wrapLines(CAUTION, width),
  ].join('\n\n')
}

function answerText({ file }: Claim, places: readonly Finding[], evidence: Evidence, width: number): string {
  const more = places.slice(MOST_PLACES)
  const lines = [
    `■ ${file.statement}  ${file.verdict.toUpperCase()}, certainty ${file.certainty.level}`,
    ...places
      .slice(0, MOST_PLACES)
      .map(({ place, sentence, as }) =>
        wrapLines(`line ${place.line}: “${sentence}”${as === 'asked' ? ' (asked)' : ''}`, width, '  '),
      ),
    ...(more.length > 0
      ? [wrapLines(`and in line ${more.map(({ place }) => place.line).join(', ')}`, width, '  ')]
      : []),
    wrapLines(file.answer, width, '  '),
    ...evidenceLines(file, evidence).map((line) => wrapLines(`· ${line}`, width, '    ')),
    wrapLines(`Often left out: ${file.left_out}`, width, '  '),
    wrapLines(`A question to ask: ${file.ask}`, width, '  '),
    `  As of ${file.as_of}.`,
  ]
  return lines.join('\n')
}

/** What a claim rests on, a line each: the study, what it means, and its numbers as they stand in the library. */
export function evidenceLines({ evidence: rests = [], none }: Claim['file'], { studies }: Evidence): string[] {
  const lines = rests.map((one) => {
    if (!('study' in one)) return `${one.source} (${one.locator}): ${one.says}`
    const rows = studies.get(one.study)
    const numbers = (one.rows ?? []).flatMap((id) => {
      const row = rows && rowsOf(rows.file).find((found) => found.id === id)
      return row ? [`${sayWho(row)}: ${sayRow(row)}`] : []
    })
    return `${one.study}: ${one.says}${numbers.length > 0 ? `. ${numbers.join('; ')}` : ''}`
  })
  return none === undefined ? lines : [...lines, none]
}

function deniedText(denied: readonly Finding[], width: number): string {
  const lines = denied.map(({ claim, place, sentence }) =>
    wrapLines(`line ${place.line}: “${sentence}” (${claim})`, width, '  '),
  )
  return [`The text itself says that this is not so, ${countOf(denied.length, 'time')}:`, ...lines].join('\n')
}

function unmetText({ unmet }: Found, width: number): string {
  const lines = unmet
    .slice(0, MOST_UNMET)
    .map(({ place, sentence }) => wrapLines(`line ${place.line}: “${sentence}”`, width, '  '))
  const more = unmet.slice(MOST_UNMET).map(({ place }) => place.line)
  const rest =
    more.length > 0 ? [wrapLines(`and ${countOf(more.length, 'more')}: line ${listed(more)}`, width, '  ')] : []
  return [
    `Sentences on stem cells in which no claim of the library was found: ${unmet.length}`,
    ...lines,
    ...rest,
  ].join('\n')
}

const MOST_LISTED = 40
const listed = (lines: readonly number[]): string =>
  lines.length <= MOST_LISTED ? lines.join(', ') : `${lines.slice(0, MOST_LISTED).join(', ')} … ${lines.at(-1)}`
