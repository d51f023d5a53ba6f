import { sql } from 'kysely'
import { inScope } from '../../../access/index.ts'
import type { Kind, TimelineEvent } from '../../store/timeline-event.ts'
import type { Asking } from '../frame/asking.ts'

type Told = 'kind' | 'happening' | 'at_text' | 'title' | 'detail' | 'code' | 'status' | 'author'

/** Something that happened. */
export type Event = Pick<TimelineEvent, Told> & {
  id: string
  /** When; where its source gave no date, when it was received. */
  at: Date
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
  since?: Date | undefined
  before?: Cursor | undefined
  most: number
  /** Look only at so many of the newest rows, for a long record. */
  newest?: number
}

/**
 * Events newest first, of these kinds, sources and times. Results and prescriptions that one source sent of one day stand as one event: a
 * blood test, not nine values.
 */
export async function events({ db, files, scope }: Asking, wanted: Wanted): Promise<Event[]> {
  if (wanted.kinds.length === 0) return []
  const { before, since, newest } = wanted
  const { rows } = await sql<Event>`
    with seen as materialized (
      select * from record.timeline_event v
      where v.person_key = any (${[...files]}::uuid[]) and v.kind = any (${[...wanted.kinds]}::text[]) and v.source = any (${[...wanted.sources]}::text[])
        and v.at >= ${since ?? '-infinity'} ${newest ? sql`and v.at >= ${startOf(files, newest)}` : sql``}
        and ${inScope(scope, 'v', sql<boolean>`record.everyone_in_reach(v.type, v.resource_id)`)}
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
    order by at desc, kind || '/' || id desc limit ${wanted.most}`.execute(db)
  return rows
}

/** When the newest rows begin. */
const startOf = (files: readonly string[], newest: number) => sql`coalesce((
  select min(at) from (select at from record.timeline_event n where n.person_key = any (${[...files]}::uuid[]) order by at desc limit ${newest}) as newest), '-infinity')`
