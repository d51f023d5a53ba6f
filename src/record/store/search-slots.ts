import { sql } from 'kysely'
import { type Db, type Fault, Invalid } from '../../platform/index.ts'
import { referenceBodies } from './reference-resources.ts'

type Query = Record<string, string | string[]>
/** Bodies by `Type/id`. */
export type FoundSlots = { slots: Map<string, string>; included: Map<string, string> }

const byActor = ['schedule.actor:HealthcareService', 'Schedule.actor:HealthcareService']
export const slotParameters = { start: 'date', status: 'token', [byActor[1] as string]: 'token' } as const
const allowed = new Set<string>([
  'start',
  'status',
  ...byActor,
  '_include',
  '_include:iterate',
  '_count',
  '_format',
])
const instant = /^(eq|ge|le|gt|lt)?(\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?)$/
const most = 500

/**
 * Slots by when they start, their state, and whose they are. `_include` is asked for as the Booking and Referral Standard writes it; the
 * Schedule, who or what it is for, and where that is are then in the answer.
 * @throws Invalid naming each parameter that cannot be used
 */
export async function searchSlots(db: Db, query: Query): Promise<FoundSlots> {
  const faults: Fault[] = Object.keys(query)
    .filter((name) => !allowed.has(name))
    .map((name) => ({ path: name, words: `Slot cannot be searched by ${name}`, code: 'not-supported' }))
  const conditions = [query['start'] ?? []].flat().map((value) => startsWithin(value, faults))
  const statuses = [query['status'] ?? []].flat().flatMap((each) => each.split(','))
  const actors = byActor
    .flatMap((name) => [query[name] ?? []].flat())
    .map((each) => `HealthcareService/${each.replace(/^HealthcareService\//, '')}`)
  if (conditions.length + actors.length === 0)
    faults.push({ path: 'Slot', words: 'Say when or whose: by start or by service', code: 'required' })
  if (faults.length > 0) throw new Invalid(faults)
  if (statuses.length > 0) conditions.push(sql<boolean>`s.status = any (${statuses}::text[])`)
  if (actors.length > 0)
    conditions.push(
      sql<boolean>`s.schedule in (select a.schedule from record.schedule_actor a where a.actor = any (${actors}::text[]))`,
    )
  const count = Math.min(Number(query['_count'] ?? most) || most, most)
  const { rows } = await sql<{ id: string }>`
    select s.id from record.slot s where ${sql.join(conditions, sql` and `)} order by s.starts_at, s.id limit ${count}`.execute(
    db,
  )
  const bodies = await referenceBodies(
    db,
    rows.map(({ id }) => `Slot/${id}`),
  )
  const slots = new Map(rows.map(({ id }) => [`Slot/${id}`, bodies.get(`Slot/${id}`) ?? '']))
  const included = query['_include'] || query['_include:iterate'] ? await around(db, slots) : new Map()
  return { slots, included }
}

function startsWithin(value: string, faults: Fault[]) {
  const read = instant.exec(value)
  if (!read?.[2]) {
    faults.push({ path: 'start', words: 'Give a day or an instant such as 2026-11-22', code: 'value' })
    return sql<boolean>`false`
  }
  const isDay = read[2].length === 10
  const from = isDay
    ? sql`(${read[2]}::timestamp at time zone 'Europe/London')`
    : sql`${read[2]}::timestamptz`
  const past = isDay
    ? sql`((${read[2]}::date + 1)::timestamp at time zone 'Europe/London')`
    : sql`(${read[2]}::timestamptz + interval '1 microsecond')`
  const at = sql.ref('s.starts_at')
  switch (read[1]) {
    case 'ge':
      return sql<boolean>`${at} >= ${from}`
    case 'gt':
      return sql<boolean>`${at} >= ${past}`
    case 'le':
      return sql<boolean>`${at} < ${past}`
    case 'lt':
      return sql<boolean>`${at} < ${from}`
    default:
      return sql<boolean>`${at} >= ${from} and ${at} < ${past}`
  }
}

/** What the slots refer to, and what that refers to in turn: as far as Location, three steps away. */
async function around(db: Db, slots: Map<string, string>): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  let edge = [...slots.values()]
  for (let step = 0; step < 3 && edge.length > 0; step++) {
    const places = edge
      .flatMap((body) => [...body.matchAll(/"reference":"([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})"/g)])
      .map((match) => match[1] ?? '')
      .filter((place) => !found.has(place) && !slots.has(place))
    const next = await referenceBodies(db, places)
    for (const [place, body] of next) found.set(place, body)
    edge = [...next.values()]
  }
  return found
}
