import { mustMaySend } from '../../../access/index.ts'
import { type Db, Misasked } from '../../../platform/index.ts'
import { idsByIdentifier, type Sought, soughtKey } from '../../store/identifiers.ts'
import type { Sending } from '../../store/row.ts'
import { inTurn } from '../../store/standing.ts'
import type { Query } from '../parameters.ts'
import { fault, misasked } from './entry.ts'

/** What a conditional interaction asks for: a search of one type; `path` is where it was asked. */
export type Condition = { type: string; query: string; path: string }

/** The ids of what a search finds among what this actor may read. Two are enough to know that there are several. */
export type Find = (type: string, query: Query) => Promise<string[]>

/** The one search that a conditional reference may be: `identifier=system|value`. @throws Invalid for any other */
export function criterion({ type, query, path }: Condition): Sought {
  const sought = byIdentifier(type, query)
  if (!sought) throw fault(path, 'Say it by one identifier: identifier=system|value', 'not-supported')
  return sought
}

function byIdentifier(type: string, query: string): Sought | undefined {
  const asked = [...new URLSearchParams(query.replace(/^.*\?/, '').replaceAll('+', '%2B'))]
  const [name, token = ''] = asked[0] ?? []
  const bar = token.indexOf('|')
  const value = token.slice(bar + 1)
  if (asked.length !== 1 || name !== 'identifier' || value === '' || value.includes(',')) return undefined
  return { type, system: bar < 0 ? '' : token.slice(0, bar), value }
}

/**
 * What each condition finds, at its place in the list. Two transactions that ask for the same take turns. By one identifier it finds what
 * this source sent and what concerns nobody, whoever sent it; by any other search what the source may read.
 * @throws Invalid where several are found; NotAllowed for an app that searches and may not
 */
export async function matchesOf(
  db: Db,
  sending: Sending,
  conditions: readonly (Condition | undefined)[],
  find?: Find,
): Promise<(string | undefined)[]> {
  const asked = conditions.filter((each) => each !== undefined)
  if (asked.length === 0) return conditions.map(() => undefined)
  const keys = asked.map((each) => `${sending.source} ${keyOf(each)}`)
  await inTurn(db, 'condition', keys)
  const sought = asked.flatMap(({ type, query }) => byIdentifier(type, query) ?? [])
  const found = await idsByIdentifier(db, sending, sought)
  const matches: (string | undefined)[] = []
  for (const condition of conditions) {
    if (condition === undefined) {
      matches.push(undefined)
      continue
    }
    const own = byIdentifier(condition.type, condition.query)
    // By an identifier of its own it asks whether what it sends is there; any other search is one.
    if (!own) mustMaySend(sending.app, 's', condition.type)
    const ids = own ? (found.get(soughtKey(own)) ?? []) : await searched(condition, find)
    if (ids.length > 1)
      throw fault(condition.path, `Several of type ${condition.type} match this`, 'multiple-matches')
    matches.push(ids[0])
  }
  return matches
}

/** The same for the same question, in whichever words. */
export function keyOf({ type, query }: Condition): string {
  const own = byIdentifier(type, query)
  return own ? soughtKey(own) : `${type}?${query}`
}

/** Those that begin with a line and say which one is meant; the rest, such as `_sort`, say how it comes. */
const choosing = new Set(['_id', '_lastUpdated', '_tag', '_profile', '_security', '_source', '_has'])

async function searched(condition: Condition, find?: Find): Promise<string[]> {
  const { type, query, path } = condition
  const asked = queryOf(query)
  if (Object.keys(asked).every((name) => name.startsWith('_') && !choosing.has(name.split(':')[0] ?? '')))
    throw misasked(path, 'Say by a search which one is meant', 'required')
  if (!find) throw fault(path, 'Say it by one identifier: identifier=system|value', 'not-supported')
  try {
    return await find(type, asked)
  } catch (problem) {
    if (!(problem instanceof Misasked)) throw problem
    throw new Misasked(problem.faults.map((each) => ({ ...each, path: `${path} ${each.path}` })))
  }
}

/** A query as an operation has it: a parameter that repeats is an array. */
export function queryOf(text: string): Query {
  const query: Query = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const before = query[name]
    query[name] = before === undefined ? value : [before, value].flat()
  }
  return query
}
