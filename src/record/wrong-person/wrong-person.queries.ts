import { sql } from 'kysely'
import { Conflict, type Db, NotAllowed } from '../../platform/index.ts'
import { type Asking, inRecord } from '../pages/frame/asking.ts'
import { allViews, tableName } from '../views/index.ts'
import { namedRow } from './items.ts'

/** An item of a record as its reader is shown it. */
export type ShownItem = {
  type: string
  id: string
  source: string
  receivedAt: Date
  name: string | undefined
  at: string | undefined
}

const oneViewOfEach = [...Map.groupBy(allViews, (view) => view.resource).values()]
  .map((views) => views.find((view) => !view.location))
  .filter((view) => view !== undefined && view.resource !== 'Patient') as (typeof allViews)[number][]

/** Which items with these ids the reader is shown about this person. Ids are a type's own, so that one may name several. */
export async function itemsShown(asking: Asking, ids: readonly string[]): Promise<ShownItem[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{
    type: string
    id: string
    source: string
    received_at: Date
    row: Record<string, unknown>
  }>`
    ${sql.join(
      oneViewOfEach.map(
        (view) => sql`
        select ${view.resource}::text as type, v.resource_id as id, v.source, v.received_at, to_jsonb(v) as row
        from ${sql.table(`record.${tableName(view)}`)} v
        where v.resource_id = any (${[...ids]}::text[]) and v.row_no = 0 and ${inRecord(asking, view.resource)}`,
      ),
      sql` union all `,
    )} order by received_at, id`.execute(asking.db)
  return rows.map(({ type, id, source, received_at, row }) => ({
    type,
    id,
    source,
    receivedAt: received_at,
    ...namedRow(row),
  }))
}

/** Reports one item; it is gone with the commit. False where this reader is shown no such item. */
export async function reportItem(
  db: Db,
  about: { files: readonly string[]; type: string; id: string; why: string; by: string },
): Promise<boolean> {
  const { rows } = await sql<{ report: string | null }>`
    select record.report_wrong_person(${[...about.files]}::uuid[], ${about.type}, ${about.id}, ${about.why}, ${about.by}) as report`.execute(
    db,
  )
  return rows[0]?.report != null
}

export type Report = {
  person_key: string
  id: string
  type: string
  resource_id: string
  source: string
  why: string
  recorded_at: Date
  recorded_by_name: string
  state: string
  state_id: number
  state_at: Date
  state_by: string
  state_by_name: string
  state_why: string
  proof: Proof | null
}

/** What is left of an item that was disposed of. */
export type Proof = {
  sha256: string
  versions: { version: number; received: string; sha256: string }[]
  proposed: Step
  confirmed: Step
}
type Step = { by: string; name: string; at: string; why: string }

/** Reports with their latest state: what is open, oldest first; then what was put right, newest first. */
export async function reports(db: Db, id?: string): Promise<Report[]> {
  const { rows } = await sql<Report>`
    select r.person_key, r.id, r.type, r.resource_id, r.source, r.why, r.recorded_at, r.recorded_by_name, s.state, s.id as state_id,
           s.recorded_at as state_at, s.recorded_by as state_by, s.recorded_by_name as state_by_name, s.why as state_why, s.proof
    from record.wrong_person_report r
    cross join lateral (select * from record.wrong_person_state s where s.person_key = r.person_key and s.report_id = r.id order by s.id desc limit 1) s
    where ${id === undefined ? sql<boolean>`true` : sql<boolean>`r.id = ${id}`}
    order by s.state in ('reported', 'disposal proposed') desc,
      case when s.state in ('reported', 'disposal proposed') then r.recorded_at end, s.recorded_at desc
    limit 500`.execute(db)
  return rows
}

export type ReportState = { state: string; why: string; recorded_at: Date; recorded_by_name: string }

