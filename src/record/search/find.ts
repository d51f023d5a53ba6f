import { type RawBuilder, sql } from 'kysely'
import { inScope, type Scope } from '../../access/index.ts'
import { type Db, Invalid, plannedAnew, varied } from '../../platform/index.ts'
import { all, conditionOf, type Plain } from './conditions.ts'
import { isAboutPeople } from './declared.ts'
import type { Order } from './order.ts'

/** A row that was found. `search`: its entries, if they were asked for; `keys`: what it was sorted by, if it was. */
export type Match = {
  type: string
  id: string
  body: string
  person_key: string | null
  search?: string
  keys?: (string | null)[]
}

/** What is looked for: one type, within the reader's scope. */
export type Search = { type: string; clauses: Plain[]; scope: Scope }

type Condition = RawBuilder<boolean>

/**
 * Whether the search names somebody, so that it reads a few files and no more. Otherwise it walks what the source sent or whom the reader
 * reaches, and must end in time.
 */
export const isNarrow = ({ type, clauses }: Search): boolean =>
  !isAboutPeople(type) || clauses.some((clause) => filesOf(type, clause) !== undefined)

/** The files in which all that passes a clause must lie: keys found by narrow functions, before any row is read. */
function filesOf(type: string, clause: Plain): RawBuilder<string[]> | undefined {
  switch (clause.kind) {
    case 'about':
      return clause.open ? undefined : sql`record.files_concerning(${type}, ${clause.patients}::text[])`
    case 'id':
      return sql`record.homes(${type}, ${clause.ids}::text[])`
    case 'identified': {
      if (clause.not || !clause.others) return undefined
      const found = [
        ...clause.numbers.map((number) => sql`record.files_with_nhs_number(${number})`),
        ...clause.others.map(
          ({ system, value }) => sql`record.files_with_identifier(${type}, ${system ?? null}, ${value})`,
        ),
      ]
      return sql`(${sql.join(found, sql` || `)})`
    }
    default:
      return undefined
  }
}

/**
 * The rows of the search: both walls, and by which index they are come at. A search that names nobody is driven by the source's own rows, or
 * by the files that the reader reaches; the policies ask again of each row.
 */
function source({ type, clauses, scope }: Search): { from: RawBuilder<unknown>; where: Condition } {
  const within = (alias: string) =>
    inScope(
      scope,
      alias,
      sql<boolean>`record.everyone_in_reach(${sql.ref(`${alias}.type`)}, ${sql.ref(`${alias}.id`)})`,
      {
        wholeBody: true,
      },
    )
  // To be in a file with this NHS number is all that is asked: the files say it.
  const said = clauses.filter((clause) => !(clause.kind === 'identified' && isNumbersOnly(clause)))
  const conditions = [
    sql<boolean>`r.type = ${type}`,
    ...said.map((clause) => conditionOf(clause, 'r', within)),
  ]
  if (!isAboutPeople(type)) {
    const byNumber = clauses.flatMap((clause) =>
      clause.kind === 'identified' ? [idsByIdentifier(type, clause)] : [],
    )
    return {
      from: sql`record.reference_resource r`,
      where: all([...conditions, ...byNumber.filter((each) => each !== undefined)]),
    }
  }
  const files = clauses.flatMap((clause) => filesOf(type, clause) ?? [])
  const driven = files.map((each) => sql<boolean>`r.person_key = any (${each})`)
  const wide = files.length === 0
  const isReach = wide && scope.ownSource === undefined
  // A source's own rows have partial indexes, which only who says both finds.
  if (wide && scope.ownSource !== undefined)
    driven.push(sql<boolean>`r.source = ${scope.ownSource} and r.search is not null`)
  return {
    from: isReach
      ? sql`(${reached(scope)}) reached join record.resource r using (person_key)`
      : sql`record.resource r`,
    where: all([...driven, ...conditions, within('r')]),
  }
}

const isNumbersOnly = ({ not, tests, others }: Extract<Plain, { kind: 'identified' }>): boolean =>
  !not && tests.length === 0 && others !== undefined

