import { sql } from 'kysely'
import type { Place } from '../../access/index.ts'
import { type Asking, inRecord } from '../pages/frame/asking.ts'

/**
 * By which of the person's Patients an app is told whom it was opened about: the practice's, or else the one in whose file this reader may see
 * most, since a search by patient looks into that file. Undefined where the reader may see none of them.
 */
export async function patientFor(place: Place, { db, files }: Asking): Promise<string | undefined> {
  const practices = place.sources.filter(({ kind }) => kind === 'general-practice').map(({ id }) => id)
  const { rows } = await sql<{ id: string }>`
    select p.id from record.resource p
    where p.person_key = any (${[...files]}::uuid[]) and p.type = 'Patient'
    order by p.source = any (${practices}::text[]) desc,
      (select count(*) from record.resource r where r.person_key = p.person_key) desc, p.received_at, p.id limit 1`.execute(
    db,
  )
  return rows[0]?.id
}

/** The contact or stay that goes on now; none where the reader sees none, or several. */
export async function encounterNow(asking: Asking, now: Date): Promise<string | undefined> {
  const found = await asking.db
    .selectFrom('record.v_encounter as v')
    .select('v.resource_id')
    .distinct()
    .where(inRecord(asking, 'Encounter'))
    .where('v.status', '=', 'in-progress')
    .where((v) => v.or([v('v.ended_at', 'is', null), v('v.ended_at', '>', now)]))
    .limit(2)
    .execute()
  return found.length === 1 ? found[0]?.resource_id : undefined
}
