import { sql } from 'kysely'
import type { Db, Fault } from '../../platform/index.ts'
import type { Counts } from './limits.ts'
import type { CheckedLine } from './read/check-line.ts'

export type Way = 'upload' | 'folder' | 'api'
export type ExtractState = 'refused' | 'checked' | 'rejected' | 'accepted' | 'applied'

/** A file as a sender sent it, whatever becomes of it. */
export type NewExtract = {
  id: string
  source: string
  organisation: string
  sender: string
  dataset: string
  way: Way
  name: string
  digest: Buffer
  body: Buffer
  extractDate: string | null
  isFullList: boolean
}

/** Files of one set of one source take turns: they are compared with, and change, the same facts. */
export async function takeTurn(db: Db, source: string, dataset: string): Promise<void> {
  // A table that has just been filled has no statistics yet, and reading it whole for each line took minutes. Every query here goes by a key.
  await sql`select set_config('enable_seqscan', 'off', true)`.execute(db)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${source}|${dataset}`}, 5))`.execute(db)
}

/** The file with the same bytes that came before and was not turned away. */
export async function sameBefore(
  db: Db,
  { source, dataset, digest }: Pick<NewExtract, 'source' | 'dataset' | 'digest'>,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select e.id from feeds.extract e
    join lateral (select state from feeds.extract_state where extract_id = e.id order by id desc limit 1) s on true
    where e.source = ${source} and e.dataset = ${dataset} and e.digest = ${digest} and s.state in ('checked', 'accepted', 'applied')
    order by e.number desc limit 1`.execute(db)
  return rows[0]?.id
}

export async function keepExtract(db: Db, extract: NewExtract): Promise<void> {
  const { isFullList, extractDate, ...same } = extract
  await db
    .insertInto('feeds.extract')
    .values({ ...same, is_snapshot: isFullList, extract_date: extractDate })
    .execute()
}

export type NewState = {
  state: ExtractState
  why?: string | undefined
  faults?: Fault[] | undefined
  counts?: Counts | undefined
  after?: number | null | undefined
}

type Whose = { id: string; source: string; organisation: string }

export async function keepState(db: Db, { id, source, organisation }: Whose, to: NewState): Promise<void> {
  await db
    .insertInto('feeds.extract_state')
    .values({
      extract_id: id,
      source,
      organisation,
      state: to.state,
      why: to.why ?? null,
      faults: to.faults ? JSON.stringify(to.faults) : null,
      counts: to.counts ? JSON.stringify(to.counts) : null,
      after: to.after ?? null,
    })
    .execute()
}

/** The lines of a file, and why some of them cannot be used. */
export async function keepLines(
  db: Db,
  of: Whose & { dataset: string },
  lines: CheckedLine[],
): Promise<void> {
  const common = { extract_id: of.id, source: of.source, organisation: of.organisation, dataset: of.dataset }
  const rows = lines.map(({ line, key, person, digest, said, raw, faults }) => ({
    ...common,
    line,
    key: key ?? null,
    person: person ?? null,
    digest: `\\x${digest.toString('hex')}`,
    said: faults.length > 0 ? null : said,
    raw: faults.length > 0 ? raw : null,
  }))
  await sql`insert into feeds.extract_line select * from jsonb_populate_recordset(null::feeds.extract_line, ${JSON.stringify(rows)}::jsonb)`.execute(
    db,
  )
  const bad = lines.filter(({ faults }) => faults.length > 0)
  await keepLineStates(
    db,
    of,
    bad.map(({ line, key, faults }) => ({ line, key: key ?? null, state: 'quarantined', ...toldOf(faults) })),
  )
}

/** Of several faults the first gives the reason; the words tell all of them. */
function toldOf(faults: Fault[]): { reason: string; at_column: string; words: string } {
  const words = faults.map((fault) => `${fault.path}: ${fault.words}`).join('. ')
  return { reason: faults[0]?.code ?? 'value', at_column: faults[0]?.path ?? '', words }
}

export type NewLineState = {
  line: number
  key: string | null
  state: 'quarantined' | 'applied' | 'older' | 'unchanged' | 'resolved'
  reason?: string
  at_column?: string
  words?: string
  person_key?: string | null
}

export async function keepLineStates(
  db: Db,
  of: Whose & { dataset: string },
  states: NewLineState[],
): Promise<void> {
  if (states.length === 0) return
  const json = JSON.stringify(states)
  await sql`
    insert into feeds.extract_line_state (extract_id, line, source, organisation, dataset, key, state, reason, at_column, words, person_key)
    select ${of.id}::uuid, s.line, ${of.source}, ${of.organisation}, ${of.dataset}, s.key, s.state, s.reason, s.at_column, s.words, s.person_key
    from jsonb_to_recordset(${json}::jsonb) as s (line integer, key text, state text, reason text, at_column text, words text, person_key uuid)`.execute(
    db,
  )
}

/**
 * How a file compares with what its set says now: the kind of each line, as `fold` would decide it. `added` includes what had ended and is
 * back. The condition stands here once, for the counts and for the lists of a page alike.
 */
const kindOf = sql<string>`case
  when l.said is null then 'refused'
  when f.key is not null and (f.extract_date, f.number) > (e.extract_date, e.number) then 'older'
  when f.key is null or f.ended_on is not null then 'added'
  when f.digest = l.digest then 'unchanged'
  else 'changed' end`

const compared = (id: string) => sql`
  from feeds.extract e
  join feeds.extract_line l on l.extract_id = e.id
  left join feeds.extract_fact f on f.source = e.source and f.dataset = e.dataset and f.key = l.key
  where e.id = ${id}`

/** What a full list leaves out of what is held. */
const leftOut = (id: string) => sql`
  from feeds.extract e
  join feeds.extract_fact f on f.source = e.source and f.dataset = e.dataset
  where e.id = ${id} and e.is_snapshot and f.ended_on is null and (f.extract_date, f.number) < (e.extract_date, e.number)
    and not exists (select 1 from feeds.extract_line l where l.extract_id = e.id and l.key = f.key)`

export async function compare(db: Db, id: string): Promise<Counts> {
  const { rows: kinds } = await sql<{ kind: string; lines: number; keyless: number }>`
    select ${kindOf} as kind, count(*) as lines, count(*) filter (where l.key is null) as keyless ${compared(id)} group by 1`.execute(
    db,
  )
  const { rows: sums } = await sql<{ ended: number; held: number }>`
    select (select count(*) ${leftOut(id)}) as ended,
      (select count(*) from feeds.extract e join feeds.extract_fact f on f.source = e.source and f.dataset = e.dataset
       where e.id = ${id} and f.ended_on is null) as held`.execute(db)
  const of = (kind: string) => kinds.find((each) => each.kind === kind)?.lines ?? 0
  return {
    lines: kinds.reduce((sum, each) => sum + each.lines, 0),
    added: of('added'),
    changed: of('changed'),
    unchanged: of('unchanged'),
    older: of('older'),
    refused: of('refused'),
    unreadable: kinds.reduce((sum, each) => sum + each.keyless, 0),
    ended: sums[0]?.ended ?? 0,
    held: sums[0]?.held ?? 0,
  }
}

export type Kind = 'added' | 'changed' | 'unchanged' | 'older' | 'ended'

export type Difference = {
  line: number | null
  key: string
  said: Record<string, string>
  before: Record<string, string> | null
}

/** Lines of one kind, a page at a time. */
export async function differences(
  db: Db,
  id: string,
  kind: Kind,
  from: number,
  most: number,
): Promise<Difference[]> {
  if (kind === 'ended') {
    const { rows } = await sql<Difference>`
      select null as line, f.key, f.said, null as before ${leftOut(id)} order by f.key offset ${from} limit ${most}`.execute(
      db,
    )
    return rows
  }
  const { rows } = await sql<Difference>`
    select l.line, l.key, l.said, f.said as before ${compared(id)} and ${kindOf} = ${kind}
    order by l.line offset ${from} limit ${most}`.execute(db)
  return rows
}

/** The newest accepted file of the set: a comparison was right as of it. */
export async function newestAccepted(db: Db, source: string, dataset: string): Promise<number | null> {
  const { rows } = await sql<{ newest: number | null }>`
    select max(s.id) as newest from feeds.extract_state s join feeds.extract e on e.id = s.extract_id
    where e.source = ${source} and e.dataset = ${dataset} and s.state in ('accepted', 'applied')`.execute(db)
  return rows[0]?.newest ?? null
}
