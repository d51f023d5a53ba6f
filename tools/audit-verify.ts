import { parseArgs } from 'node:util'
import { anchorPath, verifyAudit } from '../src/access/index.ts'
import { openDatabase, Unavailable } from '../src/platform/index.ts'
import { saidOf } from './audit-words.ts'
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
      const found = await owner.transaction('owner', {}, (db) => verifyAudit(db, { anchor, since, lag }))
      for (const words of saidOf(found)) console.log(words)
      return found.faults.length === 0 ? 0 : 1
    } finally {
      await owner.close()
    }
  })
})
