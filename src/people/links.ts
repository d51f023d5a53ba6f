import { sql } from 'kysely'
import { Conflict, type Db } from '../platform/index.ts'

/**
 * What somebody says of two files, and why. `replaces` is the verdict that they saw when they said it (null: none had been given); left out,
 * nothing is compared, for a source that only reports. A practitioner needs the category “matching”; a source speaks of its own files only.
 */
export type Saying = { one: string; other: string; why: string; replaces?: number | null }

/**
 * The two files are one person: from now on whatever is read about one is read about both. Said again by a source, it changes nothing.
 * @returns the verdict, for `replaces`
 * @throws Conflict when somebody answered meanwhile, or when the two cannot be one person: they were declared never the same, a practitioner
 * parted what a source would join, or an identifier was superseded. The reader is not told which. The transaction goes on: whoever catches it
 * may go on with the next message
 */
export const linkFiles = (db: Db, saying: Saying): Promise<number> => say(db, 'same', saying)

/**
 * Takes back what joins the two files, or that they are never the same; what was said before holds again. What the rule alone would join
 * stays parted once a practitioner has said so.
 * @throws Conflict when somebody answered meanwhile, or nothing joins these two
 */
export const unlinkFile = (db: Db, saying: Saying): Promise<number> => say(db, 'unlink', saying)

/** The two files are never one person: they are parted, and never joined or suggested again. @throws Conflict */
export const neverTheSame = (db: Db, saying: Saying): Promise<number> => say(db, 'never the same', saying)

/** Looked at and left open, with a note for whoever looks next. @throws Conflict */
export const notSure = (db: Db, saying: Saying): Promise<number> => say(db, 'not sure', saying)

async function say(db: Db, said: string, { one, other, why, replaces }: Saying): Promise<number> {
  const compare = replaces !== undefined
  const { rows } = await sql<{ verdict_id: number | null; against: keyof typeof conflicts | null }>`
    select * from people.say(${one}::uuid, ${other}::uuid, ${said}, ${why}, ${compare}, ${replaces ?? null}::bigint)`.execute(
    db,
  )
  const [answer] = rows
  if (answer?.verdict_id) return answer.verdict_id
  throw new Conflict(conflicts[answer?.against ?? 'GT002'])
}

/** One message whatever the cause: why two files cannot be joined is itself protected. */
const conflicts = {
  GT001: 'These two files cannot be joined into one person',
  GT002: 'Somebody else has answered this since you opened it',
}

/**
 * An identifier was replaced for a reason that the law protects (adoption, gender recognition). Its files stand alone from now on: never
 * linked, never suggested. The new number is not asked for, since the two must never be connected.
 */
export async function supersede(
  db: Db,
  identifier: { system: string; value: string; inForce?: boolean },
): Promise<void> {
  await sql`select people.supersede(${identifier.system}, ${identifier.value}, ${identifier.inForce ?? true})`.execute(
    db,
  )
}

/** The file that a source keeps under a local identifier, such as a hospital number; undefined when it keeps none. */
export async function fileOf(
  db: Db,
  source: string,
  local: { system: string; value: string },
): Promise<string | undefined> {
  const found = await db
    .selectFrom('people.file')
    .select('person_key')
    .where('source', '=', source)
    .where('local_system', '=', local.system)
    .where('local_value', '=', local.value)
    .executeTakeFirst()
  return found?.person_key
}
