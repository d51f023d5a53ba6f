import { parseArgs } from 'node:util'
import { anchorPath, type Verification, verifyAudit } from '../src/access/index.ts'
import { openDatabase, Unavailable } from '../src/platform/index.ts'
import { asTool, onPlace } from './place.ts'

/**
 * `npm run -s audit:verify [-- --since 2027-01-01] [--lag MINUTES] [--anchor FILE]`: walks the sealed chain of the audit from the beginning, beside the anchor.
 * It ends with 0 when everything agrees, with 1 when something does not, with 2 when it could not be checked.
 */
await asTool(async () => {
  const { values } = parseArgs({
    options: { since: { type: 'string' }, lag: { type: 'string' }, anchor: { type: 'string' } },
  })
  const since = values.since ? new Date(values.since) : undefined
  if (since && Number.isNaN(since.getTime()))
    throw new Unavailable(`--since ${values.since} is no date. Write it as 2027-01-01.`)
  return onPlace(async ({ config, ownerUrl }) => {
    const owner = openDatabase(ownerUrl, 1)
    try {
      const anchor = values.anchor ?? anchorPath(config.dataDir)
      const lag = Number(values.lag ?? 0) * 60_000
      return say(await owner.transaction('owner', {}, (db) => verifyAudit(db, { anchor, since, lag })))
    } finally {
      await owner.close()
    }
  })
})

export function say({ seals, rows, unsealed, anchored, faults }: Verification): number {
  console.log(`${rows} rows in ${seals} seals were checked; the anchor agrees with ${anchored} of them.`)
  console.log(
    unsealed.rows === 0
      ? 'Every row is sealed.'
      : `${unsealed.rows} rows are not sealed yet, the oldest since ${unsealed.since?.toISOString()}.`,
  )
  for (const { words } of faults) console.log(`BROKEN: ${words}.`)
  console.log(faults.length === 0 ? 'The chain holds.' : 'The chain does not hold.')
  return faults.length === 0 ? 0 : 1
}
