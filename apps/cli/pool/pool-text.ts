// A pooled result for a terminal: studies with their weights, what they come to, how far they differ.
import { exp } from '#base'
import { formatNumber, terminalTable } from '#report'
import { type Bounds, normalLaw, type Pooled, type Refused } from '#stats'
import type { PoolAnswer } from './answer.ts'
import type { Measure } from './measures.ts'

const DIGITS = 4

/** Prints all of it. */
export function poolText(answer: PoolAnswer): string {
  const { pooled, dropped } = answer
  const { measure } = answer.order
  return [
    `${headline(pooled)}, ${measure.label}`,
    terminalTable(['study', 'effect', intervalHead(pooled), 'weight %'], studyRows(answer)),
    coefficientTable(pooled),
    ...(measure.shown && pooled.coefficients.length === 1 ? [backText(pooled, measure.shown)] : []),
    heterogeneityText(pooled),
    ...pooled.notes.map(({ reason }) => `note: ${reason}`),
    ...extraTexts(answer),
    ...(dropped.length > 0
      ? [['left out', ...dropped.map(({ study, line, reason }) => `  ${study} (line ${line}): ${reason}`)].join('\n')]
      : []),
  ].join('\n\n')
}

const METHODS: Readonly<Record<Pooled['method'], string>> = {
  FE: 'a common effect',
  DL: 'random effects, DerSimonian-Laird',
  HE: 'random effects, Hedges',
  REML: 'random effects, restricted maximum likelihood',
  ML: 'random effects, maximum likelihood',
  PM: 'random effects, Paule-Mandel',
  SJ: 'random effects, Sidik-Jonkman',
  HS: 'random effects, Hunter-Schmidt',
  EB: 'random effects, empirical Bayes',
  MH: 'a common effect, Mantel-Haenszel',
  PETO: 'a common effect, Peto',
}
const TESTS: Readonly<Record<Pooled['test'], string>> = {
  z: 'normal intervals',
  knha: 'Knapp-Hartung intervals',
  adhoc: 'Knapp-Hartung intervals, guarded',
}

const headline = ({ k, method, test }: Pooled): string => `${k} studies, ${METHODS[method]}, ${TESTS[test]}`

const intervalHead = ({ level }: Pooled): string => `${formatNumber(100 * level)} %`

export const boundsText = (bounds: Bounds | null): string =>
  bounds ? `${formatNumber(bounds.lo, DIGITS)} to ${formatNumber(bounds.hi, DIGITS)}` : formatNumber(null)

function studyRows({ studies, pooled }: PoolAnswer): (string | number)[][] {
  const z = normalLaw().upperQuantile((1 - pooled.level) / 2)
  return studies.map(({ name, yi, vi }, i) => {
    const half = z * Math.sqrt(vi)
    return [name, yi, boundsText({ lo: yi - half, hi: yi + half }), pooled.weights[i]?.toFixed(1) ?? '']
  })
}

function coefficientTable(pooled: Pooled): string {
  const single = pooled.coefficients.length === 1
  const rows = pooled.coefficients.map(({ name, estimate, se, ci, p }) => [
    single ? 'pooled' : name,
    estimate,
    se,
    boundsText(ci),
    p,
  ])
  return terminalTable(['', 'estimate', 'se', intervalHead(pooled), 'p'], rows)
}

const INVERSES = {
  exp: { of: exp, words: 'as a ratio or rate' },
  logistic: { of: (x: number) => 1 / (1 + exp(-x)), words: 'as a proportion' },
  tanh: { of: (x: number) => 1 - 2 / (exp(2 * x) + 1), words: 'as a correlation' },
} as const

/** The pooled estimate on the scale people think in. */
function backText({ coefficients, pi }: Pooled, shown: NonNullable<Measure['shown']>): string {
  const { of, words } = INVERSES[shown]
  const back = (bounds: Bounds | null): Bounds | null => bounds && { lo: of(bounds.lo), hi: of(bounds.hi) }
  const [first] = coefficients
  const prediction = pi ? `; a new study ${boundsText(back(pi))}` : ''
  return `${words}: ${formatNumber(of(first.estimate), DIGITS)} (${boundsText(back(first.ci))})${prediction}`
}

function heterogeneityText({ pi, tau2, tau2Ci, I2, H2, Q, Qdf, Qp, moderatorTest: test, test: kind }: Pooled): string {
  const rows: string[] = []
  if (pi) rows.push(`a new study    ${boundsText(pi)}`)
  if (tau2 !== null)
    rows.push(`tau2           ${formatNumber(tau2, DIGITS)}${tau2Ci ? ` (${boundsText(tau2Ci)})` : ''}`)
  if (I2 !== null) rows.push(`I2, H2         ${formatNumber(I2, 3)} %, ${formatNumber(H2, 3)}`)
  if (Q !== null) rows.push(`Q              ${formatNumber(Q, DIGITS)} on ${Qdf} df, p ${formatNumber(Qp, 3)}`)
  if (test)
    rows.push(
      `moderators     ${kind === 'z' ? 'chi-square' : 'F'} ${formatNumber(test.statistic, DIGITS)} on ${test.df} df, p ${formatNumber(test.p, 3)}`,
    )
  return rows.join('\n')
}

/** A result as a row of a table, or why there is none. */
const resultRow = (name: string, result: Pooled | Refused): (string | number | null)[] => {
  if (result.status === 'refused') return [name, result.reason, null, null]
  const [{ estimate, ci }] = result.coefficients
  return [name, formatNumber(estimate, DIGITS), boundsText(ci), result.tau2]
}

function extraTexts({ studies, pooled, subgroups, leaveOneOut, cumulative, asymmetry }: PoolAnswer): string[] {
  const table = (head: string, rows: (string | number | null)[][]): string =>
    terminalTable([head, 'estimate', intervalHead(pooled), 'tau2'], rows)
  const series = (head: string, results: readonly (Pooled | Refused)[]): string =>
    table(
      head,
      results.map((result, i) => resultRow(studies[i]?.name ?? '', result)),
    )
  const texts: string[] = []
  if (subgroups) {
    texts.push(
      table(
        'group',
        subgroups.groups.map((group) => resultRow(group.name, group.pooled)),
      ),
    )
    if (subgroups.between) {
      const { Q, df, p } = subgroups.between
      texts.push(`between groups  Q ${formatNumber(Q, DIGITS)} on ${df} df, p ${formatNumber(p, 3)}`)
    }
  }
  if (leaveOneOut) texts.push(series('without', leaveOneOut))
  if (cumulative) texts.push(series('up to', cumulative))
  if (asymmetry) texts.push(asymmetryText(asymmetry))
  return texts
}

function asymmetryText({ egger, trimAndFill: fill }: NonNullable<PoolAnswer['asymmetry']>): string {
  const line =
    egger.status === 'refused'
      ? egger.reason
      : `slope ${formatNumber(egger.slope, DIGITS)} per standard error, t ${formatNumber(egger.t, DIGITS)} on ${egger.df} df, p ${formatNumber(egger.p, 3)}`
  if (fill.status === 'refused') return `Egger          ${line}\ntrim and fill  ${fill.reason}`
  const [{ estimate, ci }] = fill.pooled.coefficients
  const missing = `${fill.missing} missing on the ${fill.side}; with them ${formatNumber(estimate, DIGITS)} (${boundsText(ci)})`
  return `Egger          ${line}\ntrim and fill  ${missing}`
}
