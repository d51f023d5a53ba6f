import { sql } from 'kysely'
import type { Db } from '../platform/index.ts'

/** A stated reason or a broken glass, with who it was about and what the privacy officer thought of it. */
export type Disclosure = {
  person_key: string
  id: number
  kind: string
  principal: string
  reason: string | null
  since: Date
  until: Date
  actor_name: string | null
  actor_role: string | null
  organisation: string | null
  verdict: string | null
  note: string | null
  name: {
    ref: string
    nhs_number: string | null
    family: string
    given: string
    birth_date: string | null
  } | null
}

/** Newest first; those not reviewed before those that are. */
export async function disclosures(db: Db, most = 200): Promise<Disclosure[]> {
  const { rows } = await sql<Disclosure>`
    select r.person_key, r.id, r.kind, r.principal, r.reason, r.since, r.until, who.actor_name, who.role as actor_role, who.organisation,
           review.verdict, review.note,
           (select to_jsonb(n) from people.named(array[r.person_key]) n) as name
    from access.relationship r
    left join lateral (select a.actor_name, a.role, a.organisation from access.audit a
                       where a.person_key = r.person_key and 'actor:' || a.actor = r.principal order by a.id desc limit 1) who on true
    left join lateral (select v.verdict, v.note from access.review v where v.person_key = r.person_key and v.relationship_id = r.id order by v.id desc limit 1) review on true
    where r.kind in ('stated reason', 'break glass')
    order by review.verdict is not null, r.kind = 'break glass' desc, r.since desc limit ${most}`.execute(db)
  return rows
}

export async function review(
  db: Db,
  given: { person_key: string; relationship_id: number; verdict: string; note: string },
): Promise<void> {
  await db.insertInto('access.review').values(given).execute()
}
