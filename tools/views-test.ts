/**
 * Runs case files of the SQL on FHIR test suite: `node tools/views-test.ts DIR`. Prints each case that fails and
 * why, and last the line `N passed, N failed`. Exits 1 if any failed.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CaseFile, runCase } from '../src/record/views/cases.ts'

const [directory] = process.argv.slice(2)
if (directory === undefined) {
  console.error('Say which folder holds the case files.')
  process.exit(2)
}

let passed = 0
let failed = 0
for (const file of readdirSync(directory)
  .filter((name) => name.endsWith('.json'))
  .sort()) {
  const { tests = [], resources = [] } = JSON.parse(readFileSync(join(directory, file), 'utf8')) as CaseFile
  for (const test of tests) {
    const fault = runCase(test, resources)
    if (fault === undefined) passed += 1
    else {
      failed += 1
      console.log(`${file}: ${test.title}: ${fault}`)
    }
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
