import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileScope, rulesOf, senderActor, settingsOf } from '../../access/index.ts'
import { type Actor, type Settings, stoppedClock } from '../../platform/index.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { signIn } from '../../testing/http.ts'
import { inShort } from '../../testing/listening-place.ts'
import { anAdt } from '../adt/an-adt.ts'
import { connectTo } from '../mllp/sender.ts'
import { feedRoutes } from './routes.ts'

/**
 * Messages are data about people. One capability reads them, through pages that are audited; row-level security asks for its category besides.
 * Nobody else sees a message, a control id, or how many there are about a person.
 */
const clock = stoppedClock('2026-06-16T12:00:00Z')
const secret = /CONTROL77|V-SECRET|R7777777|Ashworth/
const tables = ['feeds.message', 'feeds.message_state', 'feeds.message_now', 'feeds.mended_text']

async function withMessages(rules?: Parameters<typeof testApp>[1]): Promise<TestApp> {
  const app = await testApp(clock, rules)
  const sender = await connectTo(app.mllpPort)
  const who = { identifiers: 'R7777777^^^RFR^MR', visit: 'V-SECRET' }
  expect(inShort(await sender.send(anAdt('A01', { ...who, control: 'CONTROL77' })))).toBe('AA')
  expect(inShort(await sender.send(anAdt('A08', { ...who, control: 'CONTROL77B', born: '1' })))).toBe(
    'AE (PID-7)',
  )
  sender.close()
  return app
}

const messageId = (app: TestApp): Promise<string> =>
  app.database.transaction('feeds', settingsFor(app, officer(app)), async (db) => {
    const { rows } = await sql<{
      id: string
    }>`select message_id as id from feeds.message_now limit 1`.execute(db)
    return rows[0]?.id ?? ''
  })

const staffOf = (app: TestApp): Actor[] =>
  app.place.demoStaff.map((staff) => ({ ...staff, kind: 'staff' as const }))
const officer = (app: TestApp): Actor =>
  staffOf(app).find(({ role }) => role === 'data-quality-officer') as Actor
const isOfficer = ({ role }: Actor) => role === 'data-quality-officer'

function settingsFor(app: TestApp, actor: Actor): Settings {
  const purpose = app.place.roles[actor.role]?.purposes[0] ?? ''
  return settingsOf(actor, compileScope(actor, purpose, rulesOf(app.place), app.place.sources, clock.now()))
}

