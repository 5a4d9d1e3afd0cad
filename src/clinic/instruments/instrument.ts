// What an instrument is: items that are looked for, what each weighs, and what must have been seen. An item is scored where one of its signs is there,
// and a sign is a seen value beyond a limit: data that anybody can read, and that a batch can be scored by without asking names again.

/** One thing that is looked for. The definition is in our own words: it is no substitute for the published form. */
export interface Item {
  readonly id: string
  readonly label: string
  readonly weight: number
  readonly system: string
  readonly definition: string
}

export interface Instrument {
  readonly name: string
  readonly label: string
  readonly unit: string
  /** Key of library/evidence/references.bib. */
  readonly source: string
  readonly items: readonly Item[]
  /** Names that must be seen for a score to be known. */
  readonly needs: readonly string[]
  readonly whenNotToUse: string
}

/** A seen value above or below a limit, in the unit that the limit is in. */
export type Sign = { readonly seen: string; readonly unit: string } & (
  | { readonly above: number }
  | { readonly below: number }
)

/** Tells whether a value shows a sign; the limit itself does not. */
export const shows = (sign: Sign, value: number): boolean => ('above' in sign ? value > sign.above : value < sign.below)
