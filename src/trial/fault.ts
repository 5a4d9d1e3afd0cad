// Problems in the words of this room.
import { didYouMean, type Place, type Problem } from '#base'

/** Makes an error. */
export const fault = (code: string, message: string, place: Place, help?: string): Problem => ({
  code,
  level: 'error',
  message,
  place,
  ...(help !== undefined && { help }),
})

/** Says that a name is not known, and which was probably meant. */
export function unknownName(kind: string, name: string, known: readonly string[], place: Place): Problem {
  const guess = didYouMean(name, known)
  const listed = known.length === 0 ? 'there is none' : `known: ${known.join(', ')}`
  return fault(`unknown-${kind}`, `There is no ${kind} "${name}".`, place, guess ? `did you mean "${guess}"?` : listed)
}

/** Finds names that stand twice; the second is the fault. */
export function doubled(kind: string, names: readonly string[], placeOf: (index: number) => Place): Problem[] {
  return names.flatMap((name, i) =>
    names.indexOf(name) < i ? [fault('doubled-name', `The ${kind} "${name}" stands here twice.`, placeOf(i))] : [],
  )
}
