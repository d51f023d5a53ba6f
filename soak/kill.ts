import { killInRounds } from './kill/rounds.ts'
import { randomFrom } from './random.ts'

/**
 * Pulls the plug, again and again, while everything comes in: the server and the database are killed in every way at random moments, and what
 * was acknowledged must be there exactly once, with nothing half done, every projection as the logs make it, every answer in the audit, and the
 * seal unbroken.
 *   npm run soak -- kill [ROUNDS] [SEED]
 */
const rounds = Number(process.argv[3] ?? 500)
const seed = Number(process.argv[4] ?? 1)
console.log(`${rounds} rounds of kills, seed ${seed}.`)
const began = performance.now()
const report = await killInRounds({
  rounds,
  random: randomFrom(seed),
  killsEach: 2,
  projectionsEvery: 50,
  say: console.log,
})
for (const fault of report.faults.slice(0, 20)) console.log(`FAULT ${fault}`)
console.log(
  JSON.stringify({
    seed,
    seconds: Math.round((performance.now() - began) / 1000),
    ...report,
    faults: report.faults.length,
  }),
)
console.log(
  report.faults.length === 0 ? 'Nothing that was acknowledged is lost.' : 'Something does not hold.',
)
process.exit(report.faults.length === 0 ? 0 : 1)
