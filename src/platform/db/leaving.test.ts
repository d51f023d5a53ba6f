import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../testing/index.ts'
import type { Db } from './database.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase(1)
})
afterAll(() => fresh.close())

const actor = async (db: Db) =>
  (await sql<{ actor: string }>`select current_setting('gt.actor', true) as actor`.execute(db)).rows[0]?.actor

/** With one connection, whoever is next has that of whoever failed. */
test('what still runs when a transaction has failed goes on in no other', async () => {
  let stray: Promise<unknown> | undefined
  const failing = fresh.database.transaction('record', { 'gt.actor': 'one' }, async (db) => {
    stray = sleep(60).then(() => actor(db))
    stray.catch(() => undefined)
    await actor(db)
    await Promise.all([stray, Promise.reject(new Error('wrong'))])
  })
  const next = fresh.database.transaction('record', { 'gt.actor': 'two' }, async (db) => {
    await sleep(120)
    return actor(db)
  })
  await expect(failing).rejects.toThrow('wrong')
  await expect(stray).rejects.toThrow('The transaction is over')
  expect(await next).toBe('two')
})
