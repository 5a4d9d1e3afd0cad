// Tables as people make them: what is read, what is told, and where.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Problem, readCsv } from '#base'
import { explain, explainParts } from './explain.ts'
import { ckdEpi } from './instruments/ckd-epi.ts'
import { type Instrument, standardSettings } from './instruments/instrument.ts'
import { INSTRUMENTS } from './instruments/instruments.ts'
import { sledai } from './instruments/sledai.ts'
import { readJsonTable } from './read-json-table.ts'
import { readTable, type TableRow } from './table.ts'

interface Told {
  readonly rows: readonly TableRow[]
  readonly problems: readonly string[]
}

const tell = ({ code, place }: Problem): string => `${code} ${place?.line}:${place?.column}`

function read(text: string, instrument: Instrument = sledai, reader = readCsv): Told {
  const table = reader('t.csv', text)
  if (!table.value) return { rows: [], problems: table.problems.map(tell) }
  const { rows, problems } = readTable(table.value.header, table.value.rows, instrument)
  return { rows, problems: [...table.problems, ...problems].map(tell) }
}

const found = (told: Told) => told.rows.map((row) => row.found)

describe('what is read', () => {
  test('names in other spellings, with units in brackets of both kinds', () => {
    const told = read(
      'Patient,PLT (G/L),WBC [/uL],Mucosal ulcers,anti-dsDNA [[IU]/mL],DSDNA_UPPER_LIMIT [IU/mL]\nP1,99,2900,yes,31,30\n',
    )
    expect(told.problems).toEqual([])
    expect(found(told)).toEqual([{ platelets: 99, leucocytes: 2.9, ulcers: true, dsdna: 31, dsdna_upper_limit: 30 }])
    expect(told.rows[0]).toMatchObject({ line: 2, labels: { patient: 'P1' } })
  })

  test('codes of LOINC name a column', () => {
    expect(found(read('777-3 [10*3/uL]\n99\n'))).toEqual([{ platelets: 99 }])
  })

  test('units in cells, in one unit', () => {
    expect(read('protein\n500 mg/d\n0.5 mg/d\n\n').problems).toEqual([])
    expect(found(read('protein\n500 mg/d\n250 mg/24h\n'))).toEqual([{ protein: 0.5 }, { protein: 0.25 }])
  })

  test.each(['', 'NA', 'n/a', 'NULL', '.', '?', 'unknown', 'not done'])('"%s" says nothing', (text) => {
    expect(found(read(`rash,alopecia\n${text},no\n`))).toEqual([{ alopecia: false }])
  })

  test('quotes, semicolons, tabs, line ends, a mark at the start', () => {
    expect(found(read('\ufeffid;rash\r\n"a;b";yes\r\n'))).toEqual([{ rash: true }])
    expect(read('id;rash\n"a;b";yes\n').rows[0]?.labels).toEqual({ id: 'a;b' })
    expect(read('id\trash\na\tyes').rows[0]?.labels).toEqual({ id: 'a' })
    expect(read('id,rash\n"say ""yes""",no\n').rows[0]?.labels).toEqual({ id: 'say "yes"' })
    expect(read('id,rash\n"two\nlines",no\nb,maybe\n').problems).toEqual(['no-yes-or-no 4:3'])
  })

  test('JSON, with places', () => {
    const told = read(
      '[\n {"id": "P1", "rash": true, "platelets [10*9/L]": 99, "fever": null},\n {"rash": "perhaps"}\n]',
      sledai,
      readJsonTable,
    )
    expect(told.rows[0]).toMatchObject({ line: 2, labels: { id: 'P1' }, found: { rash: true, platelets: 99 } })
    expect(told.problems).toEqual(['no-yes-or-no 3:12'])
  })

  test('age needs no unit, for years are in its name', () => {
    expect(found(read('age_years,sex,creatinine [umol/L]\n40,F,88.4\n', ckdEpi))[0]).toMatchObject({
      age_years: 40,
      sex: 'female',
    })
    expect(found(read('age [months]\n480\n', ckdEpi))).toEqual([{ age_years: 40 }])
  })
})

