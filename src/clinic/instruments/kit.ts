// Normal ranges of the laboratory's kits, where an index says "normal for the laboratory" and leaves the number to it. Every laboratory has its own:
// these are one choice, and the scores of complement and of DNA binding hang on it.

/** A limit with its unit and where it is from. */
export interface KitLimit {
  readonly value: number
  readonly unit: string
  readonly source: string
  readonly locator: string
}

export const KIT = {
  c3: { value: 90, unit: 'mg/dL', source: 'assumed', locator: 'lower end of the usual range, 90 to 180' },
  c4: { value: 10, unit: 'mg/dL', source: 'assumed', locator: 'lower end of the usual range, 10 to 40' },
  dsdna: {
    value: 40,
    unit: 'IU/mL',
    source: 'assumed',
    locator: 'four times the level of healthy people; upper limits of kits differ',
  },
} as const satisfies Readonly<Record<string, KitLimit>>
