// Links mechanisms: what one file needs, exactly one other provides, in the same unit; a file alone takes its stated value as an input.
import { sameUnit, type Unit } from '#base'
import { resolveDefinition } from './check-expression.ts'
import { checkMeaning } from './check-sourced.ts'
import { modelNameOf } from './gather.ts'
import {
  type Check,
  type Declared,
  type Definition,
  declare,
  type Of,
  report,
  type Scope,
  statementsOf,
  suggest,
  unitOf,
} from './scope.ts'

/** A need and what fills it. Units are compared once all names stand. */
export interface Link {
  readonly need: Of<'needs'>
  readonly unit: Unit
  readonly provider: Definition
}

/** Gives every needed name its meaning. */
export function linkNeeds(check: Check, scopes: readonly Scope[]): Link[] {
  const providers = listProviders(check, scopes[0])
  const links: Link[] = []
  for (const scope of scopes)
    for (const need of statementsOf(scope, 'needs')) {
      checkMeaning(check, need.name, need.meaning)
      const unit = unitOf(check, need.unit)
      const provider = providers.get(need.name.text)
      if (unit && provider && provider.scope !== scope) {
        links.push({ need, unit, provider })
        declare(check, scope, need.name, { kind: 'definition', definition: provider })
      } else
        declare(
          check,
          scope,
          need.name,
          unit ? standAlone(check, scopes.length > 1, need, unit, [...providers.keys()]) : { kind: 'broken' },
        )
    }
  return links
}

function listProviders(check: Check, root: Scope | undefined): Map<string, Definition> {
  const providers = new Map<string, Definition>()
  for (const definition of check.definitions) {
    const { kind, name } = definition.statement
    const first = providers.get(name.text)
    if (kind !== 'provides') continue
    const own = modelNameOf(definition.scope.file.file)
    if (first && first.scope !== definition.scope)
      report(
        check,
        'doubled-provides',
        `"${name.text}" is provided by "${modelNameOf(first.scope.file.file)}" and by "${own}".`,
        name.place,
        'leave one of them out, or rename one',
      )
    else if (root && root !== definition.scope && root.names.has(name.text))
      report(
        check,
        'doubled-provides',
        `"${name.text}" is provided by "${own}" and declared by "${modelNameOf(root.file.file)}".`,
        name.place,
        'what is provided keeps its plain name: rename one',
      )
    else providers.set(name.text, definition)
  }
  return providers
}

function standAlone(
  check: Check,
  joined: boolean,
  { name, alone, meaning }: Of<'needs'>,
  unit: Unit,
  provided: readonly string[],
): Declared {
  if (!joined && alone !== undefined) {
    check.inputs.push({ name: name.text, value: alone, unit, meaning: meaning ?? '', place: name.place })
    return { kind: 'input', at: check.inputs.length - 1 }
  }
  if ([...check.scopes.values()].some((scope) => mayProvide(check, scope, name.text))) return { kind: 'broken' }
  const guess = suggest(check, name.text, () => provided)
  const missing = joined
    ? 'join the file that provides it with "use"'
    : `give the value that serves the file alone: needs ${name.text} = 1 [${unit.text}]`
  report(
    check,
    'unresolved-need',
    `No joined file provides "${name.text}".`,
    name.place,
    guess ? `did you mean "${guess}"?` : missing,
  )
  return { kind: 'broken' }
}

/** Tells whether a problem already told, a file or a line that could not be read, may be all that is missing. */
const mayProvide = (check: Check, scope: Scope, name: string): boolean =>
  (scope.file.unread ?? []).some((s) => s.keyword === 'use' || (s.keyword === 'provides' && s.name === name)) ||
  statementsOf(scope, 'use').some(({ names }) => names.some(({ text }) => !check.scopes.has(text)))

/** Compares the unit that is needed with the one that is provided. */
export function checkLink(check: Check, { need, unit, provider }: Link): void {
  const resolved = resolveDefinition(check, provider, need.name)
  if (resolved && !sameUnit(resolved.unit, unit))
    report(
      check,
      'link-unit',
      `"${need.name.text}" is needed in [${unit.text}], "${modelNameOf(provider.scope.file.file)}" provides it in [${resolved.unit.text}].`,
      need.unit.place,
      `convert it where it is provided: … in [${unit.text}]`,
    )
}