/** The files that a practitioner has a bond with, in the order in which they are walked. */
const reached = ({ principals, now }: Scope) => sql`
  select distinct reach.person_key from access.reach reach
  where reach.principal = any (${[...principals]}::text[]) and reach.since <= ${now} and reach.until > ${now}
  order by reach.person_key`

/** What concerns nobody is found by its identifier in a table of its own, which every reader may read. */
function idsByIdentifier(
  type: string,
  clause: Extract<Plain, { kind: 'identified' }>,
): Condition | undefined {
  if (clause.not || !clause.others || clause.others.some(({ system }) => system === undefined))
    return undefined
  const systems = clause.others.map(({ system }) => system ?? '')
  const values = clause.others.map(({ value }) => value)
  return sql<boolean>`r.id in (select i.id from record.reference_identifier i
    where i.type = ${type} and (i.system, i.value) in (select * from unnest(${systems}::text[], ${values}::text[])))`
}

/** Rows in their order, from behind a position. */
export async function find(
  db: Db,
  search: Search,
  order: Order,
  most: number,
  entries = false,
): Promise<Match[]> {
  return bounded(db, search, async () => (await matching(search, order, most, entries).execute(db)).rows)
}

/** The statement that `find` asks. */
export function matching(search: Search, order: Order, most: number, entries = false): RawBuilder<Match> {
  const { from, where } = source(search)
  const person = isAboutPeople(search.type) ? sql`r.person_key` : sql`null::uuid as person_key`
  const keys =
    order.keys.length === 0
      ? sql``
      : sql`, array[${sql.join(order.keys.map(({ text }) => text))}]::text[] as keys`
  return sql<Match>`${mark(search, order)}select r.type, r.id, r.body, ${person}${entries ? sql`, array_to_string(r.search, chr(10)) as search` : sql``}${keys}
    from ${from} where ${where} and ${order.behind} order by ${order.by} limit ${most}`
}

/**
 * Searches are of too many shapes for each to be worth keeping prepared; those that are asked all day are few. One that names nobody is planned for
 * its values: with how many it wants unknown, the planner might sort all that a source ever sent.
 */
function mark(search: Search, order?: Order): RawBuilder<unknown> {
  const { clauses } = search
  if (clauses.length <= 2 && clauses.every(isCommon) && !order?.keys.length) return sql``
  return sql.raw(isNarrow(search) ? `${varied} ` : `${plannedAnew} `)
}

function isCommon(clause: Plain): boolean {
  if (clause.kind === 'entries') return !clause.not && clause.tests.length === 1
  return (
    clause.kind === 'id' ||
    clause.kind === 'changed' ||
    (clause.kind === 'about' && clause.tests.length === 1) ||
    clause.kind === 'identified'
  )
}

export async function count(db: Db, search: Search): Promise<number> {
  const { from, where } = source(search)
  const statement = sql<{
    total: number
  }>`${mark(search)}select count(*) as total from ${from} where ${where}`
  return bounded(db, search, async () => (await statement.execute(db)).rows[0]?.total ?? 0)
}

const mostMilliseconds = 10_000

/**
 * A search that names nobody may take so long and no longer; what is asked together with it passes again by itself. It walks an index in its
 * order and stops when the page is full: the planner, which does not know how many rows there will be, would rather fetch and sort them all.
 */
export async function bounded<Result>(db: Db, search: Search, work: () => Promise<Result>): Promise<Result> {
  if (isNarrow(search)) return work()
  const limit = (milliseconds: number) => {
    const otherwise = milliseconds === 0 ? 'on' : 'off'
    return sql`select set_config('statement_timeout', ${String(milliseconds)}, true), set_config('enable_sort', ${otherwise}, true),
      set_config('enable_bitmapscan', ${otherwise}, true), set_config('enable_hashagg', ${otherwise}, true)`.execute(
      db,
    )
  }
  try {
    const [, result] = await Promise.all([limit(mostMilliseconds), work(), limit(0)])
    return result
  } catch (problem) {
    if ((problem as { code?: string }).code !== '57014') throw problem
    throw new Invalid([
      {
        path: search.type,
        words: `This took longer than ${mostMilliseconds / 1000} seconds. Say whom it is about, by patient, identifier or _id, or since when, by _lastUpdated`,
        code: 'too-costly',
      },
    ])
  }
}
