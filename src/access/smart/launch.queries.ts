import { createHash, randomBytes } from 'node:crypto'
import type { ExpressionBuilder } from 'kysely'
import type { Actor, DB, Db } from '../../platform/index.ts'

/** From opening an app on a record until its practitioner has been asked. */
const minutes = 5

/** The handle goes to the app; only its digest is kept. */
const digestOf = (handle: string): Buffer => createHash('sha256').update(handle).digest()

export type Opened = { app: string; actor: Actor; file: string; encounter: string | undefined; now: Date }

/** An app is opened about somebody. Returns the handle with which it asks for its token, once and soon. */
export async function keepLaunch(db: Db, { app, actor, file, encounter, now }: Opened): Promise<string> {
  const handle = randomBytes(32).toString('base64url')
  const ends = new Date(now.getTime() + minutes * 60_000)
  await db.deleteFrom('access.app_launch').where('actor', '=', actor.id).where('ends', '<', now).execute()
  await db
    .insertInto('access.app_launch')
    .values({
      person_key: file,
      digest: digestOf(handle),
      app,
      actor: actor.id,
      encounter: encounter ?? null,
      ends,
    })
    .execute()
  return handle
}

/** The handle is this app’s, not over and not used. */
const holds =
  (handle: string, app: string, now: Date) => (launch: ExpressionBuilder<DB, 'access.app_launch'>) =>
    launch.and([
      launch('digest', '=', digestOf(handle)),
      launch('app', '=', app),
      launch('ends', '>', now),
      launch('used_at', 'is', null),
    ])

type Launched = { file: string; encounter: string | null }

/** About whom this practitioner opened this app, if the handle still holds. It is not used by that. */
export async function launchedAbout(
  db: Db,
  handle: string,
  app: string,
  now: Date,
): Promise<Launched | undefined> {
  return db
    .selectFrom('access.app_launch')
    .select(['person_key as file', 'encounter'])
    .where(holds(handle, app, now))
    .executeTakeFirst()
}

/** The same, and nobody uses the handle again. Of two who try at once one finds it used. */
export async function useLaunch(
  db: Db,
  handle: string,
  app: string,
  now: Date,
): Promise<Launched | undefined> {
  return db
    .updateTable('access.app_launch')
    .set({ used_at: now })
    .where(holds(handle, app, now))
    .returning(['person_key as file', 'encounter'])
    .executeTakeFirst()
}
