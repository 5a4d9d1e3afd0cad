// All studies of a library together: each on its own, then doubles and overlaps among them.
import { hasErrors, type Problem, type Reading } from '#base'
import type { ContentFile } from '../content.ts'
import { fault, unknownName } from '../fault.ts'
import { readStudy, type Study } from './read-study.ts'

/** Reads studies. @returns those that could be read, by name; every problem of all of them */
export function gatherStudies(files: readonly ContentFile[]): Reading<ReadonlyMap<string, Study>> {
  const readings = files.map(({ file, text }) => readStudy(file, text))
  const studies = readings.flatMap(({ value }) => value ?? [])
  const problems = [
    ...readings.flatMap(({ problems: found }) => found),
    ...checkDoubles(studies),
    ...studies.flatMap((study) => checkOverlaps(study, studies)),
  ]
  return { value: hasErrors(problems) ? undefined : new Map(studies.map((study) => [study.name, study])), problems }
}

/** The same study under two names would have two votes. */
function checkDoubles(studies: readonly Study[]): Problem[] {
  const first = new Map<string, Study>()
  return studies.flatMap((study) => {
    const { source, registration } = study.file
    const ids = [study.name, source, ...(study.file.design.kind === 'registered' ? [registration ?? ''] : [])]
    const before = ids.map((id) => first.get(id)).find((one) => one !== undefined)
    for (const id of ids) if (id !== '') first.set(id, study)
    return before
      ? [
          fault(
            'doubled-study',
            `The study "${study.name}" is there already, as "${before.name}".`,
            study.located.place('source'),
            'keep one file; two reports of one cohort have sources of their own and one "cohort"',
          ),
        ]
      : []
  })
}

function checkOverlaps({ file, located }: Study, studies: readonly Study[]): Problem[] {
  const names = studies.map(({ name }) => name)
  return (file.overlaps ?? []).flatMap((other, i) =>
    names.includes(other) ? [] : [unknownName('study', other, names, located.place('overlaps', i))],
  )
}