describe('what is told', () => {
  test.each([
    // columns
    ['plateltes [10*9/L],rash\n90,no', ['unknown-column 1:1']],
    ['shoe_size,rash\n43,no', ['unused-column 1:1']],
    ['rash,alopecia,RASH\nno,no,no', ['column-twice 1:15']],
    ['platelets [10*9/L],plt [G/L]\n90,90', ['column-twice 1:20']],
    ['platelets,rash\n90,no', ['no-unit 1:1']],
    ['platelets [mg/dL],rash\n90,no', ['bad-unit 1:1']],
    ['platelets [furlong],rash\n90,no', ['bad-unit 1:1']],
    ['shoe_size\n43', ['unused-column 1:1', 'no-column 1:1']],
    // cells
    ['protein\n0.5 g/d\n500 mg/d', ['two-units 3:1']],
    ['protein [g/d]\n0.5\n500 mg/d', ['two-units 3:1']],
    ['protein [g/d]\n2024-03-01', ['date-in-number 2:1']],
    ['protein [g/d]\n3/1/2024', ['date-in-number 2:1']],
    ['protein [g/d]\n1-Mar', ['date-in-number 2:1']],
    ['protein [g/d]\n01.03.2024', ['date-in-number 2:1']],
    ['protein [g/d]\n"0,5"', ['comma-in-number 2:1']],
    ['protein [g/d]\n<0.15', ['bound-for-number 2:1']],
    ['protein [g/d]\nlots', ['no-number 2:1']],
    ['protein [g/d]\n1e999', ['no-number 2:1']],
    ['platelets [10*9/L]\n1e6', ['impossible-value 2:1']],
    ['platelets [10*9/L]\n-1', ['impossible-value 2:1']],
    ['temperature [Cel]\n100.4', ['impossible-value 2:1']],
    ['joints\n1.5', ['no-whole-number 2:1']],
    ['rash\n2', ['no-yes-or-no 2:1']],
    ['rash\n1\nyes\nTRUE\n0', ['mixed-yes-no 3:1']],
    // shapes
    ['', ['empty-table 1:1']],
    ['\n\n', ['empty-table 1:1']],
    ['rash,alopecia\nyes', ['uneven-row 2:1']],
    ['rash,alopecia\nyes,no,no\nno,no', ['uneven-row 2:1']],
    ['rash\n"yes', ['unclosed-quote 2:1']],
  ])('%j', (text, problems) => {
    expect(read(text).problems).toEqual(problems)
  })

  test.each([
    ['', ['empty-table 1:1']],
    ['[]', ['empty-table 1:1']],
    ['{"rash": true}', ['bad-json 1:1']],
    ['[{"rash": true},]', ['bad-json 1:17']],
    ['[{"rash": [1]}]', ['bad-json 1:11']],
    ['[{"rash": true, "rash": false}]', ['bad-json 1:18']],
    ['[{"rash": tru}]', ['bad-json 1:11']],
    ['[{"rash": true}] 3', ['bad-json 1:18']],
  ])('JSON %j', (text, problems) => {
    expect(read(text, sledai, readJsonTable).problems).toEqual(problems)
  })

  test('a bad cell costs its row and no other; styles that mix are read', () => {
    const told = read('rash,alopecia\nyes,no\nmaybe,yes\n1,no\n')
    expect(found(told)).toEqual([{ rash: true, alopecia: false }, undefined, { rash: true, alopecia: false }])
  })

  test('two visits with one creatinine in each unit are not averaged away', () => {
    const told = read('creatinine,age_years,sex\n1.0 mg/dL,40,f\n88.4 umol/L,40,f\n', ckdEpi)
    expect(told.problems).toEqual(['two-units 3:1'])
    expect(told.rows[1]?.found).toBeUndefined()
  })
})

