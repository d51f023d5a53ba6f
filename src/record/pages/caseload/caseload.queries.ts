import { sql } from 'kysely'
import { inScope, type Scope } from '../../../access/index.ts'
import type { Db } from '../../../platform/index.ts'

/** Someone in hospital now who is on a caseload outside it: one row for each stay, with every caseload that the reader may see. */
export type InHospital = {
  person_key: string
  ref: string
  address_protected: boolean
  family: string | null
  given: string | null
  prefix: string | null
  nhs_number: string | null
  admitted: string | null
  admitted_at: Date | null
  consultant: string | null
  ward_code: string | null
  ward: string | null
  received_at: Date
  caseloads: { team: string | null; care: string | null; source: string }[]
}

/** More people than any hospital has beds: beyond this the page says that there are more. */
export const mostPeople = 2000

/**
 * Stays that go on, beside the open episodes of the same person with these sources. Files of one person are brought together by
 * record.files_alongside, which answers only for people within the reader's reach.
 */
export async function caseloadInHospital(
  db: Db,
  scope: Scope,
  sources: readonly string[],
): Promise<InHospital[]> {
  const within = (alias: string, type: string) =>
    inScope(scope, alias, sql<boolean>`record.everyone_in_reach(${type}, ${sql.ref(`${alias}.resource_id`)})`)
  const { rows } = await sql<InHospital>`
    with stay as materialized (
      select v.* from record.v_encounter v
      where v.status = 'in-progress' and v.class_code in ('IMP', 'ACUTE', 'NONAC', 'OBSENC', 'SS')
        and (v.ended_at is null or v.ended_at > ${scope.now}) and ${within('v', 'Encounter')}
      limit ${mostPeople}
    ), file as materialized (
      select * from record.files_alongside(array(select person_key from stay))
    ), caseload as (
      select file.person_id,
        jsonb_agg(distinct jsonb_build_object('team', e.team_display, 'care', e.type_text, 'source', e.source)) as caseloads
      from file join record.v_episode e using (person_key)
      where e.status = 'active' and e.source = any (${[...sources]}::text[]) and (e.ended_at is null or e.ended_at > ${scope.now})
        and ${within('e', 'EpisodeOfCare')}
      group by file.person_id
    )
    select stay.person_key, mine.ref, mine.address_protected, who.family, who.given, who.prefix, who.nhs_number, stay.started as admitted,
      stay.started_at as admitted_at, stay.author_display as consultant, place.location_code as ward_code, place.location_display as ward,
      stay.received_at, caseload.caseloads
    from stay
    join file mine on mine.person_key = stay.person_key
    join caseload on caseload.person_id = mine.person_id
    left join lateral (
      select p.* from record.v_patient p
      where p.person_key = stay.person_key and ${within('p', 'Patient')} limit 1
    ) who on true
    left join lateral (
      select l.* from record.v_encounter_location l
      where l.person_key = stay.person_key and l.resource_id = stay.resource_id and ${within('l', 'Encounter')}
      order by (l.ended_at is null) desc, l.started_at desc nulls last, l.row_no desc limit 1
    ) place on true`.execute(db)
  return rows
}

/** When the hospital was last heard. */
export async function hospitalHeard(db: Db, sources: readonly string[]): Promise<Date | undefined> {
  const row = await db
    .selectFrom('record.source_heard')
    .select((eb) => eb.fn.max('last_received_at').as('at'))
    .where('source', 'in', [...sources])
    .executeTakeFirst()
  return row?.at ?? undefined
}
