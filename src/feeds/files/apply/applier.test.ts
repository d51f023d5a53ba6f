import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { senderActor } from '../../../access/index.ts'
import { type Database, openDatabase, stoppedClock } from '../../../platform/index.ts'
import { type FreshDatabase, freshDatabase } from '../../../testing/index.ts'
import { aFile } from '../a-file.ts'
import { asSender, type FileParts } from '../as-sender.ts'
import { fileSender, receive } from '../receive.ts'
import { applierOf } from './applier.ts'

let fresh: FreshDatabase
let owner: Database
let parts: FileParts
const logged: unknown[] = []
beforeEach(async () => {
  fresh = await freshDatabase(8)
  owner = openDatabase(fresh.ownerUrl, 1)
  logged.length = 0
  parts = {
    place: fresh.place,
    database: fresh.database,
    clock: stoppedClock('2026-11-22T10:00:00Z'),
    log: (entry) => logged.push(entry),
  }
  return async () => {
    await owner.close()
    await fresh.close()
  }
})
afterEach(() => expect(logged).toEqual([]))

const look = async <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
  owner.transaction('owner', {}, async (db) => (await query.execute(db)).rows)

async function sendCaseload(rows: Record<string, string>[]): Promise<string> {
  const actor = senderActor(fresh.place, 'demo-community')
  if (!actor) throw new Error('no such sender')
  const { id, state } = await asSender(parts)(actor, { capability: 'feeds', action: 'test' }, (db) =>
    receive(db, fresh.place, fileSender(fresh.place, 'demo-community', 'caseloads'), {
      way: 'api',
      name: 'a',
      bytes: Buffer.from(aFile('caseloads', rows)),
    }),
  )
  expect(state).toBe('accepted')
  return id
}

const many = (count: number, more: Record<string, string> = {}) =>
  Array.from({ length: count }, (_, n) => ({
    person_id: `P${n}`,
    nhs_number: '',
    family_name: `Family${n}`,
    ...more,
  }))

const versions = () =>
  look(
    sql<{
      version: number
      n: number
    }>`select version, count(*) as n from record.resource_history where type = 'EpisodeOfCare' group by 1`,
  )
const outcomes = () =>
  look(
    sql<{
      state: string
      n: number
    }>`select state, count(*) as n from feeds.extract_line_state group by 1 order by 1`,
  )

describe('applying', () => {
  test('stopped at any step, and begun again, applies every line once', async () => {
    await sendCaseload(many(700))
    let looks = 0
    // Stops after every first bundle of lines.
    for (let rounds = 0; rounds < 10; rounds++) {
      looks = 0
      if ((await applierOf(parts, () => ++looks > 2)()) === 0) break
    }
    expect(await versions()).toEqual([{ version: 1, n: 700 }])
    expect(await outcomes()).toEqual([{ state: 'applied', n: 700 }])
  })

  test('by several at one time applies every line once', async () => {
    await sendCaseload(many(600))
    await Promise.all([applierOf(parts)(), applierOf(parts)(), applierOf(parts)()])
    expect(await versions()).toEqual([{ version: 1, n: 600 }])
    expect(await outcomes()).toEqual([{ state: 'applied', n: 600 }])
    expect(
      await look(sql`select state, count(*) as n from feeds.extract_state group by 1 order by 1`),
    ).toEqual([
      { state: 'accepted', n: 1 },
      { state: 'applied', n: 1 },
      { state: 'checked', n: 1 },
    ])
  })

  test('a file sent again with one line changed writes that line only', async () => {
    await sendCaseload(many(30))
    await applierOf(parts)()
    const [first, ...others] = many(30, { extract_date: '2026-10-02' })
    await sendCaseload([{ ...first, reason: 'Something else' } as Record<string, string>, ...others])
    await applierOf(parts)()
    expect(await versions()).toEqual([
      { version: 1, n: 30 },
      { version: 2, n: 1 },
    ])
    expect(await outcomes()).toEqual([
      { state: 'applied', n: 31 },
      { state: 'unchanged', n: 29 },
    ])
  })

  test('a line that the record refuses goes to quarantine, and keeps out no other', async () => {
    // A stray row: the id that one line’s resource has is that of a resource about somebody else.
    await sendCaseload(many(40))
    await applierOf(parts)()
    await look(sql`update record.resource_home set person_key = (select person_key from people.file where local_value = 'P9')
      where type = 'EpisodeOfCare' and person_key = (select person_key from people.file where local_value = 'P8')`)
    const changed = many(40, { extract_date: '2026-10-03' }).map((row, n) =>
      n < 15 ? { ...row, reason: 'Changed' } : row,
    )
    const id = await sendCaseload(changed)
    await applierOf(parts)()
    const states = await look(sql<{ state: string; n: number; keys: string }>`
      select state, reason, count(*) as n, min(key) as first from feeds.extract_line_state where extract_id = ${id} group by 1, 2 order by 1`)
    expect(states).toMatchObject([
      { state: 'applied', n: 14 },
      { state: 'quarantined', reason: 'not kept', n: 1, first: 'rfr-dn-north/P8' },
      { state: 'unchanged', n: 25 },
    ])
    expect(logged.splice(0)).toMatchObject([{ at: 'files', file: id, problem: { name: 'NotAllowed' } }])
  })

  test('waits while the sender’s agreement has ended', async () => {
    await sendCaseload(many(3))
    const ended = fresh.place.agreements.map((each) =>
      each.organisation === 'RFR' ? { ...each, until: '2026-01-01' } : each,
    )
    await applierOf({ ...parts, place: { ...fresh.place, agreements: ended } })()
    expect(await versions()).toEqual([])
    await applierOf(parts)()
    expect(await versions()).toEqual([{ version: 1, n: 3 }])
  })
})
