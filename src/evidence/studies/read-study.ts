// Reads a study's file: its shape, then every row's arithmetic. What a file says is contradictory stays, and becomes a note.
import { hasErrors, type Located, type Place, type Problem, type Reading, readYaml } from '#base'
import { checkName, fault, unknownName } from '../fault.ts'
import { checkCounts, checkLead, type Fault } from './check-counts.ts'
import { checkSpread } from './check-spread.ts'
import { checkUnit } from './check-unit.ts'
import { type Row, type StudyFile, studyFile } from './schema.ts'

/** A study of the library. */
export interface Study {
  readonly name: string
  readonly file: StudyFile
  readonly located: Located<StudyFile>
}

/**
 * Reads a study.
 * @param file its name, for places
 * @returns no value when there is any error; contradictions that the file itself names are notes
 */
export function readStudy(file: string, text: string): Reading<Study> {
  const { value: located, problems: found } = readYaml(file, text, studyFile)
  if (!located) return { value: undefined, problems: found }
  const { value, place } = located
  const problems = [
    ...found,
    ...checkName(file, value.study, place('study')),
    ...checkBias(located),
    ...checkRows(located),
    ...checkContradictions(located),
  ]
  const study: Study = { name: value.study, file: value, located }
  return { value: hasErrors(problems) ? undefined : study, problems }
}

/** All rows of a study, results first. */
export const rowsOf = ({ results = [], harms = [] }: StudyFile): readonly Row[] => [...results, ...harms]

function checkRows({ value, place }: Located<StudyFile>): Problem[] {
  const known = new Set((value.contradictions ?? []).flatMap(({ rows }) => rows))
  const ids: string[] = []
  const check = (part: 'results' | 'harms') =>
    (value[part] ?? []).flatMap((row, i) => {
      const doubled = ids.includes(row.id)
        ? [fault('doubled-name', `The row "${row.id}" stands here twice.`, place(part, i, 'id'))]
        : []
      ids.push(row.id)
      const faults = [...checkLead(row), ...checkCounts(row, value.n), ...checkSpread(row), ...checkUnit(row)]
      return [...doubled, ...faults.map((one) => problemOf(one, place(part, i, one.key), known.has(row.id)))]
    })
  return [...check('results'), ...check('harms')]
}

/** What the file names as a contradiction is kept, and told as a note. */
function problemOf({ code, message, help }: Fault, place: Place, known: boolean): Problem {
  const problem = fault(code, message, place, help)
  return known ? { code, level: 'note', message: `${message} The file names it as a contradiction.`, place } : problem
}

function checkContradictions({ value, place }: Located<StudyFile>): Problem[] {
  const ids = rowsOf(value).map(({ id }) => id)
  return (value.contradictions ?? []).flatMap(({ rows }, i) =>
    rows.flatMap((row, j) =>
      ids.includes(row) ? [] : [unknownName('row', row, ids, place('contradictions', i, 'rows', j))],
    ),
  )
}

const DOMAINS = {
  'rob-2': ['randomisation', 'deviations', 'missing-outcomes', 'measurement', 'reporting'],
  'robins-i': [
    'confounding',
    'selection',
    'classification',
    'deviations',
    'missing-outcomes',
    'measurement',
    'reporting',
  ],
} as const

/** Bias is judged by the domains of a tool, or the file says why not; a domain that is left out is one not judged. */
function checkBias({ value, place }: Located<StudyFile>): Problem[] {
  const { tool, version, domains, not_judged } = value.risk_of_bias
  const at = place('risk_of_bias')
  if (domains === undefined)
    return not_judged === undefined
      ? [
          fault(
            'no-judgement',
            'Risk of bias is neither judged nor said why not.',
            at,
            'write "not_judged" and the reason',
          ),
        ]
      : []
  if (tool === undefined || version === undefined)
    return [fault('no-tool', 'Judgements need the tool and its version.', at, 'write tool and version')]
  const names: readonly string[] = DOMAINS[tool]
  const unknown = Object.keys(domains)
    .filter((domain) => !names.includes(domain))
    .map((domain) => unknownName('domain', domain, names, place('risk_of_bias', 'domains', domain)))
  const open = names.filter((domain) => !(domain in domains))
  return open.length > 0 && not_judged === undefined
    ? [
        ...unknown,
        fault('no-judgement', `Not judged: ${open.join(', ')}.`, at, 'judge them, or say why not in "not_judged"'),
      ]
    : unknown
}
