import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../access/index.ts'
import { type Database, openDatabase } from '../../platform/index.ts'
import { aListeningPlace, type ListeningPlace } from '../../testing/listening-place.ts'
import { emptyRecord, wholeRecord } from '../../testing/whole-record.ts'
import { lives } from './lives.ts'

let place: ListeningPlace
let owner: Database
beforeAll(async () => {
  place = await aListeningPlace()
  owner = openDatabase(place.ownerUrl, 1)
})
afterAll(async () => {
  await owner.close()
  await place.close()
})

/** Nothing is anchored here: no job runs. */
const brokenSeals = async () => {
  const how = { anchor: '/nonexistent/anchor', lag: Number.POSITIVE_INFINITY }
  const { seals, faults } = await owner.transaction('owner', {}, (db) => verifyAudit(db, how))
  expect(seals).toBeGreaterThan(0)
  return faults
}

const noon = Date.parse('2026-06-16T12:00:00Z')

/** Our clock: hours off from one message to the next, forward and back, as when a machine is set right. */
test('a clock that jumps by hours changes nothing of the record, and the seal of the audit holds', async () => {
  const hours = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(lives, hours, async (life, jumps) => {
      const sendAt = async (at: (index: number) => number) => {
        await emptyRecord(place.look)
        for (const [index, { text }] of life.entries()) {
          // house allows clock: hours before and after a fixed noon
          place.clock.set(new Date(noon + at(index) * 3_600_000).toISOString())
          expect(await place.told(text)).toMatch(/^A[AE]/)
          if (index % 3 === 0) await place.look('select access.seal_audit()')
        }
        return wholeRecord(place.look)
      }
      const steady = await sendAt(() => 0)
      expect(await sendAt((index) => jumps[index % jumps.length] ?? 0)).toEqual(steady)
      expect(await brokenSeals()).toEqual([])
    }),
    { numRuns: 8 },
  )
}, 600_000)
