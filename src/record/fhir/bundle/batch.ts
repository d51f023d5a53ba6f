import { attempt, type Db, refusalOf } from '../../../platform/index.ts'
import { isRawJson } from '../../store/lossless-json.ts'
import type { Sending } from '../../store/row.ts'
import { placeOf } from '../../store/standing.ts'
import { type Change, isCondition } from './act.ts'
import { type How, type Outcome, perform } from './perform.ts'

export type Refused = { problem: unknown; status: number; outcome: Record<string, unknown> }

/** @throws what is no fault of what was sent: then nothing is kept, and the whole may be sent again */
export function refusedBy(problem: unknown): Refused {
  const refusal = refusalOf(problem)
  if (refusal.status >= 500) throw problem
  return { problem, ...refusal }
}

const mostTogether = 250

/**
 * Does each change by itself: what is wrong with one is said at its place and keeps no other out. Those that come one after another are tried
 * together, for speed; where that fails each half is tried, so that each comes out as it would alone.
 */
export async function performEach(
  db: Db,
  sending: Sending,
  changes: readonly Change[],
  how: How,
): Promise<(Outcome | Refused)[]> {
  const outcomes: (Outcome | Refused)[] = []
  for (const those of runsOf(changes)) outcomes.push(...(await tryTogether(db, sending, those, how)))
  return outcomes
}

async function tryTogether(
  db: Db,
  sending: Sending,
  changes: readonly Change[],
  how: How,
): Promise<(Outcome | Refused)[]> {
  try {
    return await attempt(db, () => perform(db, sending, structuredWrites(changes), { ...how, alone: true }))
  } catch (problem) {
    const refused = refusedBy(problem)
    if (changes.length === 1) return [refused]
    const half = Math.ceil(changes.length / 2)
    return [
      ...(await tryTogether(db, sending, changes.slice(0, half), how)),
      ...(await tryTogether(db, sending, changes.slice(half), how)),
    ]
  }
}

/** Keeping changes what it is given (references, ids, the version), and a change that is tried again must be as it came. */
function structuredWrites(changes: readonly Change[]): Change[] {
  return changes.map((change) =>
    change.kind === 'keep'
      ? { ...change, write: { ...change.write, resource: copied(change.write.resource) } }
      : change,
  )
}

function copied<Value>(value: Value): Value {
  if (value === null || typeof value !== 'object' || isRawJson(value)) return value
  if (Array.isArray(value)) return value.map(copied) as Value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copied(inner)])) as Value
}

/** Changes that may be tried together: no two of the same resource or under the same condition, since the second must see the first. */
function runsOf(changes: readonly Change[]): Change[][] {
  const runs: Change[][] = []
  let seen = new Set<string>()
  for (const change of changes) {
    const name = nameOf(change)
    const run = runs.at(-1)
    if (
      run &&
      run.length < mostTogether &&
      !(name !== undefined && seen.has(name)) &&
      run[0]?.kind === change.kind
    )
      run.push(change)
    else {
      runs.push([change])
      seen = new Set()
    }
    if (name !== undefined) seen.add(name)
  }
  return runs
}

function nameOf(change: Change): string | undefined {
  if (change.kind !== 'keep')
    return isCondition(change.target)
      ? `${change.target.type}?${change.target.query}`
      : placeOf(change.target)
  const condition = change.unless ?? change.upon
  if (condition) return `${condition.type}?${condition.query}`
  const { resourceType: type, id } = change.write.resource
  return change.write.fresh ? undefined : placeOf({ type, id })
}
