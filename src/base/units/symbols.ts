// The vocabulary of units: what each symbol means as digits × 10^tens of the base units. UCUM's names and values, kept to what this field writes.
// Digits are whole numbers, so that conversions stay exact. Departures from UCUM: mol, cell, IU and U are bases of their own (a mole is no plain
// number, a cell no plain 1, an IU belongs to its substance), and each unit takes only the prefixes in use: Mg or ML would be a slip for mg or mL.

/** The base units, in the order in which dimensions are printed. Volume is m3, and 1 L is 10^-3 m3. */
export const BASES = ['g', 'mol', 'cell', 'IU', 'U', 'm', 'K', 's'] as const

export type Base = (typeof BASES)[number]

/** The exponent of every base unit; multiples of 1/4. */
export type Dimension = Readonly<Record<Base, number>>

/** What one symbol stands for: `digits` × 10^`tens` of the base units in `dimension`, absent ones being 0. */
export interface Meaning {
  readonly digits: number
  readonly tens: number
  readonly dimension: Partial<Dimension>
}

const PREFIXES: Readonly<Record<string, number>> = { f: -15, p: -12, n: -9, u: -6, m: -3, c: -2, d: -1, k: 3, M: 6 }

/**
 * Symbol, prefixes it takes, digits, tens, dimension.
 * @source UCUM, ucum-essence.xml: a is the mean Julian year of 365.25 d, mo its twelfth. Da: CODATA 2022, 1.66053906892(52) × 10^-24 g.
 */
const ROWS: readonly (readonly [string, string, number, number, Partial<Dimension>])[] = [
  ['10*', '', 1, 1, {}],
  ['%', '', 1, -2, {}],
  ['g', 'fpnumk', 1, 0, { g: 1 }],
  ['Da', 'kM', 166053906892, -35, { g: 1 }],
  ['L', 'fpnumd', 1, -3, { m: 3 }],
  ['m', 'numcdk', 1, 0, { m: 1 }],
  ['mol', 'fpnumk', 1, 0, { mol: 1 }],
  ['cell', '', 1, 0, { cell: 1 }],
  ['IU', 'numk', 1, 0, { IU: 1 }],
  ['U', 'numk', 1, 0, { U: 1 }],
  ['K', '', 1, 0, { K: 1 }],
  ['s', 'num', 1, 0, { s: 1 }],
  ['min', '', 6, 1, { s: 1 }],
  ['h', '', 36, 2, { s: 1 }],
  ['d', '', 864, 2, { s: 1 }],
  ['wk', '', 6048, 2, { s: 1 }],
  ['mo', '', 26298, 2, { s: 1 }],
  ['a', '', 315576, 2, { s: 1 }],
]

/** Every symbol a unit may be written with, prefixes included: "mg", "min", "10*" … No two rows make the same symbol (tested). */
export const SYMBOLS: ReadonlyMap<string, Meaning> = new Map(
  ROWS.flatMap(([symbol, prefixes, digits, tens, dimension]): [string, Meaning][] => [
    [symbol, { digits, tens, dimension }],
    ...[...prefixes].map((prefix): [string, Meaning] => [
      `${prefix}${symbol}`,
      { digits, tens: tens + (PREFIXES[prefix] as number), dimension },
    ]),
  ]),
)

const PLAIN: Meaning = { digits: 1, tens: 0, dimension: {} }

/**
 * Looks up a symbol; an annotation such as {1.73_m2} stands for 1.
 * @returns its meaning, or nothing when the symbol is unknown
 */
export const meaningOf = (symbol: string): Meaning | undefined => (symbol.startsWith('{') ? PLAIN : SYMBOLS.get(symbol))
