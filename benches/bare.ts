import type pg from 'pg'
import { type Measured, repeat } from './drive.ts'

type Key = { person_key: string; type: string; id: string }

/** The least that any server on this database must do: one row by its key. */
export const bareRead = (pool: pg.Pool, clients: number, seconds: number, keys: Key[]): Promise<Measured> =>
  repeat(clients, seconds, (n) => {
    const { person_key, type, id } = keys[n % keys.length] as Key
    return pool.query({
      name: 'bare-read',
      text: 'select body from record.resource where person_key = $1 and type = $2 and id = $3',
      values: [person_key, type, id],
    })
  })

const scope = `select set_config('role', 'gt_record', true), set_config('gt.actor', 'demo-gp', true), set_config('gt.organisation', 'ZP001', true),
  set_config('gt.principals', 'zp001-practice', true), set_config('gt.categories', 'results', true), set_config('gt.sources', 'zp001-gp', true)`

/** The same read as a practitioner: in a transaction with the scope set, under row-level security; with the audit row if asked. */
export const guardedRead = (
  pool: pg.Pool,
  clients: number,
  seconds: number,
  keys: Key[],
  audit: boolean,
): Promise<Measured> =>
  repeat(clients, seconds, async (n) => {
    const { person_key, type, id } = keys[n % keys.length] as Key
    const client = await pool.connect()
    await client.query(`begin; ${scope}`)
    await client.query({
      name: 'guarded-read',
      text: 'select body from record.resource where person_key = $1 and type = $2 and id = $3',
      values: [person_key, type, id],
    })
    if (audit) {
      await client.query({
        name: 'audit',
        text: `insert into access.audit (request, actor, actor_name, role, organisation, purpose, action, outcome, person_key)
               values (gen_random_uuid(), 'demo-gp', 'Bench', 'gp', 'ZP001', 'direct care', 'bench', 'allowed', $1)`,
        values: [person_key],
      })
    }
    await client.query('commit')
    client.release()
  })

/** One row written durably. */
export async function bareCreate(pool: pg.Pool, clients: number, seconds: number): Promise<Measured> {
  await pool.query(
    'create table if not exists public.bare_create (id uuid primary key default gen_random_uuid(), body text not null)',
  )
  const body = JSON.stringify({ resourceType: 'Observation', padding: 'x'.repeat(600) })
  return repeat(clients, seconds, () =>
    pool.query({
      name: 'bare-create',
      text: 'insert into public.bare_create (body) values ($1)',
      values: [body],
    }),
  )
}
