// The tree that tables and figures are made of: plain data, printed to text here and mounted by a web app elsewhere.
// Knows no document, no browser and no tag by name.

/** An HTML or SVG element. Neighbouring texts are not joined, so that a child stays where it was put. */
export interface Element {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (Element | string)[]
}

/** What may stand where a child is wanted: lists are laid flat, `undefined` is left out. */
export type Child = Element | string | undefined | readonly Child[]

/**
 * Makes an element.
 * @param attributes those that are `undefined` are left out
 * @example el('p', { class: 'lead' }, 'One ', el('em', {}, 'word')) // printed: <p class="lead">One <em>word</em></p>
 */
export function el(
  tag: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): Element {
  const given = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { tag, attributes: Object.fromEntries(given), children: children.flatMap(lay) }
}

function lay(child: Child): (Element | string)[] {
  if (child === undefined) return []
  return isList(child) ? child.flatMap(lay) : [child]
}

const isList = (child: Child): child is readonly Child[] => Array.isArray(child)
