import { sql } from 'kysely'
import type { Db, Fault } from '../../../platform/index.ts'
import type { ExtractState, Way } from '../extracts.queries.ts'
import type { Counts } from '../limits.ts'

/** A file and what has become of it so far. */
export type Extract = {
  id: string
  number: number
  source: string
  organisation: string
  sender: string
  dataset: string
  way: Way
  name: string
  receivedAt: Date
  sentBy: string
  extractDate: string | null
  state: ExtractState
  stateAt: Date
  stateBy: string
  why: string | null
  faults: Fault[] | null
  counts: Counts | null
  after: number | null
  acceptedBy: string | null
}

const extracts = sql`
  select e.id, e.number, e.source, e.organisation, e.sender, e.dataset, e.way, e.name, e.received_at as "receivedAt", e.sent_by as "sentBy",
    e.extract_date as "extractDate", s.state, s.recorded_at as "stateAt", s.recorded_by as "stateBy", s.why, s.faults,
    coalesce(s.counts, (select c.counts from feeds.extract_state c where c.extract_id = e.id and c.counts is not null order by c.id desc limit 1)) as counts,
    s.after,
    (select a.recorded_by from feeds.extract_state a where a.extract_id = e.id and a.state = 'accepted' order by a.id desc limit 1) as "acceptedBy"
  from feeds.extract e
  join lateral (select * from feeds.extract_state where extract_id = e.id order by id desc limit 1) s on true`

export const pageLength = 50

/** The newest files first. @param before shows those that came before this number */
export async function filesReceived(
  db: Db,
  dataset: string | undefined,
  state: string | undefined,
  before: number | undefined,
): Promise<Extract[]> {
  const { rows } = await sql<Extract>`${extracts}
    where (${dataset ?? null}::text is null or e.dataset = ${dataset ?? null}) and (${state ?? null}::text is null or s.state = ${state ?? null})
      and (${before ?? null}::bigint is null or e.number < ${before ?? null})
    order by e.number desc limit ${pageLength + 1}`.execute(db)
  return rows
}

export async function fileReceived(db: Db, id: string): Promise<Extract | undefined> {
  const { rows } = await sql<Extract>`${extracts} where e.id = ${id}`.execute(db)
  return rows[0]
}

export type QuarantinedLine = {
  id: string
  line: number
  dataset: string
  sender: string
  name: string
  receivedAt: Date
  reason: string
  column: string
  words: string
  raw: string | null
  said: Record<string, string> | null
}

/** Lines whose last state is quarantine. Those of a file that was turned away wait for nothing. */
const quarantined = sql`
  from feeds.extract_line_state s
  join feeds.extract e on e.id = s.extract_id
  join feeds.extract_line l on l.extract_id = s.extract_id and l.line = s.line
  where s.state = 'quarantined'
    and not exists (select 1 from feeds.extract_line_state later where later.extract_id = s.extract_id and later.line = s.line and later.id > s.id)
    and not exists (select 1 from feeds.extract_state r where r.extract_id = e.id and r.state = 'rejected')`

export async function quarantinedLines(
  db: Db,
  which: { extract?: string; reason?: string | undefined; dataset?: string | undefined },
  from: number,
  most: number,
): Promise<QuarantinedLine[]> {
  const { rows } = await sql<QuarantinedLine>`
    select e.id, s.line, e.dataset, e.sender, e.name, e.received_at as "receivedAt", s.reason, s.at_column as column, s.words, l.raw, l.said
    ${quarantined} and (${which.extract ?? null}::uuid is null or e.id = ${which.extract ?? null})
      and (${which.reason ?? null}::text is null or s.reason = ${which.reason ?? null})
      and (${which.dataset ?? null}::text is null or e.dataset = ${which.dataset ?? null})
    order by e.number desc, s.line offset ${from} limit ${most}`.execute(db)
  return rows
}

export type QuarantineCount = { dataset: string; sender: string; reason: string; lines: number; oldest: Date }

/** How many wait, and since when, by sender and reason. */
export async function quarantineCounts(db: Db, extract?: string): Promise<QuarantineCount[]> {
  const { rows } = await sql<QuarantineCount>`
    select e.dataset, e.sender, s.reason, count(*) as lines, min(e.received_at) as oldest
    ${quarantined} and (${extract ?? null}::uuid is null or e.id = ${extract ?? null})
    group by 1, 2, 3 order by 4 desc, 1, 2, 3`.execute(db)
  return rows
}
