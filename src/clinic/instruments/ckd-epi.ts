// CKD-EPI 2021: filtration of the kidneys from creatinine, and from creatinine with cystatin C, without race.
import { pow } from '#base'
import { type Findings, measured, type NumberColumn, oneOf, plain } from './column.ts'
import type { Instrument } from './instrument.ts'
import { type Amount, amount, is, type Range } from './three-valued.ts'
import { type Part, part, type Verdict } from './verdict.ts'

const creatinine = measured('creatinine')
const cystatin = measured('cystatin_c')
const age: NumberColumn = { ...plain('age_years', 'Age', [0, 120], 'age'), unit: 'a', bare: true }
const sex = oneOf('sex', 'Sex that the equation was made for', ['female', 'male'], {
  f: 'female',
  m: 'male',
  woman: 'female',
  man: 'male',
})

type Sex = 'female' | 'male'

interface Equation {
  readonly factor: number
  readonly female: number
  readonly yearly: number
  readonly kappa: Readonly<Record<Sex, number>>
  readonly alpha: Readonly<Record<Sex, number>>
  readonly above: number
}

/** @source inker-2021 (mL/min per 1.73 m2, creatinine in mg/dL) */
const CREATININE: Equation = {
  factor: 142,
  female: 1.012,
  yearly: 0.9938,
  kappa: { female: 0.7, male: 0.9 },
  alpha: { female: -0.241, male: -0.302 },
  above: -1.2,
}

/** @source inker-2021 (mL/min per 1.73 m2, creatinine in mg/dL, cystatin C in mg/L) */
const WITH_CYSTATIN: Equation = {
  factor: 135,
  female: 0.963,
  yearly: 0.9961,
  kappa: { female: 0.7, male: 0.9 },
  alpha: { female: -0.219, male: -0.144 },
  above: -0.544,
}
const CYSTATIN = { kappa: 0.8, below: -0.323, above: -0.778 } as const

const bent = (value: number, kappa: number, below: number, above: number): number =>
  pow(Math.min(value / kappa, 1), below) * pow(Math.max(value / kappa, 1), above)

function filtration(equation: Equation, who: Sex, years: number, scr: number, scys: number | undefined): number {
  const { factor, female, yearly, kappa, alpha, above } = equation
  const byCreatinine = bent(scr, kappa[who], alpha[who], above)
  const byCystatin = scys === undefined ? 1 : bent(scys, CYSTATIN.kappa, CYSTATIN.below, CYSTATIN.above)
  return factor * byCreatinine * byCystatin * pow(yearly, years) * (who === 'female' ? female : 1)
}

const ADULT = 18

const known = (id: string, label: string, { words, missing }: Amount): Part =>
  part(id, label, { truth: missing.length === 0 ? true : undefined, because: words, missing })

/** The value falls with age and with either marker, so its range is between the worst and the best that is possible. */
function estimate(equation: Equation, found: Findings, withCystatin: boolean): Verdict {
  const [years, scr, scys] = [amount(age, found), amount(creatinine, found), amount(cystatin, found)]
  const said = found[sex.name]
  const who: readonly Sex[] = said === 'female' || said === 'male' ? [said] : ['female', 'male']
  const parts = [
    known('creatinine', 'Creatinine', scr),
    ...(withCystatin ? [known('cystatin_c', 'Cystatin C', scys)] : []),
    known('age', 'Age', years),
    part('sex', 'Sex', {
      truth: who.length === 1 || undefined,
      because: `sex ${who.join(' or ')}`,
      missing: who.length === 1 ? [] : [sex.name],
    }),
  ]
  const missing = parts.flatMap((one) => one.missing)
  const isChild = is(years, 'below', ADULT).truth
  if (isChild !== false)
    return {
      value: undefined,
      possible: { range: [0, Infinity] },
      parts,
      missing,
      notes: isChild ? ['for adults only: children need an equation of their own'] : [],
    }
  const at = (end: 0 | 1): number[] =>
    who.map((one) =>
      filtration(equation, one, years.range[end], scr.range[end], withCystatin ? scys.range[end] : undefined),
    )
  const range: Range = [Math.min(...at(1)), Math.max(...at(0))]
  return { value: missing.length === 0 ? range[0] : undefined, possible: { range }, parts, missing, notes: [] }
}

const WHEN_NOT =
  'Not below 18 years, not while creatinine is changing fast, not in pregnancy, and with care where muscle is far from usual. Not the equation of 2009, which gives other numbers.'

/** Estimates filtration from creatinine. */
export const ckdEpi: Instrument = {
  name: 'ckd-epi-2021',
  label: 'CKD-EPI 2021, creatinine',
  kind: 'score',
  unit: 'mL/min/{1.73_m2}',
  sources: [{ key: 'inker-2021', locator: 'the equation, as the National Kidney Foundation gives it' }],
  definition:
    '142 * min(Scr/k, 1)^a * max(Scr/k, 1)^-1.200 * 0.9938^age, times 1.012 in women; Scr in mg/dL; k 0.7 in women and 0.9 in men; a -0.241 in women and -0.302 in men. Adults only.',
  params: [],
  needs: [creatinine, age, sex],
  whenNotToUse: WHEN_NOT,
  example: {
    about: 'A woman of 65 with a creatinine of 1.2 mg/dL. A public calculator prints 52.3; the equation gives 50.2.',
    found: { creatinine: 1.2, age_years: 65, sex: 'female' },
  },
  compute: (found) => estimate(CREATININE, found, false),
}

/** Estimates filtration from creatinine and cystatin C. */
export const ckdEpiCystatin: Instrument = {
  ...ckdEpi,
  name: 'ckd-epi-2021-cystatin',
  label: 'CKD-EPI 2021, creatinine and cystatin C',
  definition:
    '135 * min(Scr/k, 1)^a * max(Scr/k, 1)^-0.544 * min(Scys/0.8, 1)^-0.323 * max(Scys/0.8, 1)^-0.778 * 0.9961^age, times 0.963 in women; Scr in mg/dL, Scys in mg/L; k 0.7 in women and 0.9 in men; a -0.219 in women and -0.144 in men. Adults only.',
  needs: [creatinine, cystatin, age, sex],
  whenNotToUse: `${WHEN_NOT} Cystatin C rises with steroids, inflammation and thyroid disease.`,
  example: {
    about: 'The same woman with a cystatin C of 1.1 mg/L.',
    found: { creatinine: 1.2, cystatin_c: 1.1, age_years: 65, sex: 'female' },
  },
  compute: (found) => estimate(WITH_CYSTATIN, found, true),
}
