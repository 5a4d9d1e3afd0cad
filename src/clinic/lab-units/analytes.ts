// What laboratories and prescriptions measure, as instruments need it: one unit per analyte, its LOINC code, and what values a living person can have.
// Knows no instrument. Bounds are for catching slips of unit and of typing, so they are far wider than any normal range.

/** Something measured. Values are kept in `unit`; other units are converted or refused. */
export interface Analyte {
  readonly name: string
  readonly label: string
  /** In the spelling of our units; `ucum` is the same for exchange with other programs. */
  readonly unit: string
  readonly ucum: string
  /** LOINC codes of this quantity; `recalled` ones were not looked up in LOINC itself. */
  readonly loinc: readonly string[]
  readonly recalled?: true
  /** g/mol, where laboratories report in moles too. */
  readonly molarMass?: number
  /** Smallest and largest value that is no slip, in `unit`. */
  readonly least: number
  readonly most: number
  /** Other names of a column. */
  readonly aliases: readonly string[]
}

type Told = readonly [
  label: string,
  unit: string,
  least: number,
  most: number,
  more?: { ucum?: string; loinc?: string; recalled?: true; molarMass?: number; aliases?: string },
]

// Molar masses from atomic weights (IUPAC 2021): creatinine C4H7N3O. Haemoglobin is counted per haem, as CTCAE does (10 g/dL, 6.2 mmol/L).
const CREATININE = 113.12
const HAEM_SHARE = 16114.5

const TOLD: Readonly<Record<string, Told>> = {
  creatinine: [
    'Creatinine in serum',
    'mg/dL',
    0.05,
    40,
    { loinc: '2160-0 14682-9', molarMass: CREATININE, aliases: 'scr serum_creatinine' },
  ],
  cystatin_c: ['Cystatin C in serum', 'mg/L', 0.1, 20, { aliases: 'cystatin scys' }],
  upcr: [
    'Protein to creatinine in urine',
    'g/g',
    0,
    60,
    { loinc: '2890-2 13801-6', molarMass: CREATININE, aliases: 'protein_creatinine_ratio' },
  ],
  protein: [
    'Protein in the urine of a day',
    'g/d',
    0,
    60,
    { ucum: 'g/(24.h)', loinc: '2889-4', aliases: 'proteinuria_24h protein_24h urine_protein' },
  ],
  c3: ['Complement C3', 'mg/dL', 0, 500, { loinc: '4485-9', aliases: 'complement_c3' }],
  c4: ['Complement C4', 'mg/dL', 0, 200, { loinc: '4498-2', aliases: 'complement_c4' }],
  dsdna: [
    'Antibodies to double-stranded DNA',
    'IU/mL',
    0,
    100_000,
    { ucum: '[IU]/mL', loinc: '5130-0', aliases: 'anti_dsdna dsdna_ab' },
  ],
  haemoglobin: ['Haemoglobin', 'g/dL', 1, 27, { loinc: '718-7', molarMass: HAEM_SHARE, aliases: 'hb hgb hemoglobin' }],
  leucocytes: [
    'White cells',
    '10*9/L',
    0,
    1000,
    { loinc: '6690-2', recalled: true, aliases: 'wbc leukocytes white_cells' },
  ],
  neutrophils: ['Neutrophils', '10*9/L', 0, 500, { loinc: '751-8', aliases: 'anc neut' }],
  lymphocytes: ['Lymphocytes', '10*9/L', 0, 900, { loinc: '731-0', aliases: 'lymph' }],
  platelets: ['Platelets', '10*9/L', 0, 5000, { loinc: '777-3', aliases: 'plt thrombocytes' }],
  egfr: [
    'Estimated glomerular filtration',
    'mL/min',
    0,
    250,
    { ucum: 'mL/min/{1.73_m2}', loinc: '98979-8 98980-6', aliases: 'gfr' },
  ],
  temperature: ['Body temperature', 'Cel', 25, 45, { aliases: 'temp body_temperature' }],
  prednisone: [
    'Prednisone or its equivalent, by day',
    'mg/d',
    0,
    5000,
    { aliases: 'prednisolone prednisone_dose steroid_dose' },
  ],
  weight: ['Body weight', 'kg', 0.3, 650, { aliases: 'body_weight' }],
  hydroxychloroquine: ['Hydroxychloroquine by day', 'mg/d', 0, 2000, { aliases: 'hcq' }],
  methotrexate: ['Methotrexate by week', 'mg/wk', 0, 500, { aliases: 'mtx' }],
  azathioprine: ['Azathioprine by day', 'mg/d', 0, 1000, { aliases: 'aza' }],
  mycophenolate: ['Mycophenolate mofetil by day', 'mg/d', 0, 10_000, { aliases: 'mmf mycophenolate_mofetil' }],
  mycophenolic_acid: ['Mycophenolic acid by day', 'mg/d', 0, 10_000, { aliases: 'mpa' }],
  leflunomide: ['Leflunomide by day', 'mg/d', 0, 500, {}],
}

const words = (text = ''): string[] => text.split(' ').filter((word) => word !== '')

/** Every analyte by its name. */
export const ANALYTES: ReadonlyMap<string, Analyte> = new Map(
  Object.entries(TOLD).map(([name, [label, unit, least, most, more = {}]]): [string, Analyte] => {
    const { ucum = unit, loinc, recalled, molarMass, aliases } = more
    const analyte = { name, label, unit, ucum, loinc: words(loinc), least, most, aliases: words(aliases) }
    return [name, { ...analyte, ...(recalled && { recalled }), ...(molarMass !== undefined && { molarMass }) }]
  }),
)

/** Finds the analyte that a LOINC code is for; nothing for a code that is not one of ours. */
export function analyteByLoinc(code: string): Analyte | undefined {
  for (const analyte of ANALYTES.values()) if (analyte.loinc.includes(code)) return analyte
  return undefined
}
