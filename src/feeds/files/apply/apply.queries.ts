import type { Patient } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import type { Said } from '../../../datasets/index.ts'
import type { Db } from '../../../platform/index.ts'
import { parseLossless } from '../../../record/index.ts'
import type { Fact, Order } from './fold.ts'

/** A file that was accepted, as applying it needs it. */
export type Accepted = Order & {
  id: string
  source: string
  organisation: string
  dataset: string
  isFullList: boolean
}

/** The file, if it still waits; another process may have finished it. */
export async function acceptedExtract(db: Db, id: string): Promise<Accepted | undefined> {
  const { rows } = await sql<Accepted>`
    select e.id, e.source, e.organisation, e.dataset, e.is_snapshot as "isFullList", e.extract_date as "extractDate", e.number
    from feeds.extract e
    join lateral (select state from feeds.extract_state where extract_id = e.id order by id desc limit 1) s on true
    where e.id = ${id} and s.state = 'accepted'`.execute(db)
  return rows[0]
}

/** Lines whose key is held already, under the same words and not ended: only their place in the order moves. All of them at once. */
export async function passUnchanged(db: Db, extract: Accepted): Promise<void> {
  await sql`
    with same as (
      update feeds.extract_fact f set extract_id = e.id, extract_date = e.extract_date, number = e.number, said = l.said
      from feeds.extract e join feeds.extract_line l on l.extract_id = e.id
      where e.id = ${extract.id} and f.source = e.source and f.dataset = e.dataset and f.key = l.key and f.digest = l.digest
        and l.said is not null and f.ended_on is null and (f.extract_date, f.number) < (e.extract_date, e.number)
      returning l.line, l.key
    )
    insert into feeds.extract_line_state (extract_id, line, source, organisation, dataset, key, state)
    select ${extract.id}::uuid, same.line, ${extract.source}, ${extract.organisation}, ${extract.dataset}, same.key, 'unchanged' from same`.execute(
    db,
  )
}

export type WaitingLine = { line: number; key: string; person: string; digest: string; said: Said }

/** The next lines that can be used, whatever became of them already; in the order of the file. */
export async function linesAfter(
  db: Db,
  extract: Accepted,
  after: number,
  most: number,
): Promise<WaitingLine[]> {
  const { rows } = await sql<WaitingLine>`
    select l.line, l.key, l.person, encode(l.digest, 'hex') as digest, l.said
    from feeds.extract_line l
    where l.extract_id = ${extract.id} and l.line > ${after} and l.said is not null
    order by l.line limit ${most}`.execute(db)
  return rows
}

/** Those of them of which nothing has become yet. */
export async function stillWaiting(db: Db, extract: Accepted, lines: WaitingLine[]): Promise<WaitingLine[]> {
  const { rows } = await sql<{ line: number }>`
    select line from feeds.extract_line_state
    where extract_id = ${extract.id} and line = any (${lines.map((each) => each.line)}::integer[])`.execute(
    db,
  )
  const done = new Set(rows.map((row) => row.line))
  return lines.filter((each) => !done.has(each.line))
}

export type HeldFact = Fact & { key: string; person: string; said: Said; dataset: string }

const factColumns = sql`f.key, f.person, f.said, f.dataset, f.extract_date as "extractDate", f.number, encode(f.digest, 'hex') as digest,
  case when f.ended_on is not null then jsonb_build_object('extractDate', f.ended_on, 'number', f.ended_number) end as ended`

type FactRow = Omit<HeldFact, 'ended'> & { ended: Order | null }
const factOf = (row: FactRow): HeldFact => ({ ...row, ended: row.ended ?? undefined })

export async function factsOf(db: Db, extract: Accepted, keys: string[]): Promise<HeldFact[]> {
  const { rows } = await sql<FactRow>`
    select ${factColumns} from feeds.extract_fact f
    where f.source = ${extract.source} and f.dataset = ${extract.dataset} and f.key = any (${keys}::text[])`.execute(
    db,
  )
  return rows.map(factOf)
}

/** All that the source's sets say of these people. */
export async function factsAbout(db: Db, source: string, people: string[]): Promise<HeldFact[]> {
  const { rows } = await sql<FactRow>`
    select ${factColumns} from feeds.extract_fact f where f.source = ${source} and f.person = any (${people}::text[])`.execute(
    db,
  )
  return rows.map(factOf)
}

/** For each key, the first accepted full list later than this file that has no line with it. */
export async function leftOutLater(db: Db, extract: Accepted, keys: string[]): Promise<Map<string, Order>> {
  if (!extract.isFullList) return new Map()
  const { rows: later } = await sql<{ id: string }>`
    select e.id from feeds.extract e
    where e.source = ${extract.source} and e.dataset = ${extract.dataset}
      and (e.extract_date, e.number) > (${extract.extractDate}::date, ${extract.number}::bigint)
      and exists (select 1 from feeds.extract_state s where s.extract_id = e.id and s.state = 'accepted')`.execute(
    db,
  )
  if (later.length === 0) return new Map()
  const { rows } = await sql<Order & { key: string }>`
    select distinct on (asked.key) asked.key, e.extract_date as "extractDate", e.number
    from unnest(${keys}::text[]) as asked (key)
    join feeds.extract e on e.id = any (${later.map((each) => each.id)}::uuid[])
      and not exists (select 1 from feeds.extract_line l where l.extract_id = e.id and l.key = asked.key)
    order by asked.key, e.extract_date, e.number`.execute(db)
  return new Map(rows.map(({ key, extractDate, number }) => [key, { extractDate, number }]))
}

