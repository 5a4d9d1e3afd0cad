// Counting: what passed, failed and was skipped. A step counts as one; the step of tests counts by its tests instead.

export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const PASSED: Tally = { passed: 1, failed: 0, skipped: 0 }
export const FAILED: Tally = { passed: 0, failed: 1, skipped: 0 }
export const SKIPPED: Tally = { passed: 0, failed: 0, skipped: 1 }

/** Adds tallies up. */
export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((total, { passed }) => total + passed, 0),
  failed: tallies.reduce((total, { failed }) => total + failed, 0),
  skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
})

/** The line that CI reads. */
export const printTally = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`

/** What we read of the report that vitest's JSON reporter writes. */
export interface TestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

/**
 * Counts tests. A file that could not be loaded has no tests in the report and would count as nothing: it counts as one failed.
 * @param exitCode what vitest returned: not 0 without any failed test (an error outside tests, no tests at all) counts as one failed
 */
export function tallyTests(report: TestReport | undefined, exitCode: number): Tally {
  const files = report?.testResults ?? []
  const statuses = files.flatMap((file) => file.assertionResults.map(({ status }) => status))
  const unloaded = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  const passed = statuses.filter((status) => status === 'passed').length
  const skipped = namesOfSkipped(report).length
  const failed = statuses.length - passed - skipped + unloaded
  return { passed, skipped, failed: failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : failed }
}

/** Lists the tests that did not run; each says in its name what is missing. */
export const namesOfSkipped = (report: TestReport | undefined): string[] =>
  (report?.testResults ?? []).flatMap((file) =>
    file.assertionResults.flatMap(({ fullName, status }) =>
      ['disabled', 'pending', 'skipped', 'todo'].includes(status) ? [fullName] : [],
    ),
  )
