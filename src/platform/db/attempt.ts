import { sql } from 'kysely'
import type { Db } from './database.ts'

/**
 * Does part of a transaction so that it can fail alone: what it wrote is undone and the transaction goes on. `work` must not throw while a
 * statement of its own is still to be sent (see `settled`), or that statement would stand.
 */
export async function attempt<Result>(db: Db, work: () => Promise<Result>): Promise<Result> {
  await sql`savepoint attempt`.execute(db)
  try {
    const result = await work()
    await sql`release savepoint attempt`.execute(db)
    return result
  } catch (problem) {
    await sql`rollback to savepoint attempt`.execute(db)
    await sql`release savepoint attempt`.execute(db)
    throw problem
  }
}

/** Like Promise.all, but throws only when every part has come to its end, so that none goes on writing after the failure. */
export async function settled<Parts extends readonly unknown[]>(
  parts: Parts,
): Promise<{ -readonly [Index in keyof Parts]: Awaited<Parts[Index]> }> {
  const ended = await Promise.allSettled(parts)
  const failed = ended.find((each) => each.status === 'rejected')
  if (failed) throw failed.reason
  return ended.map((each) => (each as PromiseFulfilledResult<unknown>).value) as never
}
