import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'

/**
 * Sessions of `count` practitioners who may read what the one may who has signed in last: her colleagues. Requests of different readers never
 * share a transaction, so that they cost what requests of many people cost.
 * @returns cookies
 */
export async function colleagues(owner: pg.Pool, count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'))
  await owner.query(
    `insert into access.session (digest, actor, began, last_seen, ends)
     select digest, actor || jsonb_build_object('id', actor ->> 'id' || '-' || place), began, last_seen, ends
     from unnest($1::bytea[]) with ordinality as asked (digest, place),
       (select actor, began, last_seen, ends from access.session order by began desc limit 1) as signed_in`,
    [tokens.map((token) => createHash('sha256').update(token).digest())],
  )
  return tokens.map((token) => `session=${token}`)
}
