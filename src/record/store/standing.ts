import { sql } from 'kysely'
import type { Db } from '../../platform/index.ts'
import type { Current, Sending } from './row.ts'

/** Where a resource stands in the store: its type and its id. */
export type Place = { type: string; id: string }
export const placeOf = ({ type, id }: Place): string => `${type}/${id}`

type Named = { resource: { resourceType: string; id: string } }
/** The one order in which resources are written, whatever order they are sent in. */
export function byPlace({ resource: one }: Named, { resource: other }: Named): number {
  const [mine, theirs] = [one, other].map(({ resourceType: type, id }) => placeOf({ type, id }))
  return (mine as string) < (theirs as string) ? -1 : 1
}

/** What stands at some places, each by its `Type/id`; and the files of what is another source's. */
export type Standing = { own: Map<string, Current>; others: Map<string, string> }

/**
 * The newest version at each place that ever had one, locked until the transaction ends. What is reported as somebody else's is found as well:
 * ask inside `keeping`, and answer nobody with it. What is not about anybody is not here.
 */
export async function standingAt(db: Db, sending: Sending, places: readonly Place[]): Promise<Standing> {
  const none: Standing = { own: new Map(), others: new Map() }
  if (places.length === 0) return none
  const types = places.map(({ type }) => type)
  const ids = places.map(({ id }) => id)
  const { rows: homed } = await sql<Place & { person_key: string }>`
    select home.*, set_config('gt.keeping', 'yes', true) from record.homes_of(${types}::text[], ${ids}::text[]) as home`.execute(
    db,
  )
  if (homed.length === 0) return none
  await lock(db, homed)
  // The newest version of each. History has it even where the resource was deleted; another source's is not visible.
  const { rows } = await sql<Current & { source: string }>`
    select distinct on (h.type, h.id) h.type, h.id, h.version, coalesce(h.body, '') as body, h.person_key, h.sensitivity, h.source
    from unnest(${homed.map((row) => row.person_key)}::uuid[], ${homed.map((row) => row.type)}::text[], ${homed.map((row) => row.id)}::text[]) as home (person_key, type, id)
    join record.resource_history h using (person_key, type, id)
    order by h.type, h.id, h.version desc`.execute(db)
  const own = new Map(rows.filter((row) => row.source === sending.source).map((row) => [placeOf(row), row]))
  const others = homed.flatMap((row) =>
    own.has(placeOf(row)) ? [] : [[placeOf(row), row.person_key] as const],
  )
  return { own, others: new Map(others) }
}

/**
 * Locked before they are read: whoever waits here for another writer reads what that one wrote. Rows in one order, so that none waits in a
 * circle; then what was deleted and has no row to lock, by a number of its own. Those are few, since locks that are no rows use shared memory.
 */
async function lock(db: Db, homed: readonly (Place & { person_key: string })[]): Promise<void> {
  const types = homed.map(({ type }) => type)
  const ids = homed.map(({ id }) => id)
  const { rows } = await sql<Place>`
    select r.type, r.id from unnest(${homed.map((row) => row.person_key)}::uuid[], ${types}::text[], ${ids}::text[]) as asked (person_key, type, id)
    join record.resource r using (person_key, type, id)
    order by r.person_key, r.type, r.id for update of r`.execute(db)
  const locked = new Set(rows.map(placeOf))
  const rowless = homed.map(placeOf).filter((place) => !locked.has(place))
  if (rowless.length > 0) await inTurn(db, 'deleted', rowless)
}

/** Makes transactions that name the same thing take turns until they end. In one order; of 256 turns, so that thousands of names need no more. */
export async function inTurn(db: Db, what: string, names: readonly string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(18, turn) from (
      select distinct hashtext(${what} || ' ' || name) & 255 as turn from unnest(${[...names]}::text[]) as name order by turn) turns`.execute(
    db,
  )
}

/** While a source's own is kept, it finds what is reported as somebody else's among it. Afterwards, in the same transaction, it does not. */
export async function keeping<Result>(db: Db, work: () => Promise<Result>): Promise<Result> {
  const result = await work()
  await sql`select set_config('gt.keeping', '', true)`.execute(db)
  return result
}