test('a hundred thousand rows with three bad ones: three are told, the others read, soon enough', () => {
  const lines = Array.from(
    { length: 100_000 },
    (_, i) => `P${i},${i % 2 === 0 ? 'yes' : 'no'},${100 + (i % 50)},0.${i % 10}`,
  )
  lines[10] = 'P10,yes,1e6,0.1'
  lines[50_000] = 'P50000,perhaps,100,0.1'
  lines[99_999] = 'P99999,no,100,2024-01-01'
  const start = performance.now()
  const told = read(`id,rash,platelets [10*9/L],protein [g/d]\n${lines.join('\n')}\n`)
  expect(told.problems).toEqual(['impossible-value 12:9', 'no-yes-or-no 50002:8', 'date-in-number 100001:15'])
  expect(found(told).filter((one) => one !== undefined)).toHaveLength(99_997)
  expect(performance.now() - start).toBeLessThan(10_000) // one second on an idle machine
})

test('no text breaks a reader, and no table breaks an instrument', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          'rash',
          'platelets',
          ' [10*9/L]',
          '[',
          ']',
          '{',
          '}',
          ':',
          ',',
          ';',
          '\t',
          '\n',
          '\r\n',
          '"',
          'yes',
          '1',
          '0.5',
          '2024-01-01',
          '-',
          'e9',
          'true',
          'null',
        ),
        { maxLength: 40 },
      )
      .map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, fc.constantFrom(...INSTRUMENTS), (written, instrument) => {
      for (const reader of [readCsv, readJsonTable]) {
        const { value, problems } = reader('t', written)
        for (const { place } of problems)
          expect([place?.line, place?.column].every((at) => at !== undefined && at >= 1)).toBe(true)
        if (!value) {
          expect(problems).not.toEqual([])
          continue
        }
        for (const row of readTable(value.header, value.rows, instrument).rows) {
          if (!row.found) continue
          const verdict = instrument.compute(row.found, standardSettings(instrument))
          expect(explain(instrument, verdict)).toContain(instrument.label)
          expect(explainParts(verdict)).toHaveLength(verdict.parts.length)
        }
      }
    }),
    { seed: 2024, numRuns: 2000 },
  )
})

test('rows in another order get the same scores', () => {
  const row = fc.tuple(
    fc.constantFrom('yes', 'no', ''),
    fc.constantFrom('40', '120', ''),
    fc.constantFrom('0.2', '0.9', ''),
  )
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
      const scores = (lines: typeof rows): string[] =>
        found(
          read(
            `rash,platelets [10*9/L],protein [g/d]\n${lines
              .map((cells) => [...cells, ''].slice(0, 3).join(','))
              .map((line) => (line === ',,' ? 'NA,,' : line))
              .join('\n')}\n`,
          ),
        ).map((one) => explain(sledai, sledai.compute(one ?? {}, {})))
      expect(scores(rows.toReversed())).toEqual(scores(rows).toReversed())
    }),
    { seed: 3, numRuns: 200 },
  )
})

test('a verdict explains itself', () => {
  const verdict = sledai.compute(
    { rash: true, protein: 0.6, casts: false, thrombocytopenia: false, platelets: 50 },
    standardSettings(sledai),
  )
  const lines = explainParts(verdict)
  expect(lines).toContain('+ 2 Rash: rash: yes')
  expect(lines).toContain('+ 4 Proteinuria: protein 0.6 g/d: above 0.5')
  expect(lines).toContain('- 0 Urinary casts: casts: no')
  expect(lines).toContain('- 0 Thrombocytopenia: thrombocytopenia: no, although platelets 50 10*9/L: below 100')
  expect(lines).toContain('? 0 to 8 Seizure: seizure not said')
  expect(explain(sledai, verdict)).toMatch(
    /^SLEDAI-2K: open, possible 6 to 100; Proteinuria .*; Rash .*; not said: seizure, /,
  )
})
