import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aListeningPlace, type ListeningPlace } from '../../testing/listening-place.ts'
import { dirt, lives } from './lives.ts'

let place: ListeningPlace
beforeAll(async () => {
  place = await aListeningPlace()
})
afterAll(() => place.close())

/** Whatever is counted on the way and is no part of the record: versions, keys, times of arrival. */
const counted = new Set(['versionId', 'lastUpdated', 'person_key', 'received_at', 'id', 'recorded_at', 'ref'])
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (name, part) => (counted.has(name) ? undefined : part)))

const isView = (name: string) =>
  ![
    'resource',
    'resource_history',
    'resource_home',
    'resource_identifier',
    'resource_person',
    'reference_resource',
    'reference_resource_history',
    'source_heard',
    'wrong_person_report',
    'wrong_person_state',
    'wrong_person_reached',
  ].includes(name)

/** All that a reader could see: resources, the tables that pages read, who may read, which files are one person’s, what became of each message. */
async function everything(): Promise<Record<string, unknown>> {
  const tables = await place.look<{ name: string }>(
    "select table_name as name from information_schema.columns where table_schema = 'record' and column_name = 'person_key' group by 1 order by 1",
  )
  const owner = `(select string_agg(local_value, ' ' order by local_value) from people.file f where f.person_key = t.person_key)`
  const rows: Record<string, unknown> = {}
  rows['resources'] = (
    await place.look<{ owner: string; body: string }>(
      `select ${owner} as owner, body from record.resource t order by type, id`,
    )
  ).map((row) => plain([row.owner, JSON.parse(row.body)]))
  for (const { name } of tables.filter((each) => isView(each.name)))
    rows[name] = plain(
      await place.look(`select ${owner} as owner, t.* from record.${name} t order by resource_id, row_no`),
    )
  rows['may read'] = plain(
    await place.look(`select ${owner} as owner, principal, until from access.reach t order by 1, 2, 3`),
  )
  rows['persons'] = await place.look(
    `select string_agg(f.local_value, ' ' order by f.local_value) as files from access.person_file p join people.file f using (person_key) group by person_id order by 1`,
  )
  rows['demographics'] = plain(
    await place.look(`select ${owner} as owner, t.* from people.demographic t order by 1`),
  )
  // A repeat of what was taken is kept; one of what waits is not, so repeats are counted on the way.
  rows['messages'] = await place.look(
    `select m.control_id, s.state in ('applied', 'replayed') as taken, case when s.state = 'quarantined' then s.reason end as reason
     from feeds.message m cross join lateral (select state, reason from feeds.message_state where message_id = m.id order by id desc limit 1) s
     where s.state <> 'repeat' order by 1`,
  )
  return rows
}

async function emptied(): Promise<void> {
  await place.look(`do $$ declare t text; begin
    for t in select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('record', 'feeds', 'people')
      or (schemaname = 'access' and tablename in ('person_file', 'relationship', 'protection', 'reach')) loop
      execute 'truncate ' || t || ' cascade';
    end loop; end $$`)
}

/** Some at once over several connections, as senders do, so that batches are cut at random places. */
async function send(messages: string[], connections: number): Promise<void> {
  const senders = await Promise.all(Array.from({ length: connections }, () => place.connect()))
  let next = 0
  await Promise.all(
    senders.map(async (sender) => {
      for (let text = messages[next++]; text !== undefined; text = messages[next++]) {
        const answer = await sender.send(text)
        expect(answer).toMatch(/\rMSA\|A[AE]\|/)
      }
      sender.close()
    }),
  )
}

test('the messages of random lives, shuffled, delayed and repeated, end in the record that they make in perfect order', async () => {
  await fc.assert(
    fc.asyncProperty(
      lives.chain((life) => fc.tuple(fc.constant(life), dirt(life.length), fc.integer({ min: 1, max: 5 }))),
      async ([life, order, connections]) => {
        await emptied()
        await send(
          life.map(({ text }) => text),
          1,
        )
        const inOrder = await everything()
        await emptied()
        await send(
          order.map((index) => life[index]?.text ?? ''),
          connections,
        )
        expect(await everything()).toEqual(inOrder)
      },
    ),
    { numRuns: 15 },
  )
}, 600_000)
