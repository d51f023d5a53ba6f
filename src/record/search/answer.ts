import type { Scope } from '../../access/index.ts'
import type { Db } from '../../platform/index.ts'
import { ask, type Query } from './ask.ts'
import type { Asked, Clause, SortKey } from './clause.ts'
import { type Cursor, readCursor, writeCursor } from './cursor.ts'
import { isAboutPeople } from './declared.ts'
import { count, find, isNarrow, type Match, type Search } from './find.ts'
import { followed } from './follow.ts'
import { type Included, included } from './includes.ts'
import { changedOrder, type Order, sortedOrder, usualOrder } from './order.ts'
import { mustBeReady } from './ready.ts'
import { shaped } from './shape.ts'

/** An answered search: the Bundle as text, and for the audit whose files it shows and how many were found. */
export type SearchAnswer = { body: string; files: string[]; total: number }

/** For whom, and under which address. */
export type Reader = { scope: Scope; base: string; now: Date }

/** What a search is kept to besides what it asks, and the path under which it is. */
export type Compartment = { path: string; clause: Clause }

/**
 * Answers a search of one type within the reader's scope, page by page.
 * @param base the address under which FHIR is served; links lead there and nowhere else
 * @throws Invalid naming each part of the search that is not understood or not supported
 */
export async function searchAnswer(
  db: Db,
  reader: Reader,
  type: string,
  query: Query,
  within?: Compartment,
): Promise<SearchAnswer> {
  const { scope, base, now } = reader
  const asked = ask(type, query, base)
  const clauses = [...asked.clauses, ...(within ? [within.clause] : [])]
  await mustBeReady(db, now, type, asked)
  const search = { type, clauses: await followed(db, scope, type, clauses), scope }
  const self = addressOf(`${base}/${within?.path ?? type}`, asked.understood)
  if (asked.counted) {
    const total = await count(db, search)
    return { body: bundle(total, [['self', self]], []), files: [], total }
  }
  const page = await pageOf(db, search, asked, now)
  const [others, total] = await Promise.all([
    included(db, scope, page.matches, asked),
    totalOf(db, search, asked, page),
  ])
  const links: [string, string][] = [['self', self]]
  if (page.next) links.push(['next', nextOf(self, writeCursor(page.next))])
  const entries = [
    ...page.matches.map((each) => entryOf(base, 'match', each, asked)),
    ...others.map((each) => entryOf(base, 'include', each, asked)),
  ]
  const shown = [...page.matches, ...others].flatMap(({ person_key }) => person_key ?? [])
  return {
    body: bundle(total, links, entries),
    files: [...new Set(shown)],
    total: total ?? page.matches.length,
  }
}

/** The ids alone of a search's first page. */
export async function idsFound(
  db: Db,
  { scope, base, now }: Reader,
  type: string,
  query: Query,
): Promise<string[]> {
  const asked = ask(type, query, base)
  await mustBeReady(db, now, type, asked)
  const { matches } = await pageOf(
    db,
    { type, clauses: await followed(db, scope, type, asked.clauses), scope },
    asked,
    now,
  )
  return matches.map(({ id }) => id)
}

export const entryOf = (
  base: string,
  mode: 'match' | 'include',
  { type, id, body }: Included,
  asked: Pick<Asked, 'elements' | 'summary'>,
): string =>
  `{"fullUrl":"${base}/${type}/${id}","resource":${shaped(type, body, asked)},"search":{"mode":"${mode}"}}`

/** Bodies are put together as text: parsing and writing them again would lose decimals, and time. */
export const bundle = (total: number | undefined, links: [string, string][], entries: string[]): string =>
  `{"resourceType":"Bundle","type":"searchset",${total === undefined ? '' : `"total":${total},`}"link":${JSON.stringify(
    links.map(([relation, url]) => ({ relation, url })),
  )}${entries.length > 0 ? `,"entry":[${entries.join(',')}]` : ''}}`

/** The search as it was understood. */
export const addressOf = (path: string, understood: Asked['understood']): string =>
  understood.length > 0 ? `${path}?${new URLSearchParams(understood)}` : path

export const nextOf = (self: string, cursor: string): string =>
  `${self}${self.includes('?') ? '&' : '?'}_cursor=${cursor}`

type Page = { matches: Match[]; next?: Cursor; whole: boolean }

/** How long a write may take from when it says it was received until it can be seen. */
const inFlight = 60_000

async function pageOf(db: Db, search: Search, asked: Asked, now: Date): Promise<Page> {
  const cursor = asked.cursor === undefined ? undefined : readCursor(asked.cursor)
  const { order, changes } = orderOf(search, asked, cursor)
  const follows = asked.include.length + asked.iterate.length > 0
  const rows = await find(db, search, order, asked.count + 1, follows)
  const matches = rows.slice(0, asked.count)
  const last = matches.at(-1)
  const whole = cursor === undefined && rows.length <= asked.count
  if (whole) return { matches, whole }
  const since = cursor?.since ?? new Date(now.getTime() - inFlight).toISOString()
  const carried = changes ? { since, changed: cursor?.changed } : {}
  if (last && rows.length > asked.count)
    return { matches, whole, next: { keys: last.keys ?? [], id: last.id, ...carried } }
  if (!changes || cursor?.changed) return { matches, whole }
  // The order has been walked to its end. What has changed meanwhile may have gone past it the other way.
  return { matches, whole, next: { keys: [since], id: '', since, changed: true } }
}

/** `changes`: rows may move in this order while somebody pages, so that what has changed is given at the end. */
function orderOf(
  search: Search,
  { type, sort }: Asked,
  cursor: Cursor | undefined,
): { order: Order; changes: boolean } {
  if (cursor?.changed) return { order: changedOrder(cursor), changes: true }
  const [first] = sort
  if (first) return { order: sortedOrder(type, sort, cursor), changes: mayMove(first) }
  return { order: polls(search) ? changedOrder(cursor) : usualOrder(type, cursor), changes: false }
}

const mayMove = ({ name, descending }: SortKey): boolean =>
  name !== '_id' && (name !== '_lastUpdated' || descending)

/** Who asks what has changed since an instant, about nobody in particular, is answered by an index in that order. */
const polls = (search: Search): boolean =>
  isAboutPeople(search.type) &&
  !isNarrow(search) &&
  search.scope.ownSource !== undefined &&
  search.clauses.some((clause) => clause.kind === 'changed')

/** How many there are in all: where that is known, cheap, or asked for. */
async function totalOf(db: Db, search: Search, asked: Asked, page: Page): Promise<number | undefined> {
  if (asked.total === 'none') return undefined
  if (page.whole) return page.matches.length
  return asked.total === 'accurate' || isNarrow(search) ? count(db, search) : undefined
}
