import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../testing/index.ts'
import { figuresOf } from './health.queries.ts'
import type { Figures } from './health.ts'

/** A Tuesday at noon in winter; the clocks went back on 25 October, so five of the last eight weeks were in summer time. */
const now = new Date('2026-11-17T12:00:00Z')
let fresh: FreshDatabase
let owner: pg.Client

beforeAll(async () => {
  fresh = await freshDatabase()
  owner = new pg.Client({ connectionString: fresh.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await fresh.close()
})

/** Messages of a sender that came at a moment, and what became of them at once. */
async function came(
  sender: string,
  at: string,
  count: number,
  state = 'applied',
  recorded = at,
): Promise<void> {
  for (let index = 0; index < count; index++) {
    const id = randomUUID()
    await owner.query(
      `insert into feeds.message (id, sender, source, sending_application, sending_facility, control_id, message_type, event, received_at, charset, body, digest, content_digest)
       values ($1, $2, 's', '', '', 'C1', 'ADT', 'A01', $3, 'utf-8', '', '', '')`,
      [id, sender, at],
    )
    await owner.query(
      `insert into feeds.message_state (message_id, source, state, reason, event_at, recorded_at, recorded_by) values ($1, 's', $2, $3, $4, $5, 'x')`,
      [id, state, state === 'quarantined' ? 'value' : null, recorded, at],
    )
  }
}

async function figures(sender: string): Promise<Figures> {
  const [found] = await fresh.database.transaction('feeds', { 'gt.now': now.toISOString() }, (db) =>
    figuresOf(db, [sender], new Date(now.getTime() - 86_400_000)),
  )
  if (!found) throw new Error('There are no figures')
  return found
}

describe('how a sender is doing', () => {
  test('of one that was never heard nothing is known, and nothing is a zero that means unknown', async () => {
    expect(await figures('never')).toMatchObject({
      last_received_at: null,
      weeks: 0,
      usual: null,
      oldest_waiting_at: null,
      arrival_p50: null,
      applied_p95: null,
    })
  })

  test('what is usual is the middle of the same hour by the clock in England, in summer time and in winter', async () => {
    // 11:30 in England on eight Tuesdays; in summer time that is 10:30 UTC.
    const weeks = [
      ['2026-11-10T11:30:00Z', 3],
      ['2026-11-03T11:30:00Z', 9],
      ['2026-10-27T11:30:00Z', 5],
      ['2026-10-20T10:30:00Z', 4],
      ['2026-10-13T10:30:00Z', 6],
      ['2026-10-06T10:30:00Z', 7],
      ['2026-09-29T10:30:00Z', 1],
      ['2026-09-22T10:30:00Z', 8],
    ] as const
    for (const [at, count] of weeks) await came('usual', at, count)
    // Not of this hour: an hour off because of the clocks, and more than eight weeks ago.
    await came('usual', '2026-10-20T11:30:00Z', 20)
    await came('usual', '2026-09-15T10:30:00Z', 20)
    expect(await figures('usual')).toMatchObject({ weeks: 8, usual: 5.5, last_hour: 0 })
  })

  test('weeks before the first message are no weeks', async () => {
    await came('young', '2026-11-03T09:00:00Z', 1)
    expect(await figures('young')).toMatchObject({ weeks: 2, usual: 0 })
  })

  test('counts, refusals, what waits, and lags are of the right hours', async () => {
    await came('busy', '2026-11-17T11:59:00Z', 3, 'applied', '2026-11-17T11:58:30Z')
    await came('busy', '2026-11-17T11:30:00Z', 2, 'quarantined', '2026-11-17T11:29:30Z')
    await came('busy', '2026-11-17T10:59:00Z', 4, 'applied', '2026-11-17T10:58:30Z')
    await came('busy', '2026-11-16T11:59:00Z', 5, 'quarantined')
    const found = await figures('busy')
    expect(found).toMatchObject({
      last_hour: 5,
      refused_last_hour: 2,
      last_day: 9,
      refused_last_day: 2,
      waiting: 7,
      arrival_p50: 30,
      arrival_p95: 30,
    })
    expect(found.oldest_waiting_at).toEqual(new Date('2026-11-16T11:59:00Z'))
    expect(found.last_received_at).toEqual(new Date('2026-11-17T11:59:00Z'))
  })
})
