// ISN/RPS: the class of nephritis from what a biopsy shows.
import { type Findings, plain, yesNo } from './column.ts'
import type { Instrument, Settings } from './instrument.ts'
import { all, amount, is, not, said, type Truth } from './three-valued.ts'
import { part, type Verdict } from './verdict.ts'

const involved = plain(
  'glomeruli_percent',
  'Share of glomeruli with endocapillary or extracapillary proliferation, in %',
  [0, 100],
)
const sclerosed = plain('sclerosed_percent', 'Share of glomeruli that are globally sclerosed, in %', [0, 100])
const residual = yesNo('residual_activity', 'Activity is left in glomeruli that are not sclerosed')
const membranous = yesNo(
  'membranous',
  'Membranous: deposits on the outer side of the basement membrane, global or segmental',
)
const mesangial = yesNo('mesangial_proliferation', 'Mesangial proliferation in light microscopy')
const deposits = yesNo('mesangial_deposits', 'Mesangial deposits in immunofluorescence')
const active = yesNo('active_lesions', 'Active lesions')
const chronic = yesNo('chronic_lesions', 'Chronic lesions')

const VERSION = {
  name: 'version',
  meaning:
    '2018: class alone, activity and chronicity being indices of their own; 2003: A, A/C or C after class III and IV',
  allowed: ['2018', '2003'],
  standard: '2018',
} as const
const HALF = 50
const SCLEROSED = 90

function compute(found: Findings, settings: Settings): Verdict {
  const share = amount(involved, found)
  const parts = [
    part(
      'sclerosed',
      'At least 90 % sclerosed without residual activity',
      all(is(amount(sclerosed, found), 'at least', SCLEROSED), not(said(residual, found))),
    ),
    part('diffuse', 'Proliferation in half of the glomeruli or more', is(share, 'at least', HALF)),
    part('focal', 'Proliferation in less than half', all(is(share, 'above', 0), is(share, 'below', HALF))),
    part('membranous', 'Membranous', said(membranous, found)),
    part('mesangial', 'Mesangial proliferation', said(mesangial, found)),
    part('deposits', 'Mesangial deposits only', said(deposits, found)),
    ...(settings[VERSION.name] === '2003'
      ? [
          part('active', 'Active lesions', said(active, found)),
          part('chronic', 'Chronic lesions', said(chronic, found)),
        ]
      : []),
  ]
  const among = classes(
    Object.fromEntries(parts.map(({ id, truth }) => [id, truth])),
    settings[VERSION.name] === '2003',
  )
  return {
    value: among.length === 1 ? among[0] : undefined,
    possible: { among },
    parts,
    missing: [...new Set(parts.flatMap(({ missing }) => missing))],
    notes: [],
  }
}

/** What is possible of a truth, the truth itself where it is known. */
const cases = (truth: Truth): readonly boolean[] => (truth === undefined ? [true, false] : [truth])

/** Every class that what was seen allows; all unknown truths are tried. */
function classes(seen: Readonly<Record<string, Truth>>, withLetters: boolean): string[] {
  const out = new Set<string>()
  const letters = withLetters ? lettersOf(seen['active'], seen['chronic']) : ['']
  for (const isSclerosed of cases(seen['sclerosed'])) {
    if (isSclerosed) out.add('VI')
    else
      for (const grade of grades(seen['diffuse'], seen['focal']))
        for (const isMembranous of cases(seen['membranous']))
          for (const one of grade === ''
            ? milder(isMembranous, seen)
            : letters.map((letter) => `${grade}${letter}${isMembranous ? ' + V' : ''}`))
            out.add(one)
  }
  return [...out]
}

function grades(diffuse: Truth, focal: Truth): readonly string[] {
  if (diffuse === true) return ['IV']
  if (focal === true) return ['III']
  return [...(diffuse === undefined ? ['IV'] : []), ...(focal === undefined ? ['III'] : []), '']
}

function lettersOf(isActive: Truth, isChronic: Truth): string[] {
  const found = cases(isActive).flatMap((a) =>
    cases(isChronic).map((c) => (a && c ? ' (A/C)' : a ? ' (A)' : c ? ' (C)' : '')),
  )
  return [...new Set(found)]
}

function milder(isMembranous: boolean, seen: Readonly<Record<string, Truth>>): string[] {
  if (isMembranous) return ['V']
  const two = cases(seen['mesangial'])
  return two.flatMap((isMesangial) =>
    isMesangial ? ['II'] : cases(seen['deposits']).map((some) => (some ? 'I' : 'none')),
  )
}

/** Classifies a biopsy. */
export const isnRps: Instrument = {
  name: 'isn-rps',
  label: 'ISN/RPS class of nephritis',
  kind: 'class',
  unit: '1',
  sources: [{ key: 'pmc7751166', locator: 'table 1: 2003 and 2018' }],
  definition:
    'VI: at least 90 % of glomeruli sclerosed, without activity in the others. IV: proliferation in half of the glomeruli or more; III: in fewer. V: membranous; it is named beside III or IV. II: mesangial proliferation. I: mesangial deposits only. Version 2003 adds A, A/C or C to III and IV; 2018 gives indices of activity (0 to 24) and chronicity (0 to 12) in their place.',
  params: [VERSION],
  needs: [involved, sclerosed, residual, membranous, mesangial, deposits, active, chronic],
  whenNotToUse:
    'Not from fewer than about ten glomeruli without saying so. Not with codes of the WHO classes, which are others. It does not compute the indices of activity and chronicity: their items were not obtained.',
  example: {
    about: 'Proliferation in 60 % of glomeruli with membranous change.',
    found: {
      glomeruli_percent: 60,
      sclerosed_percent: 5,
      residual_activity: true,
      membranous: true,
      mesangial_proliferation: true,
      mesangial_deposits: true,
    },
  },
  compute,
}
