import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../testing/index.ts'

let db: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const settings = { 'gt.actor': 'someone', 'gt.now': '2026-11-22T10:00:00Z' } as const

test('a transaction runs as its capability, with its settings and its own time', async () => {
  const row = await db.database.transaction('access', settings, async (on) => {
    const { rows } = await sql<{
      role: string
      actor: string
      now: Date
    }>`select current_user as role, access.actor() as actor, platform.now() as now`.execute(on)
    return rows[0]
  })
  expect(row).toEqual({ role: 'gt_access', actor: 'someone', now: new Date('2026-11-22T10:00:00Z') })
})

test('outside a transaction the application may do nothing', async () => {
  await expect(db.database.pool.query('select count(*) from access.audit')).rejects.toThrow(
    /permission denied/,
  )
})

test('settings end with their transaction', async () => {
  await db.database.transaction('access', settings, async () => undefined)
  const actor = await db.database.transaction(
    'access',
    {},
    async (on) =>
      (await sql<{ actor: string | null }>`select access.actor() as actor`.execute(on)).rows[0]?.actor,
  )
  expect(actor).toBeNull()
})

const signIns = () =>
  db.database.transaction('access', settings, async (on) =>
    (await on.selectFrom('access.sign_in').select('state').execute()).map((row) => row.state),
  )
const signIn = (state: string) => ({ state, nonce: '', verifier: '', return_to: '/', began: new Date(0) })

test('what throws leaves nothing behind', async () => {
  const work = db.database.transaction('access', settings, async (on) => {
    await on.insertInto('access.sign_in').values(signIn('thrown')).execute()
    throw new Error('no')
  })
  await expect(work).rejects.toThrow('no')
  expect(await signIns()).not.toContain('thrown')
})

test('when the last statement fails, such as the audit, the work before it is undone', async () => {
  const work = db.database.transaction(
    'access',
    settings,
    (on) => on.insertInto('access.sign_in').values(signIn('unaudited')).execute(),
    // Another actor's name in the audit: the policy refuses it.
    (on) =>
      on
        .insertInto('access.audit')
        .values({
          request: crypto.randomUUID(),
          actor: 'another',
          actor_name: '',
          role: '',
          organisation: '',
          purpose: '',
          action: '',
          outcome: 'allowed',
        })
        .compile(),
  )
  await expect(work).rejects.toThrow(/row-level security/)
  expect(await signIns()).not.toContain('unaudited')
})

test('many queries at once on one transaction each get their own answer', async () => {
  const answers = await db.database.transaction('access', settings, (on) =>
    Promise.all(
      Array.from(
        { length: 50 },
        async (_, n) => (await sql<{ n: number }>`select ${n}::int as n`.execute(on)).rows[0]?.n,
      ),
    ),
  )
  expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => n))
})
