import { type RawBuilder, sql } from 'kysely'
import type { SortKey } from './clause.ts'
import { instantKey, numberKey } from './cursor.ts'
import { isAboutPeople } from './declared.ts'
import { entry, mark } from './entry.ts'
import { declarationOf, type Parameter } from './parameters.ts'

/** In which order rows come, and which of them come behind a position. `text`: a key's value, for the next position. */
export type Order = {
  keys: { text: RawBuilder<unknown> }[]
  by: RawBuilder<unknown>
  behind: RawBuilder<boolean>
}

/** Where a page ended: the keys of its last row, and its id, which settles what is alike. */
export type Position = { keys: (string | null)[]; id: string }

type Key = {
  value: RawBuilder<unknown>
  text: RawBuilder<unknown>
  descending: boolean
  given(text: string): RawBuilder<unknown>
}

const instant = (value: RawBuilder<unknown>) =>
  sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/**
 * File by file, and in each by id: neither changes when a resource does, so that what is written while somebody pages is neither missed nor
 * met twice. A position is the last id alone; its file is looked up and leaves the database with nobody.
 */
export function usualOrder(type: string, position: Position | undefined): Order {
  if (!isAboutPeople(type))
    return {
      keys: [],
      by: sql`r.id`,
      behind: position ? sql<boolean>`r.id > ${position.id}` : sql<boolean>`true`,
    }
  return {
    keys: [],
    by: sql`r.person_key, r.id`,
    behind: position
      ? sql<boolean>`(r.person_key, r.id) > (record.home(${type}, ${position.id}), ${position.id})`
      : sql<boolean>`true`,
  }
}

/** By what was received last: who pages so misses nothing, since what changes moves to the end. */
export const changedOrder = (position: Position | undefined): Order =>
  sortedOrder('', [{ name: '_lastUpdated', descending: false }], position)

/** By what was asked for; rows that have no such value come last. Of several values the first counts, or, the other way round, the last. */
export function sortedOrder(type: string, sort: SortKey[], position: Position | undefined): Order {
  const keys = sort.map((each) => keyOf(type, each))
  const by = sql.join([
    ...keys.map(({ value, descending }) => (descending ? sql`${value} desc` : value)),
    sql`r.id`,
  ])
  if (!position) return { keys, by, behind: sql<boolean>`true` }
  const given = keys.map((key, place) => ({ ...key, was: key.given(position.keys[place] ?? '') }))
  // Rows like the position in the first keys, and behind it in the next.
  const behind = [...given, { value: sql.ref('r.id'), was: sql`${position.id}`, descending: false }].map(
    ({ value, was, descending }, place) =>
      sql<boolean>`(${sql.join(
        [
          ...given.slice(0, place).map((like) => sql`${like.value} = ${like.was}`),
          descending ? sql`${value} < ${was}` : sql`${value} > ${was}`,
        ],
        sql` and `,
      )})`,
  )
  // Said once more for the first key alone: that is what an index can begin at.
  const [first] = given
  const reaching = first
    ? sql`${first.value} ${first.descending ? sql`<=` : sql`>=`} ${first.was}`
    : sql`true`
  return { keys, by, behind: sql<boolean>`(${reaching} and (${sql.join(behind, sql` or `)}))` }
}

function keyOf(type: string, { name, descending }: SortKey): Key {
  if (name === '_id') return { value: sql`r.id`, text: sql`r.id`, descending, given: (text) => sql`${text}` }
  if (name === '_lastUpdated')
    return {
      value: sql`r.received_at`,
      text: instant(sql`r.received_at`),
      descending,
      given: (text) => sql`${instantKey(text)}::timestamptz`,
    }
  const parameter = declarationOf(type)?.parameters.get(name)
  if (!parameter) throw new Error(`${type} is not searched by ${name}`)
  return parameter.kind === 'quantity' ? amountKey(parameter, descending) : textKeyOf(parameter, descending)
}

const chosen = (descending: boolean) => (descending ? sql`max` : sql`min`)
const isOne = ({ keys, only }: Parameter) =>
  sql`(${sql.join(
    keys.map(
      (key) =>
        sql`(starts_with(e.v, ${only ? entry(key, `${only}/`) : key + mark}) and e.v <> ${key + mark})`,
    ),
    sql` or `,
  )})`

/** Behind all letters there are. */
const last = '\u{10ffff}'

function textKeyOf(parameter: Parameter, descending: boolean): Key {
  const value = sql`coalesce((select ${chosen(descending)}(split_part(e.v, ${mark}, 2)) from unnest(r.search) as e (v) where ${isOne(parameter)}) collate "C", ${descending ? '' : last})`
  return { value, text: value, descending, given: (text) => sql`${text}` }
}

function amountKey(parameter: Parameter, descending: boolean): Key {
  const value = sql`coalesce((select ${chosen(descending)}(case when ${isOne(parameter)} then split_part(e.v, ${mark}, 2)::numeric end) from unnest(r.search) as e (v)), ${descending ? '-Infinity' : 'Infinity'}::numeric)`
  return { value, text: sql`${value}::text`, descending, given: (text) => sql`${numberKey(text)}::numeric` }
}
