import { describe, expect, test } from 'vitest'
import { countTests, lastLine } from './test-count.ts'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
})
const report = (
  passed: number,
  failed: number,
  skipped: number,
  ...testResults: ReturnType<typeof file>[]
) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: skipped,
  testResults,
})

describe('how a run is counted', () => {
  test.each([
    [
      'all is well',
      report(2, 0, 1, file('passed', 'passed', 'passed', 'pending')),
      0,
      '2 passed, 0 failed, 1 skipped',
    ],
    ['a test fails', report(1, 1, 0, file('failed', 'passed', 'failed')), 1, '1 passed, 1 failed, 0 skipped'],
    [
      'a file cannot be loaded',
      report(1, 0, 0, file('passed', 'passed'), file('failed')),
      1,
      '1 passed, 1 failed, 0 skipped',
    ],
    [
      'a hook fails after its tests passed',
      report(1, 0, 0, file('failed', 'passed')),
      1,
      '1 passed, 1 failed, 0 skipped',
    ],
    [
      'something fails between the tests',
      report(1, 0, 0, file('passed', 'passed')),
      1,
      '1 passed, 1 failed, 0 skipped',
    ],
    ['nothing ran', report(0, 0, 3), 0, '0 passed, 1 failed, 3 skipped'],
    ['it died without a report', undefined, 137, '0 passed, 1 failed, 0 skipped'],
  ])('%s', (_, written, exitCode, line) => {
    expect(lastLine(countTests(written, exitCode))).toBe(line)
  })
})
