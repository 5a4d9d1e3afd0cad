// LLDAS: the state of low disease activity of lupus.
import { type Findings, measured, type NumberColumn, yesNo } from './column.ts'
import { pga } from './global.ts'
import type { Instrument, Settings } from './instrument.ts'
import { SLEDAI_COLUMNS, sledaiColumn, sledaiParts, sledaiTotal, VARIANT, WINDOW } from './sledai-chart.ts'
import { all, amount, any, is, not, said, type Statement } from './three-valued.ts'
import { type Part, part, type Verdict, yesOrNo } from './verdict.ts'

const organ = yesNo(
  'major_organ_activity',
  'Activity in kidney, brain, heart or lung, vasculitis or fever, where it was judged already',
)
const haemolysis = yesNo('haemolytic_anaemia', 'Haemolytic anaemia due to lupus', 'hemolytic_anemia')
const gut = yesNo('gut_activity', 'Activity of lupus in the gut', 'gi_activity')
const fresh = yesNo('new_activity', 'A feature of lupus that was not there at the assessment before')
const standard = yesNo(
  'standard_maintenance',
  'Only well-tolerated standard maintenance doses of immunosuppressives and approved biologics',
)
const trialDrug = yesNo('investigational_drug', 'A drug or cell product on trial')
const prednisone = measured('prednisone')

const MAJOR = new Set([
  'seizure',
  'psychosis',
  'organic_brain',
  'visual',
  'cranial_nerve',
  'headache',
  'stroke',
  'vasculitis',
  'casts',
  'haematuria',
  'proteinuria',
  'pyuria',
  'pleurisy',
  'pericarditis',
  'fever',
])

// Largest doses that count as standard, in the unit of the analyte.
const CAPS: readonly (readonly [column: NumberColumn, cap: number])[] = [
  [measured('hydroxychloroquine'), 400],
  [measured('methotrexate'), 30],
  [measured('azathioprine'), 200],
  [measured('mycophenolate'), 3000],
  [measured('mycophenolic_acid'), 2160],
  [measured('leflunomide'), 20],
]

const INVESTIGATIONAL = {
  name: 'investigational',
  meaning:
    'whether a drug or cell product on trial rules the state out, as the definition says, or is waived, as trials of one may do',
  allowed: ['excluded', 'waived'],
  standard: 'excluded',
} as const

const MOST = { sledai: 4, pga: 1, prednisone: 7.5 } as const

function majorOrgan(found: Findings, settings: Settings): Statement {
  const judged = said(organ, found)
  if (judged.truth !== undefined) return judged
  const items = sledaiParts(found, settings[VARIANT.name] ?? VARIANT.standard, ({ id }) => MAJOR.has(id))
  return any(...items)
}

/** A dose beyond its cap rules the criterion out; only a physician can say that treatment is well tolerated. */
function maintenance(found: Findings): Statement {
  const beyond = CAPS.filter(([{ name }]) => found[name] !== undefined).map(([column, cap]) =>
    is(amount(column, found), 'above', cap),
  )
  return all(said(standard, found), ...beyond.map(not))
}

function compute(found: Findings, settings: Settings): Verdict {
  const parts: Part[] = [
    part('sledai', 'SLEDAI-2K at most 4', is(sledaiTotal(found, settings), 'at most', MOST.sledai)),
    part('major_organ', 'No activity in major organs', not(majorOrgan(found, settings))),
    part(
      'haemolysis_gut',
      'No haemolytic anaemia, no activity in the gut',
      not(any(said(haemolysis, found), said(gut, found))),
    ),
    part('new_activity', 'Nothing new since the assessment before', not(said(fresh, found))),
    part('pga', 'PGA at most 1', is(amount(pga, found), 'at most', MOST.pga)),
    part('prednisone', 'Prednisone at most 7.5 mg/d', is(amount(prednisone, found), 'at most', MOST.prednisone)),
    part('maintenance', 'Well-tolerated standard maintenance', maintenance(found)),
  ]
  if (settings[INVESTIGATIONAL.name] !== 'waived')
    parts.push(part('investigational', 'No drug or cell product on trial', not(said(trialDrug, found))))
  return yesOrNo(all(...parts), parts)
}

/** Tells who is in low disease activity. */
export const lldas: Instrument = {
  name: 'lldas',
  label: 'Lupus Low Disease Activity State',
  kind: 'yes or no',
  unit: '1',
  sources: [
    { key: 'franklyn-2016', locator: 'table 1' },
    { key: 'golder-2016', locator: 'table 3: standard doses of the Asia Pacific Lupus Collaboration' },
  ],
  definition:
    'All of: SLEDAI-2K at most 4 with no activity in kidney, brain, heart, lung or vessels and no fever; no haemolytic anaemia and no activity in the gut; nothing new since the assessment before; PGA at most 1; prednisone or its equivalent at most 7.5 mg a day; well-tolerated standard maintenance treatment and no drug on trial. Doses that were given are held to hydroxychloroquine 400, azathioprine 200, mycophenolate mofetil 3000, mycophenolic acid 2160 and leflunomide 20 mg a day and methotrexate 30 mg a week.',
  params: [INVESTIGATIONAL, VARIANT, WINDOW],
  needs: [
    sledaiColumn,
    ...SLEDAI_COLUMNS,
    organ,
    haemolysis,
    gut,
    fresh,
    pga,
    prednisone,
    standard,
    ...CAPS.map(([column]) => column),
    trialDrug,
  ],
  whenNotToUse:
    'Not as remission: activity may remain. A patient inside a trial of a new drug or of cells fails it by definition, unless the trial waives that: say which was used.',
  example: {
    about: 'At every limit at once: SLEDAI 4, PGA 1, prednisone 7.5 mg/d.',
    found: {
      sledai: 4,
      major_organ_activity: false,
      haemolytic_anaemia: false,
      gut_activity: false,
      new_activity: false,
      pga: 1,
      prednisone: 7.5,
      standard_maintenance: true,
      investigational_drug: false,
    },
  },
  compute,
}
