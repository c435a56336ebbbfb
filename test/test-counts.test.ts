import { expect, it } from 'vitest'
import { countTests } from '../scripts/test-counts.ts'

it('counts a file that did not load as one failure', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] },
      { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
    ],
  }

  expect(countTests(JSON.stringify(report))).toEqual({ passed: 3, failed: 2 })
})
