import { z } from 'zod'

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
})

export type Count = { passed: number; failed: number; skipped: number }

/**
 * What a run of vitest came to, by its JSON report and its exit code. A file that could not be loaded holds no failed test, and neither does
 * a run that died, or an error between the tests; each counts as one failure, so that nothing which failed reads as nothing wrong.
 */
export function countTests(written: unknown, exitCode: number): Count {
  const read = report.safeParse(written)
  if (!read.success) return { passed: 0, failed: 1, skipped: 0 }
  const brokenFiles = read.data.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((each) => each.status === 'failed'),
  ).length
  const failed = read.data.numFailedTests + brokenFiles
  return {
    passed: read.data.numPassedTests,
    failed: failed === 0 && (exitCode !== 0 || read.data.numPassedTests === 0) ? 1 : failed,
    skipped: read.data.numPendingTests + read.data.numTodoTests,
  }
}

export const lastLine = ({ passed, failed, skipped }: Count): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`
