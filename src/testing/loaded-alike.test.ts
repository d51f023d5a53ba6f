import fc from 'fast-check'
import pg from 'pg'
import { expect, test } from 'vitest'
import { loadsOf, receiveOne } from '../demo.ts'
import { load } from '../record/index.ts'
import { inventPlace, type Sent } from '../synthetic/index.ts'
import { type FreshDatabase, freshDatabase } from './index.ts'

/** Loading many transactions at once gives the same rows, in every table, as sending one after another; and refuses the same. */

const now = new Date('2026-11-25T09:00:00Z')

/** Invented people, some of whom are sent again with something changed, and some with something wrong. They are invented. */
function sentBy(place: FreshDatabase['place'], seed: string, people: number, changes: number[]): Sent[] {
  const sent = [...inventPlace({ people, seed, now, place })]
  for (const [nth, change] of changes.entries()) {
    const again = structuredClone(sent[change % sent.length] as Sent)
    for (const { resource } of again.bundle.entry ?? []) {
      if (resource?.resourceType === 'Patient' && nth % 3 === 0) resource.birthDate = '1950-02-01'
      if (resource?.resourceType === 'Observation' && nth % 3 === 1) resource.status = 'amended'
      if (resource?.resourceType === 'Encounter' && nth % 3 === 2)
        Object.assign(resource, { status: 'nonsense' })
    }
    sent.splice((change * 7) % sent.length, 0, again)
  }
  // No two at one instant: which file is a person's first would then be chance, however they are sent.
  return sent.map((each, nth) => ({
    ...each,
    receivedAt: new Date(Date.parse(each.receivedAt) + nth).toISOString(),
  }))
}

const faultsOf = (problem: unknown): string => (problem as Error).message

async function oneByOne({ database, place }: FreshDatabase, sent: readonly Sent[]): Promise<string[]> {
  const refused: string[] = []
  for (const each of sent)
    await receiveOne(database, place, structuredClone(each)).catch((problem: unknown) =>
      refused.push(faultsOf(problem)),
    )
  return refused
}

/**
 * What the machine counts or measures as it goes. From which of two files a doubt was first raised, and in which words, depends on who was sent first where
 * nothing but a likeness joins them; how such a pair stands now, which is what the worklist shows, does not.
 */
const counted = new Set(['id', 'replaces', 'claimed_at', 'raised_at', 'verdict_id'])
const notCompared = new Set([
  'access.audit',
  'access.audit_seal',
  'access.session',
  'platform.heard_event',
  'record.source_heard',
  'record.view_generation',
  'record.view_version',
])
const timedByTheTransaction = new Set(['people.person_link', 'people.doubt', 'platform.event'])

/** Every row of every table, with the names of files and persons in place of their keys. */
async function everything(ownerUrl: string): Promise<Record<string, string[]>> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const names = new Map<string, string>()
    const files = await owner.query(
      "select f.*, l.person_id from people.file f join people.person_link l on l.person_key = f.person_key and l.act = 'alone'",
    )
    for (const { person_key, ref, person_id, source, local_value } of files.rows) {
      names.set(person_key, `file ${source} ${local_value}`)
      names.set(ref, `ref ${source} ${local_value}`)
      names.set(person_id, `person ${source} ${local_value}`)
    }
    const tables = await owner.query<{ name: string }>(
      "select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('people', 'access', 'record', 'platform') and c.relkind in ('r', 'p') and not c.relispartition order by 1",
    )
    const found: Record<string, string[]> = {}
    for (const { name } of tables.rows) {
      if (notCompared.has(name)) continue
      const { rows } = await owner.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from ${name} t`,
      )
      found[name] = rows.map(({ row }) => plainRow(name, row, names)).sort()
    }
    return found
  } finally {
    await owner.end()
  }
}

function plainRow(table: string, row: Record<string, unknown>, names: ReadonlyMap<string, string>): string {
  const identity = typeof row['id'] === 'number'
  const kept = Object.entries(row).filter(
    ([column]) =>
      !(counted.has(column) && (column !== 'id' || identity)) &&
      !(timedByTheTransaction.has(table) && (column === 'recorded_at' || column === 'at')),
  )
  if (table === 'people.doubt') {
    const pair = [row['person_key'], row['other_key']].map((key) => names.get(String(key))).sort()
    return JSON.stringify(pair)
  }
  return JSON.stringify(kept).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (key) => names.get(key) ?? key)
}

test('many at once and one by one leave the same record, and refuse the same', async () => {
  let refusals = 0
  await fc.assert(
    fc.asyncProperty(
      fc.string({ minLength: 1, maxLength: 8 }),
      fc.integer({ min: 15, max: 45 }),
      fc.array(fc.nat(10_000), { minLength: 6, maxLength: 12 }),
      fc.record({
        window: fc.integer({ min: 50, max: 3000 }),
        batch: fc.integer({ min: 1, max: 600 }),
      }),
      async (seed, people, changes, sizes) => {
        const [ordinary, bulk] = await Promise.all([freshDatabase(), freshDatabase()])
        try {
          const sent = sentBy(ordinary.place, seed, people, changes)
          const refused = await oneByOne(ordinary, sent)
          const loaded = await load(bulk.database, loadsOf(bulk.place, structuredClone(sent)), sizes)
          expect(loaded.refused.map(({ problem }) => faultsOf(problem)).sort()).toEqual(refused.sort())
          expect(loaded.transactions + loaded.refused.length).toBe(sent.length)
          refusals += refused.length
          const [one, other] = [await everything(ordinary.ownerUrl), await everything(bulk.ownerUrl)]
          for (const table of Object.keys(one)) expect([table, other[table]]).toEqual([table, one[table]])
        } finally {
          await Promise.all([ordinary.close(), bulk.close()])
        }
      },
    ),
    { numRuns: 4, endOnFailure: true },
  )
  expect(refusals).toBeGreaterThan(0)
}, 240_000)