export const statesOf = (db: Db, report: string): Promise<ReportState[]> =>
  db
    .selectFrom('record.wrong_person_state')
    .select(['state', 'why', 'recorded_at', 'recorded_by_name'])
    .where('report_id', '=', report)
    .orderBy('id')
    .execute()

/** Whom the item had reached when it was reported: those of whom the audit is certain first. */
export const reachedBy = (db: Db, report: string) =>
  db
    .selectFrom('record.wrong_person_reached')
    .select(['actor', 'actor_name', 'role', 'organisation', 'action', 'certain', 'until'])
    .where('report_id', '=', report)
    .orderBy('certain', 'desc')
    .orderBy('until', 'desc')
    .limit(500)
    .execute()
export type Reached = Awaited<ReturnType<typeof reachedBy>>[number]

export type Whose = {
  ref: string
  nhs_number: string | null
  family: string | null
  given: string | null
  birth_date: string | null
}
export type ReportedItem = Whose & { version: number | null; body: string | null }

/** The item as it is kept, and in whose record it stood. */
export async function reportedItem(db: Db, report: string): Promise<ReportedItem | undefined> {
  const { rows } = await sql<ReportedItem>`select * from record.reported_item(${report}::uuid)`.execute(db)
  return rows[0]
}

/** Who has this NHS number and was born that day. */
export async function whomToMoveTo(db: Db, nhsNumber: string, born: string): Promise<Whose | undefined> {
  const { rows } =
    await sql<Whose>`select * from record.whom_to_move_to(${nhsNumber}, ${born}::date)`.execute(db)
  return rows[0]
}

/** Where the item would go: the file, and the Patient by which it is named there. */
export async function moveTarget(
  db: Db,
  report: string,
  ref: string,
): Promise<{ file: string; patient: string | null } | undefined> {
  const { rows } = await sql<{ file: string; patient: string | null }>`
    select file, patient from record.move_target(${report}::uuid, ${ref}::uuid)`.execute(db)
  return rows[0]
}

export type Decision = { report: string; replaces: number; why: string; by: string }

export const restoreItem = (db: Db, { report, replaces, why, by }: Decision) =>
  decided(sql`select record.restore_item(${report}::uuid, ${replaces}::bigint, ${why}, ${by})`.execute(db))

export const moveItem = (
  db: Db,
  { report, replaces, why, by }: Decision,
  to: string,
  { body, search }: { body: string; search: string[] },
) =>
  decided(
    sql`select record.move_item(${report}::uuid, ${replaces}::bigint, ${to}::uuid, ${body}, ${search}::text[], ${why}, ${by})`.execute(
      db,
    ),
  )

export const proposeDisposal = (db: Db, { report, replaces, why, by }: Decision) =>
  decided(
    sql`select record.propose_disposal(${report}::uuid, ${replaces}::bigint, ${why}, ${by})`.execute(db),
  )

export const declineDisposal = (db: Db, { report, replaces, why, by }: Decision) =>
  decided(
    sql`select record.decline_disposal(${report}::uuid, ${replaces}::bigint, ${why}, ${by})`.execute(db),
  )

/** Erases what somebody else proposed to dispose of. Only the role of erasure may ask for it. @returns the proof, for the audit */
export async function disposeOf(
  db: Db,
  { report, replaces, why, by }: Decision,
): Promise<{ file: string; proof: Proof }> {
  const { rows } = await decided(
    sql<{ file: string; proof: Proof }>`
      select file, proof from record.dispose_item(${report}::uuid, ${replaces}::bigint, ${why}, ${by})`.execute(
      db,
    ),
  )
  if (!rows[0]) throw new Conflict('Nothing was disposed of')
  return rows[0]
}

/** The database's refusals by their names. */
async function decided<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (problem) {
    const { code } = problem as { code?: string }
    if (code === '23505') throw new Conflict('The report has changed')
    if (code === '42501') throw new NotAllowed('two people')
    throw problem
  }
}
