import { type RawBuilder, sql } from 'kysely'
import { inScope } from '../../../access/index.ts'
import type { Asking } from '../frame/asking.ts'
import { type Kind, type Telling, tellings } from './tellings.ts'

/** Something that happened. `happening` tells an episode's opening from its closing. */
export type Event = {
  kind: Kind
  happening: 'opened' | 'closed' | null
  id: string
  at: Date
  /** As the source wrote it, to its own precision; null where it gave none, and then `at` is when it was received. */
  at_text: string | null
  title: string | null
  detail: string | null
  /** The class of an encounter, the category of results. */
  code: string | null
  status: string | null
  author: string | null
  source: string
  category: string
  received_at: Date
  /** Of several things told as one: their names and their resources. */
  names: string[] | null
  ids: string[] | null
}

/** The place in the timeline after which to go on. */
export type Cursor = { at: Date; kind: string; id: string }

export type Wanted = {
  kinds: readonly Kind[]
  sources: readonly string[]
  since: Date | undefined
  before: Cursor | undefined
  most: number
}

/**
 * Events newest first, of these kinds, sources and times. Results and prescriptions that one source sent of one day stand as one event: a
 * blood test, not nine values. The scope is asked once, of all tables' rows together; row-level security asks again of each.
 */
export async function events(asking: Asking, wanted: Wanted): Promise<Event[]> {
  const rows = wanted.kinds.flatMap((kind) =>
    tellings[kind].map((telling) => rowsOf(asking, kind, telling, wanted)),
  )
  if (rows.length === 0) return []
  const { before } = wanted
  const { rows: found } = await sql<Event>`
    with raw as materialized (${sql.join(rows, sql` union all `)}),
    seen as (
      select * from raw where ${inScope(asking.scope, 'raw', sql<boolean>`record.everyone_in_reach(raw.type, raw.resource_id)`)}
    ), event as (
      select kind, happening, resource_id || case happening when 'closed' then ' closed' else '' end as id, at, at_text, title, detail, code,
        status, author, source, category, received_at, null::text[] as names, null::text[] as ids
      from seen where together is null
      union all
      select kind, null, min(resource_id), max(at), max(at_text), case when count(*) = 1 then max(title) end,
        case when count(*) = 1 then max(detail) end, code, together, max(author), source, category, max(received_at),
        array_agg(distinct title) filter (where title is not null), array_agg(resource_id order by resource_id)
      from seen where together is not null
      group by kind, source, category, code, together, (at at time zone 'Europe/London')::date
    )
    select * from event
    ${before ? sql`where (at, kind || '/' || id) < (${before.at}, ${`${before.kind}/${before.id}`})` : sql``}
    order by at desc, kind || '/' || id desc limit ${wanted.most}`.execute(asking.db)
  return found
}

/** The rows of one view table in terms of events. What has no date of its own stands where it was received, rather than nowhere. */
function rowsOf(
  { files }: Asking,
  kind: Kind,
  telling: Telling,
  { sources, since }: Wanted,
): RawBuilder<unknown> {
  const texts = sql.join(telling.at.map((name) => sql.ref(`v.${name}`)))
  const at = sql`coalesce(${sql.join(telling.at.map((name) => sql.ref(`v.${name}_at`)))}, v.received_at)`
  const nothing = sql`null::text`
  return sql`
    select v.person_key, v.resource_id, v.category, v.sensitivity, v.source, v.organisation, v.received_at, ${telling.type}::text as type,
      ${kind}::text as kind, ${telling.happening ?? null}::text as happening, ${at} as at, coalesce(${texts}) as at_text,
      ${telling.title} as title, ${telling.detail ?? nothing} as detail, ${telling.code ?? nothing} as code, ${telling.status} as status,
      ${sql.ref(`v.${telling.author}`)} as author, ${telling.together ?? nothing} as together
    from ${sql.table(`record.${telling.table}`)} v
    where v.person_key = any (${[...files]}::uuid[]) and v.source = any (${[...sources]}::text[])
      ${telling.where ? sql`and ${telling.where}` : sql``} ${since ? sql`and ${at} >= ${since}` : sql``}`
}
