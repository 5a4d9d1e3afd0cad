// The colours of pages and figures, for light and dark. One blue hue in steps of lightness carries the data and an orange the marks: blue and orange
// of Okabe and Ito's set, which the common forms of colour blindness keep apart; the steps stay apart in grey (tested).

/** What a colour is for. All are opaque, so that screen and print show the same. */
export interface Palette {
  readonly paper: string
  readonly ink: string
  /** Text that steps back: captions, labels of axes. */
  readonly quiet: string
  readonly rule: string
  readonly hair: string
  readonly outer: string
  readonly inner: string
  readonly edge: string
  readonly line: string
  readonly single: string
  readonly mark: string
  readonly assumed: string
}

/** @source Okabe M, Ito K. Color universal design. 2002, revised 2008: blue #0072B2 and vermilion #D55E00, darkened for text. */
export const LIGHT: Palette = {
  paper: '#ffffff',
  ink: '#1b1b1b',
  quiet: '#5a5a5a',
  rule: '#1b1b1b',
  hair: '#e4e4e2',
  outer: '#dceaf5',
  inner: '#a9cfea',
  edge: '#4a90c2',
  line: '#00476f',
  single: '#6c7a85',
  mark: '#d55e00',
  assumed: '#a34400',
}

export const DARK: Palette = {
  paper: '#16191c',
  ink: '#e9e7e2',
  quiet: '#adaba5',
  rule: '#8c8a85',
  hair: '#2e3338',
  outer: '#1b3547',
  inner: '#2c5f83',
  edge: '#4f94c4',
  line: '#cfe9fb',
  single: '#8fa3b3',
  mark: '#ff8c3b',
  assumed: '#ffa566',
}
