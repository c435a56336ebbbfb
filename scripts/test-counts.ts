export interface TestCounts {
  readonly passed: number
  readonly failed: number
}

/** The run ended before it could write its report: one failure, not none. */
export const NO_REPORT: TestCounts = { passed: 0, failed: 1 }

interface JsonReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

/**
 * Counts from vitest's JSON report. A file that failed without a failed test (it did not load, or
 * a hook threw) counts as one failure; vitest's own number leaves it out.
 */
export function countTests(json: string): TestCounts {
  const report: JsonReport = JSON.parse(json)
  const brokenFiles = report.testResults.filter(
    (file) =>
      file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  )
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length }
}
