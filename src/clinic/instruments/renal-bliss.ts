// Renal response as the belimumab trial in nephritis defined it: its primary efficacy renal response (PERR), and its complete one (CRR).
import type { Findings } from './column.ts'
import type { Instrument } from './instrument.ts'
import { egfr, failure, keptFiltration, notLowerThan, preflareEgfr, upcr } from './renal.ts'
import { all, amount, any, is, not, said } from './three-valued.ts'
import { part, type Verdict, yesOrNo } from './verdict.ts'

/** Upper end of protein, and whether it is still met; filtration that is enough; what may be lost of it. */
interface Rule {
  readonly protein: number
  readonly how: 'at most' | 'below'
  readonly enough: number
  readonly loss: number
}

const PERR: Rule = { protein: 0.7, how: 'at most', enough: 60, loss: 0.2 }
const CRR: Rule = { protein: 0.5, how: 'below', enough: 90, loss: 0.1 }

function respond({ protein, how, enough, loss }: Rule, found: Findings): Verdict {
  const { now, before } = keptFiltration(found)
  const parts = [
    part('protein', `Protein to creatinine ${how} ${protein} g/g`, is(amount(upcr, found), how, protein)),
    part(
      'filtration',
      `Filtration at least ${enough} mL/min, or not more than ${loss * 100} % below that before the flare`,
      any(is(now, 'at least', enough), notLowerThan(now, before, loss)),
    ),
    part('failure', 'No treatment failure', not(said(failure, found))),
  ]
  return yesOrNo(all(...parts), parts)
}

const WHEN_NOT =
  'Not as the response of a guideline, and not before the weeks at which its trial looked (52 and 104). Treatment failure is that of its protocol, which also asks for at most 10 mg of prednisone a day from week 24 on.'

/** Tells a primary efficacy renal response. */
export const perr: Instrument = {
  name: 'renal-perr',
  label: 'Primary efficacy renal response',
  kind: 'yes or no',
  unit: '1',
  sources: [
    {
      key: 'furie-2020',
      locator: 'the definition, as the abstract of a later analysis and the maker of the drug give it',
    },
  ],
  definition:
    'Protein to creatinine at most 0.7 g/g, filtration at least 60 mL/min per 1.73 m2 or not more than 20 % below that before the flare, and no treatment failure.',
  params: [],
  needs: [upcr, egfr, preflareEgfr, failure],
  whenNotToUse: WHEN_NOT,
  example: {
    about: 'Protein to creatinine 0.6 g/g, filtration 55 after 65 mL/min: no complete response, but this one.',
    found: { upcr: 0.6, egfr: 55, preflare_egfr: 65, treatment_failure: false },
  },
  compute: (found) => respond(PERR, found),
}

/** Tells a complete renal response. */
export const crr: Instrument = {
  ...perr,
  name: 'renal-crr',
  label: 'Complete renal response (belimumab trial)',
  definition:
    'Protein to creatinine below 0.5 g/g, filtration at least 90 mL/min per 1.73 m2 or not more than 10 % below that before the flare, and no treatment failure.',
  example: {
    about: 'Protein to creatinine 0.3 g/g, filtration 60 after 65 mL/min.',
    found: { upcr: 0.3, egfr: 60, preflare_egfr: 65, treatment_failure: false },
  },
  compute: (found) => respond(CRR, found),
}
