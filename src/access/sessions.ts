import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Actor, Db } from '../platform/index.ts'
import type { Place } from './place.ts'

const minute = 60_000

const actorSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.literal('staff'),
  role: z.string(),
  organisation: z.string(),
  teams: z.array(z.string()),
})

/** The session's token goes to the browser; only its digest is kept. */
const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Begins a session and returns its token. */
export async function beginSession(db: Db, actor: Actor, place: Place, now: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const ends = new Date(now.getTime() + place.sessionHours * 60 * minute)
  await db
    .insertInto('access.session')
    .values({ digest: digestOf(token), actor: JSON.stringify(actor), began: now, last_seen: now, ends })
    .execute()
  return token
}

/** Who holds this token, if the session has neither ended nor been idle too long. */
export async function sessionActor(
  db: Db,
  token: string,
  place: Place,
  now: Date,
): Promise<Actor | undefined> {
  const idleSince = new Date(now.getTime() - place.sessionIdleMinutes * minute)
  const session = await db
    .selectFrom('access.session')
    .select(['actor', 'last_seen'])
    .where('digest', '=', digestOf(token))
    .where('ends', '>', now)
    .where('last_seen', '>', idleSince)
    .executeTakeFirst()
  if (!session) return undefined
  // Once a minute is enough for the idle limit, and spares a write on every page.
  if (session.last_seen.getTime() < now.getTime() - minute) {
    await db
      .updateTable('access.session')
      .set({ last_seen: now })
      .where('digest', '=', digestOf(token))
      .execute()
  }
  return actorSchema.parse(session.actor)
}

export async function endSession(db: Db, token: string): Promise<void> {
  await db.deleteFrom('access.session').where('digest', '=', digestOf(token)).execute()
}

export const sessionCookie = (token: string, secure: boolean): string =>
  `session=${token}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
export const endedCookie = 'session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0'
