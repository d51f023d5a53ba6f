import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { keeperOf } from '../access/index.ts'
import { type FreshDatabase, freshDatabase } from '../testing/index.ts'
import { systemClock } from './clock.ts'
import { job } from './door/index.ts'
import { startWorker } from './jobs.ts'

let db: FreshDatabase
let owner: pg.Client
beforeAll(async () => {
  db = await freshDatabase()
  owner = new pg.Client({ connectionString: db.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await db.close()
})

test('a job leaves in the audit whom it read about, and one about nobody leaves nothing', async () => {
  const person = randomUUID()
  const done: string[] = []
  const one = (name: string, about: string[]) =>
    job({
      name,
      may: { categories: [], purpose: 'service' },
      audit: `${name}.done`,
      input: z.object({ note: z.string() }),
      run: async ({ input, shown }) => {
        if (about.length > 0) shown(about, { note: input.note })
        done.push(name)
      },
    })
  const worker = await startWorker({
    database: db.database,
    clock: systemClock,
    keeper: keeperOf(
      db.place,
      () => sql<string[]>`'{}'::uuid[]`,
      async () => undefined,
    ),
    jobs: { access: [one('about-somebody', [person]), one('about-nobody', [])] },
    subscribers: {},
    log: () => undefined,
  })
  try {
    for (const name of ['about-somebody', 'about-nobody'])
      await owner.query('select graphile_worker.add_job($1, \'{"note":"n"}\'::json)', [name])
    await expect.poll(() => done.toSorted(), { timeout: 10_000 }).toEqual(['about-nobody', 'about-somebody'])
  } finally {
    await worker.stop()
  }
  const { rows } = await owner.query('select actor, action, outcome, person_key, detail from access.audit')
  expect(rows).toEqual([
    {
      actor: 'job:about-somebody',
      action: 'about-somebody.done',
      outcome: 'allowed',
      person_key: person,
      detail: { note: 'n' },
    },
  ])
})

test('a job that fails is logged by its name and kind of failure, and never in words that may be about somebody', async () => {
  const logged: unknown[] = []
  const worker = await startWorker({
    database: db.database,
    clock: systemClock,
    keeper: keeperOf(
      db.place,
      () => sql<string[]>`'{}'::uuid[]`,
      async () => undefined,
    ),
    jobs: {
      access: [
        job({
          name: 'fails',
          may: { categories: [], purpose: 'service' },
          audit: 'fails.done',
          input: z.object({}),
          run: async () => {
            throw new RangeError('Margaret Ashworth was born on 30 February')
          },
        }),
      ],
    },
    subscribers: {},
    log: (entry) => logged.push(entry),
  })
  try {
    await owner.query(`select graphile_worker.add_job('fails')`)
    await expect
      .poll(() => JSON.stringify(logged), { timeout: 10_000 })
      .toMatch(/RangeError.*Failed task \d+ \(fails/)
  } finally {
    await worker.stop()
  }
  expect(JSON.stringify(logged)).not.toContain('Ashworth')
})
