import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadsOf } from '../src/demo.ts'
import { stoppedClock } from '../src/platform/index.ts'
import { load } from '../src/record/index.ts'
import { inventPlace, livingPlace, momentOf, storiesOfPlace } from '../src/synthetic/index.ts'
import { type TestApp, testApp } from '../src/testing/app.ts'
import { stageOf } from './living-stage.ts'

const start = new Date('2026-10-05T08:00:00Z')
const invention = { people: 400, seed: 'living', now: start }
const clock = stoppedClock(start.toISOString())
let app: TestApp
beforeAll(async () => {
  app = await testApp(clock)
  const sent = inventPlace({ ...invention, place: app.place })
  const { refused } = await load(app.database, loadsOf(app.place, sent))
  expect(refused).toEqual([])
}, 90_000)
afterAll(() => app.close())

const counts = async () => {
  const owner = new pg.Client({ connectionString: app.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query('select type, count(*)::int as n from record.resource group by type')
  await owner.end()
  return new Map(rows.map(({ type, n }) => [type as string, n as number]))
}

it('goes on for a week against the running product: messages, transactions and files, all taken, and nobody is made twice', async () => {
  const before = await counts()
  const stories = [...storiesOfPlace(invention)]
  const living = livingPlace({ stories, seed: invention.seed, place: app.place, start, speed: 1 })
  const { stage, close } = await stageOf(app.place, {
    base: app.base,
    host: '127.0.0.1',
    mllpPort: app.mllpPort,
    filesDir: app.filesDir,
  })
  const week = new Date(start.getTime() + 7 * 86_400_000)
  clock.set(week.toISOString())
  const played = await living.until(momentOf(week), stage)
  close()
  expect(played.refused).toEqual([])
  expect(played.messages).toBeGreaterThan(5)
  expect(played.updates).toBeGreaterThan(20)
  expect(played.files).toBe((await readdir(join(app.filesDir, 'demo-council')).catch(() => [])).length)
  const after = await counts()
  expect(after.get('Encounter') ?? 0).toBeGreaterThan((before.get('Encounter') ?? 0) + 20)
  // The hospital's messages are about people whom its FHIR had told of: a file of theirs is found, not made.
  expect((after.get('Patient') ?? 0) - (before.get('Patient') ?? 0)).toBeLessThan(12)
}, 120_000)