describe('with both walls', () => {
  let app: TestApp
  let id: string
  beforeAll(async () => {
    app = await withMessages()
    id = await messageId(app)
  })
  afterAll(() => app.close())

  const reading = () =>
    feedRoutes(app.place, () => {
      throw new Error('Listed, not run')
    }).map(({ definition: { method, path } }) => ({ method, path: path.replace(':message', id) }))

  test('the officer’s pages show them, so the marks below would be seen', async () => {
    const cookie = await signIn(app.base, officer(app).id)
    const shown = await Promise.all(
      [`/feeds/messages`, `/feeds/messages/${id}`, '/feeds/messages.csv'].map(async (path) =>
        (await fetch(app.base + path, { headers: { cookie } })).text(),
      ),
    )
    for (const text of shown) expect(text).toMatch(secret)
  })

  test('no other practitioner gets anything from any of the pages', async () => {
    expect(reading().length).toBeGreaterThan(10)
    for (const staff of staffOf(app).filter((each) => !isOfficer(each))) {
      const cookie = await signIn(app.base, staff.id)
      for (const { method, path } of reading()) {
        const answer = await fetch(app.base + path, { method, headers: { cookie }, redirect: 'manual' })
        expect([answer.status, staff.id, path]).toEqual([403, staff.id, path])
        expect(await answer.text()).not.toMatch(secret)
      }
    }
  })

  test('no role but the officer’s finds a row in the tables, in any capability’s transaction', async () => {
    const monitoring = { ...officer(app), id: 'monitoring', role: 'monitoring', organisation: '' }
    const others = [...staffOf(app).filter((each) => !isOfficer(each)), monitoring, senderOf('demo-practice')]
    for (const actor of others) {
      for (const table of tables) {
        const found = await app.database.transaction(
          'feeds',
          settingsFor(app, actor),
          async (db) => (await sql`select 1 from ${sql.table(table)}`.execute(db)).rows.length,
        )
        expect([actor.id, table, found]).toEqual([actor.id, table, 0])
      }
      const named = app.database.transaction('feeds', settingsFor(app, actor), (db) =>
        sql`select * from feeds.whom_named(${id}::uuid, '{R7777777}')`.execute(db),
      )
      await expect(named).rejects.toMatchObject({ code: '42501' })
    }
    const own = await app.database.transaction(
      'feeds',
      settingsFor(app, officer(app)),
      async (db) => (await sql`select 1 from feeds.message_now`.execute(db)).rows.length,
    )
    expect(own).toBe(2)
  })

  test.each(['access', 'people', 'record'])(
    'in a transaction of %s not even the officer reads what is kept for these pages',
    async (capability) => {
      const reading = app.database.transaction(
        capability,
        settingsFor(app, officer(app)),
        async (db) => (await sql`select 1 from feeds.message_now`.execute(db)).rows,
      )
      await expect(reading).rejects.toMatchObject({ code: '42501' })
    },
  )

  const senderOf = (sender: string) => senderActor(app.place, sender) as Actor

  test('/metrics says nothing about anybody, and is open to the token and to nobody without', async () => {
    const bare = await fetch(`${app.base}/metrics`, { redirect: 'manual' })
    expect(bare.status).toBe(303)
    const wrong = await fetch(`${app.base}/metrics`, {
      redirect: 'manual',
      headers: { authorization: 'Bearer a-token-for-test' },
    })
    expect(wrong.status).toBe(303)
    const answer = await fetch(`${app.base}/metrics`, {
      headers: { authorization: 'Bearer a-token-for-tests' },
    })
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text).toContain('golden_thread_feed_waiting{sender="demo-hospital",reason="value"} 1\n')
    expect(text).toContain('golden_thread_feed_messages_last_hour{sender="demo-hospital"} 2\n')
    expect(text).toContain('golden_thread_feed_refused_last_hour{sender="demo-hospital"} 1\n')
    expect(text).toMatch(/golden_thread_queue_age_seconds \d/)
    expect(text).not.toMatch(/last_message_timestamp_seconds\{sender="unknown"\}/)
    expect(text).not.toMatch(secret)
    for (const path of ['/feeds/messages', '/feeds/health', '/people/find'])
      expect(
        (await fetch(app.base + path, { headers: { authorization: 'Bearer a-token-for-tests' } })).status,
      ).toBe(403)
  })
})

describe('with the first wall taken away', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await withMessages((keeper) => ({
      ...keeper,
      capabilities: () => new Set(['look-after-feeds', 'read-metrics']),
    }))
  })
  afterAll(() => app.close())

  test('the second holds: the pages open to anybody, and show no message', async () => {
    const id = await messageId(app)
    for (const staff of staffOf(app).filter((each) => !isOfficer(each))) {
      const cookie = await signIn(app.base, staff.id)
      const get = async (path: string) => {
        const answer = await fetch(app.base + path, { headers: { cookie } })
        return { status: answer.status, text: await answer.text() }
      }
      const list = await get('/feeds/messages')
      expect(list.status).toBe(200)
      expect(list.text).toContain('No message like this has come in.')
      expect((await get('/feeds/messages?find=V-SECRET')).text).toContain('No message like this has come in.')
      expect((await get(`/feeds/messages/${id}`)).status).toBe(404)
      for (const path of ['/feeds/messages', '/feeds/messages.csv', '/feeds/quarantine', '/feeds/health'])
        expect((await get(path)).text).not.toMatch(secret)
    }
  })
})

describe('a protected address', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await withMessages()
    await app.database.transaction(
      'record',
      settingsFor(app, senderActor(app.place, 'demo-hospital') as Actor),
      (db) =>
        sql`insert into access.protection (person_key, kind, basis, in_force, recorded_by)
            select n.person_key, 'protected address', 'test', true, 'test' from feeds.message_state n where n.person_key is not null limit 1`.execute(
          db,
        ),
    )
  })
  afterAll(() => app.close())

  test('hides from whoever mends where the person is, in messages that were applied and in those that were not', async () => {
    const cookie = await signIn(app.base, officer(app).id)
    const list = await (await fetch(`${app.base}/feeds/messages`, { headers: { cookie } })).text()
    const ids = [...list.matchAll(/\/feeds\/messages\/([0-9a-f-]{36})/g)].map((match) => match[1])
    expect(ids).toHaveLength(2)
    for (const id of ids) {
      const page = await (await fetch(`${app.base}/feeds/messages/${id}`, { headers: { cookie } })).text()
      expect(page).toContain('Hidden: protected address')
      expect(page).not.toMatch(/Barnacre|S63|AMU/)
      expect(page).toContain('V-SECRET')
    }
  })
})
