import { sql } from 'kysely'
import type { Scope } from '../../access/index.ts'
import type { Db } from '../../platform/index.ts'
import type { Push, Sent } from './push.ts'

export type Due = { file: string; wanted: number; attempts: number }

/** Takes the file that is longest due for one sending; nobody else takes it until the claim ends. */
export async function claim(db: Db, now: Date, until: Date): Promise<Due | undefined> {
  const { rows } = await sql<Due>`
    update feeds.regional_due set claimed_until = ${until}
    where person_key = (
      select person_key from feeds.regional_due
      where dead_since is null and due_at <= ${now} and (claimed_until is null or claimed_until <= ${now})
      order by due_at, person_key limit 1 for update skip locked)
    returning person_key as file, wanted, attempts`.execute(db)
  return rows[0]
}

export const sentOf = (db: Db, file: string): Promise<Sent[]> =>
  db
    .selectFrom('feeds.regional_sent')
    .select(['type', 'id', 'version'])
    .where('person_key', '=', file)
    .execute()

/** The region has it. What changed meanwhile stays due. */
export async function delivered(db: Db, { file, wanted }: Due, push: Push | undefined): Promise<void> {
  if (push) {
    const { put, gone } = push
    await sql`
      delete from feeds.regional_sent s using unnest(${gone.map((each) => each.type)}::text[], ${gone.map((each) => each.id)}::text[]) as g (type, id)
      where s.person_key = ${file} and s.type = g.type and s.id = g.id`.execute(db)
    await sql`
      insert into feeds.regional_sent (person_key, type, id, version)
      select ${file}, * from unnest(${put.map((each) => each.type)}::text[], ${put.map((each) => each.id)}::text[], ${put.map((each) => each.version)}::int[])
      on conflict (person_key, type, id) do update set version = excluded.version`.execute(db)
  }
  await sql`delete from feeds.regional_due where person_key = ${file} and wanted = ${wanted}`.execute(db)
  await sql`update feeds.regional_due set claimed_until = null, attempts = 0, problem = null where person_key = ${file}`.execute(
    db,
  )
}

/** It has not. `next`: when to try again, or never by itself. */
export async function failed(
  db: Db,
  { file, attempts }: Due,
  { next, now, problem }: { next: Date | undefined; now: Date; problem: string },
): Promise<void> {
  await db
    .updateTable('feeds.regional_due')
    .set({
      claimed_until: null,
      attempts: attempts + 1,
      problem,
      ...(next ? { due_at: next } : { dead_since: now }),
    })
    .where('person_key', '=', file)
    .execute()
}

export async function noteDelivery(
  db: Db,
  file: string,
  { key, put, gone }: Push,
  how: {
    outcome: 'delivered' | 'failed' | 'given up'
    status?: number | undefined
    problem?: string | undefined
  },
): Promise<void> {
  await db
    .insertInto('feeds.regional_delivery')
    .values({
      person_key: file,
      key,
      outcome: how.outcome,
      status: how.status ?? null,
      problem: how.problem ?? null,
      sent: put.length,
      withdrawn: gone.length,
    })
    .execute()
}

/** Everybody whom the region may read about or has been sent anything of, to be looked at again: an agreement may have ended by itself. */
export async function sweep(db: Db, scope: Scope): Promise<void> {
  await sql`
    insert into feeds.regional_due (person_key, due_at)
    select person_key, ${scope.now} from (
      select r.person_key from access.reach r
      where r.principal = any (${[...scope.principals]}::text[]) and r.since <= ${scope.now} and r.until > ${scope.now}
      union select s.person_key from feeds.regional_sent s) as everybody
    on conflict do nothing`.execute(db)
}
