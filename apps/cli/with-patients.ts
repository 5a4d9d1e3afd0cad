// A trial had it been larger: the same text, with another number of patients.
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'

/** Gives each arm in the text of a trial so many patients, and changes no other letter. What cannot be read is left for its reader to tell. */
export function withPatients(text: string, n: number): string {
  const arms = parseDocument(text).get('arms')
  const spans = (isSeq(arms) ? arms.items : []).flatMap((arm) => {
    const node = isMap(arm) ? arm.get('n', true) : undefined
    return isScalar(node) && node.range ? [node.range] : []
  })
  return spans.toReversed().reduce((changed, [from, to]) => changed.slice(0, from) + n + changed.slice(to), text)
}