/** What is held and this full list leaves out, unless another had left it out before. */
export async function leftOutHere(db: Db, extract: Accepted, most: number): Promise<HeldFact[]> {
  if (!extract.isFullList) return []
  const { extractDate, number } = extract
  const { rows } = await sql<FactRow>`
    select ${factColumns} from feeds.extract_fact f
    where f.source = ${extract.source} and f.dataset = ${extract.dataset}
      and (f.extract_date, f.number) < (${extractDate}::date, ${number}::bigint)
      and (f.ended_on is null or (f.ended_on, f.ended_number) > (${extractDate}::date, ${number}::bigint))
      and not exists (select 1 from feeds.extract_line l where l.extract_id = ${extract.id} and l.key = f.key)
    order by f.key limit ${most}`.execute(db)
  return rows.map(factOf)
}

export async function keepFacts(db: Db, extract: Accepted, facts: HeldFact[]): Promise<void> {
  if (facts.length === 0) return
  const json = JSON.stringify(
    facts.map((fact) => ({
      source: extract.source,
      dataset: fact.dataset,
      key: fact.key,
      organisation: extract.organisation,
      person: fact.person,
      extract_id: extract.id,
      extract_date: fact.extractDate,
      number: fact.number,
      digest: `\\x${fact.digest}`,
      said: fact.said,
      ended_on: fact.ended?.extractDate ?? null,
      ended_number: fact.ended?.number ?? null,
    })),
  )
  await sql`
    insert into feeds.extract_fact select * from jsonb_populate_recordset(null::feeds.extract_fact, ${json}::jsonb)
    on conflict (source, dataset, key) do update set person = excluded.person, extract_id = excluded.extract_id,
      extract_date = excluded.extract_date, number = excluded.number, digest = excluded.digest, said = excluded.said,
      ended_on = excluded.ended_on, ended_number = excluded.ended_number`.execute(db)
}

/** Lines in quarantine from earlier files whose key this file has settled: they are resolved by it. */
export async function resolveEarlier(db: Db, extract: Accepted): Promise<void> {
  await sql`
    insert into feeds.extract_line_state (extract_id, line, source, organisation, dataset, key, state, words)
    select q.extract_id, q.line, q.source, q.organisation, q.dataset, q.key, 'resolved', 'A later file says it so that it could be used'
    from feeds.extract_line_state q join feeds.extract of_line on of_line.id = q.extract_id
    where q.source = ${extract.source} and q.dataset = ${extract.dataset} and q.state = 'quarantined' and q.extract_id <> ${extract.id}
      and (of_line.extract_date, of_line.number) < (${extract.extractDate}::date, ${extract.number}::bigint)
      and not exists (select 1 from feeds.extract_line_state later where later.extract_id = q.extract_id and later.line = q.line and later.id > q.id)
      and (exists (
          select 1 from feeds.extract_line l join feeds.extract_line_state s on s.extract_id = l.extract_id and s.line = l.line
          where l.extract_id = ${extract.id} and l.key = q.key and s.state in ('applied', 'unchanged', 'older'))
        -- A later full list says all there is to say: what it leaves out is gone, and a line without a key is said anew in it.
        or (${extract.isFullList} and not exists (select 1 from feeds.extract_line l where l.extract_id = ${extract.id} and l.key = q.key)))`.execute(
    db,
  )
}

export type HeldPatient = { person: string; id: string; version: number; resource: Patient; file: string }

type PatientRow = { id: string; version: number; body: string; file: string }

/** By what the source's Patient is looked for: its own number, or the NHS number where it has none; or the id that files give. */
export type Asked = {
  person: string
  localSystem: string
  localValue: string | null
  nhsNumber: string | null
  id: string
}

/** The Patient that the source already keeps for each of these. */
export async function patientsOf(db: Db, source: string, asked: Asked[]): Promise<Map<string, HeldPatient>> {
  const [first] = asked
  if (!first) return new Map()
  const values = asked.flatMap((each) => each.localValue ?? [])
  const numbers = asked.flatMap((each) => each.nhsNumber ?? [])
  const ids = asked.map((each) => each.id)
  const { rows } = await sql<PatientRow & { by: string; value: string }>`
    with found as materialized (
      select 1 as rank, 'local' as by, f.local_value as value, f.person_key from people.file f
      where f.source = ${source} and f.local_system = ${first.localSystem} and f.local_value = any (${values}::text[])
      union all
      select 2, 'id', id, record.home('Patient', id) from unnest(${ids}::text[]) as id
      union all
      select 3, 'nhs', d.nhs_number, d.person_key from people.demographic d
      where d.nhs_number = any (${numbers}::text[]) and d.source = ${source}
    )
    select found.by, found.value, r.id, r.version, r.body, r.person_key as file
    from found join record.resource r on r.person_key = found.person_key and r.type = 'Patient' and r.source = ${source}
    order by found.rank, r.received_at desc, r.id`.execute(db)
  const byClue = Map.groupBy(rows, ({ by, value }) => `${by} ${value}`)
  return new Map(
    asked.flatMap((each) => {
      const clues = [`local ${each.localValue}`, `id ${each.id}`, `nhs ${each.nhsNumber}`]
      const [row] = clues.flatMap((clue) => byClue.get(clue) ?? [])
      return row
        ? [
            [
              each.person,
              { ...row, person: each.person, resource: parseLossless(row.body) as Patient },
            ] as const,
          ]
        : []
    }),
  )
}
