import type { Resource } from '@medplum/fhirtypes'
import type { CompiledView } from '../views/index.ts'
import { parseLossless } from './lossless-json.ts'
import { rowsOfView } from './rows-of-views.ts'

/** Who looks behind the walls. */
type Owner = { query(statement: string, values?: unknown[]): Promise<{ rows: unknown[] }> }

type Kept = {
  person_key: string
  id: string
  category: string
  sensitivity: string
  source: string
  organisation: string
  received_at: Date
  body: string
}

/** For tests: what a view of observations makes of every resource, as the database would write it, beside what its tables hold. */
export async function madeAndHeld(owner: Owner, view: CompiledView) {
  const found = await owner.query("select * from record.resource where type = 'Observation'")
  const rows = found.rows as Kept[]
  const made = rows.map((row) =>
    rowsOfView(
      { view, table: '', newest: true },
      {
        ...row,
        received_at: row.received_at.toISOString(),
        shared: row.sensitivity.includes('shared'),
        hidden: row.sensitivity.startsWith('reported'),
        resource: parseLossless(row.body) as Resource,
      },
    ),
  )
  const compared = async (table: string, fresh: unknown[], where: string) => {
    // An item that was moved keeps the time of its receipt in its rows.
    const asRows = (from: string) =>
      `select (to_jsonb(t) - 'received_at')::text as row from ${from} t where ${where} order by 1`
    const made = await owner.query(asRows(`jsonb_populate_recordset(null::${table}, $1)`), [
      JSON.stringify(fresh),
    ])
    const held = await owner.query(asRows(table))
    return { made: made.rows, held: held.rows }
  }
  return {
    resources: rows.length,
    view: await compared(
      'record.v_observation',
      made.flatMap((each) => each.rows),
      'true',
    ),
    timeline: await compared(
      'record.timeline_event',
      made.flatMap((each) => each.events),
      "t.type = 'Observation'",
    ),
  }
}
