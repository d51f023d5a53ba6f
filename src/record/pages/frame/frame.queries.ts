import { type ExpressionBuilder, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Db } from '../../../platform/index.ts'
import { type Asking, inRecord } from './asking.ts'

type Tables = Db extends import('kysely').Kysely<infer DB> ? DB : never
type Of<Table extends keyof Tables> = ExpressionBuilder<Tables & { v: Tables[Table] }, 'v'>

/** Each source's Patient with its addresses and practices. */
export function patients(asking: Asking) {
  return asking.db
    .selectFrom('record.v_patient as v')
    .select([
      'source',
      'received_at',
      'family',
      'given',
      'prefix',
      'preferred_name',
      'birth_date',
      'gender',
      'deceased',
      'nhs_number',
      'phone',
      'language',
      'interpreter',
    ])
    .select((v: Of<'record.v_patient'>) => [
      jsonArrayFrom(
        v
          .selectFrom('record.v_patient_address as a')
          .select(['a.use', 'a.lines', 'a.city', 'a.postcode', 'a.period_end'])
          .whereRef('a.resource_id', '=', 'v.resource_id')
          .whereRef('a.person_key', '=', 'v.person_key')
          .where(inRecord(asking, 'Patient', 'a'))
          .orderBy('a.row_no'),
      ).as('addresses'),
      jsonArrayFrom(
        v
          .selectFrom('record.v_patient_practice as p')
          .select(['p.ods_code', 'p.display'])
          .whereRef('p.resource_id', '=', 'v.resource_id')
          .whereRef('p.person_key', '=', 'v.person_key')
          .where(inRecord(asking, 'Patient', 'p')),
      ).as('practices'),
    ])
    .where(inRecord(asking, 'Patient'))
    .orderBy('v.received_at', 'desc')
    .execute()
}

export type PatientRow = Awaited<ReturnType<typeof patients>>[number]

export type Whose = {
  nhs_number: string | null
  family: string
  given: string
  title: string | null
  birth_date: string | null
  gender: string | null
  died: boolean
}

/** Whose record it is, where no source's Patient is within scope. */
export async function whose({ db, files }: Asking): Promise<Whose | undefined> {
  const { rows } = await sql<Whose>`select * from record.whose(${[...files]}::uuid[])`.execute(db)
  return rows[0]
}

export function allergies(asking: Asking) {
  return asking.db
    .selectFrom('record.v_allergy as v')
    .select([
      'resource_id',
      'source',
      'received_at',
      'code',
      'code_system',
      'title',
      'clinical_status',
      'verification_status',
      'type',
      'criticality',
    ])
    .select(['recorded', 'recorded_at', 'recorder_display', 'manifestations', 'reaction_severity', 'note'])
    .where(inRecord(asking, 'AllergyIntolerance'))
    .orderBy(sql`v.recorded_at desc nulls last`)
    .orderBy('v.resource_id')
    .execute()
}

export type AllergyRow = Awaited<ReturnType<typeof allergies>>[number]

/** Flags that stand now. */
export function flags(asking: Asking, now: Date) {
  return asking.db
    .selectFrom('record.v_flag as v')
    .select([
      'resource_id',
      'source',
      'received_at',
      'category',
      'category_code',
      'code',
      'code_system',
      'title',
      'started',
      'started_at',
      'author_display',
    ])
    .where(inRecord(asking, 'Flag'))
    .where('v.status', '=', 'active')
    .where((v) => v.or([v('v.ended_at', 'is', null), v('v.ended_at', '>', now)]))
    .orderBy(sql`v.started_at desc nulls last`)
    .orderBy('v.resource_id')
    .execute()
}

export type FlagRow = Awaited<ReturnType<typeof flags>>[number]

export type Heard = { source: string; last_received_at: Date | null; withholding: boolean }

/** How many items of each source are hidden because somebody reported them as somebody else's; only such as this reader was shown before. */
export async function itemsReported({ db, files }: Asking): Promise<{ source: string; items: number }[]> {
  const { rows } = await sql<{ source: string; items: number }>`
    select source, items from record.items_reported(${[...files]}::uuid[])`.execute(db)
  return rows
}

/** When each source was last heard, and whether it holds specially protected items that the reader is not shown. */
export async function heard({ db, files }: Asking): Promise<Heard[]> {
  const { rows } = await sql<Heard>`
    select coalesce(h.source, w.source) as source, h.last_received_at, w.source is not null as withholding
    from record.source_heard h full join record.sources_withholding(${[...files]}::uuid[]) as w (source) on w.source = h.source`.execute(
    db,
  )
  return rows
}
