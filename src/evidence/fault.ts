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
  const listed = known.length === 0 ? 'there is none' : `known: ${known.slice(0, 12).join(', ')}`
  return fault(`unknown-${kind}`, `There is no ${kind} "${name}".`, place, guess ? `did you mean "${guess}"?` : listed)
}

/** Checks that a file is called after what it holds: the folder is the list, so a name must lead to its file. */
export function checkName(file: string, name: string, place: Place): Problem[] {
  const called = /([^/\\]*)\.yaml$/.exec(file)?.[1] ?? file
  return called === name
    ? []
    : [
        fault(
          'other-name',
          `The file is called "${called}", and what it holds "${name}".`,
          place,
          `call both "${called}"`,
        ),
      ]
}
