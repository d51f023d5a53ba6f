import { houseViolations } from './house/house.ts'
import { readTree } from './tree.ts'

// Says what in this tree breaks a rule of the house. A warning is said and fails nothing.
const violations = houseViolations(readTree())
for (const { path, line, rule, words, warning } of violations)
  console.log(`${path}:${line}  ${warning ? 'warning, ' : ''}${rule}: ${words}`)
process.exitCode = violations.some((each) => !each.warning) ? 1 : 0
