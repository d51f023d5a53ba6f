import { sql } from 'kysely'
import { type Db, Invalid } from '../../platform/index.ts'
import type { Asked, Clause } from './clause.ts'

/** When each type was last seen to be worked out. What is kept today is worked out with it, so that this seldom changes. */
const seenReady = new Map<string, number>()
const remembered = 60_000

/** For tests: as in a process that has just started. */
export const readyAgain = (): void => seenReady.clear()

/**
 * After an upgrade what was kept before is worked out by a job. A type of which something is left would be searched wrongly, so it is not.
 * @throws Invalid
 */
export async function mustBeReady(db: Db, now: Date, type: string, asked: Asked): Promise<void> {
  const types = new Set([
    type,
    ...[...asked.include, ...asked.iterate, ...asked.revinclude].map((each) => each.type),
  ])
  for (const clause of asked.clauses) for (const each of typesOf(clause)) types.add(each)
  const unsure = [...types].filter((each) => now.getTime() - (seenReady.get(each) ?? 0) > remembered)
  if (unsure.length === 0) return
  const { rows } = await sql<{ left: string[] }>`select record.unsearched(${unsure}::text[]) as left`.execute(
    db,
  )
  const left = rows[0]?.left ?? []
  for (const each of unsure) if (!left.includes(each)) seenReady.set(each, now.getTime())
  if (left.length === 0) return
  const words = `After an upgrade ${left.join(', ')} is still being prepared for searching. Try again in some minutes`
  throw new Invalid(left.map((path) => ({ path, words, code: 'transient' })))
}

function typesOf(clause: Clause): string[] {
  if (clause.kind === 'chain') return clause.to.map(({ type }) => type)
  return clause.kind === 'has' ? [clause.by.type] : []
}
