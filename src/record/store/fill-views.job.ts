import type { Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Db, type Job, job } from '../../platform/index.ts'
import { type KeptView, tableName, viewOfDefinition } from '../views/index.ts'
import { parseLossless } from './lossless-json.ts'
import { rowsOfView } from './rows-of-views.ts'
import { tellsTimeline } from './timeline-event.ts'

type Version = { view: string; version: number; definition: string; complete: boolean }
type Item = {
  person_key: string
  type: string
  id: string
  category: string
  sensitivity: string
  source: string
  organisation: string
  received_at: Date
  body: string
}

/** Files in one step. Their resources are held while it lasts, so that a step must be over in a moment. */
const filesInOneStep = 100

/**
 * Fills the tables of new versions of views from what is kept already, a few files at a time, and lets each take the place of the one before it
 * when it is complete. Each step is a transaction: killed at any moment, it goes on where the last one ended.
 */
export const fillViews: Job = job({
  name: 'fill-views',
  may: { categories: [], purpose: 'service' },
  audit: 'views.fill',
  input: z.unknown(),
  every: '* * * * *',
  run: async ({ db }) => {
    if ((await fillStep(db)) === 'more')
      await sql`select platform.enqueue('fill-views', '{}', job_key => 'fill-views')`.execute(db)
  },
})

/** One step of the filling, in a transaction of the role gt_filling. `done`: nothing is being filled, or another process is at it. */
export async function fillStep(db: Db, files = filesInOneStep): Promise<'more' | 'done'> {
  const { rows } = await sql<Version>`select * from record.view_to_fill()`.execute(db)
  const [version] = rows
  if (!version) return 'done'
  if (version.complete) await swap(db, version)
  else {
    const { rows: items } = await sql<Item>`
      select * from record.next_to_fill(${version.view}, ${version.version}, ${files})`.execute(db)
    await fill(db, version, items)
  }
  return 'more'
}

/** Where readers are at work it is put off: the next step tries again. */
async function swap(db: Db, version: Version): Promise<void> {
  const { view, version: to } = version
  const { rows } = await sql<{ held: boolean }>`select record.hold_views(${view}, ${to}) as held`.execute(db)
  if (!rows[0]?.held) return
  const { rows: moved } = await sql<Item>`select * from record.moved_to_fill(${view})`.execute(db)
  await fill(db, version, moved)
  await sql`select record.swap_view(${view}, ${to})`.execute(db)
}

async function fill(db: Db, { view: name, version, definition }: Version, items: Item[]): Promise<void> {
  if (items.length === 0) return
  const view = viewOfDefinition(definition)
  const kept: KeptView = { view, table: '', newest: true }
  const made = items.map((item) =>
    rowsOfView(kept, {
      ...item,
      received_at: item.received_at.toISOString(),
      // The resource's own sensitivity says the same of it as that of its rows, but for the location that a view may reveal.
      shared: item.sensitivity.includes('shared'),
      hidden: item.sensitivity.startsWith('reported'),
      resource: parseLossless(item.body) as Resource,
    }),
  )
  const done = items.map(({ person_key, type, id }) => ({ person_key, type, id }))
  const events = tellsTimeline(tableName(view)) ? JSON.stringify(made.flatMap((each) => each.events)) : null
  await sql`select record.fill_view(${name}, ${version}, ${JSON.stringify(done)}::jsonb,
    ${JSON.stringify(made.flatMap((each) => each.rows))}::jsonb, ${events}::jsonb)`.execute(db)
}
