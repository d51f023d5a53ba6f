import { type RawBuilder, sql } from 'kysely'
import type { Amount, Clause, Compare, Test } from './clause.ts'
import { asFiled, entry, mark } from './entry.ts'
import { instantKey, type Span } from './moment.ts'
import { declarationOf } from './parameters.ts'

type Condition = RawBuilder<boolean>

/** Clauses that the database can be asked at once; chains have been followed before. */
export type Plain = Exclude<Clause, { kind: 'chain' | 'has' }> | Referred
export type Referred = { kind: 'referred'; keys: string[]; type: string; by: { type: string; clause: Plain } }

export const all = (conditions: Condition[]): Condition =>
  conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions, sql` and `)})`
const any = (conditions: Condition[]): Condition =>
  conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`

/**
 * A clause as a condition on the row of that alias. Only equality may be tried by the database before the policies have let a row through;
 * everything else here is tried on rows that a person, a source or a reach has narrowed down already.
 * @param within whether a row of that alias is in the reader's scope
 */
export function conditionOf(clause: Plain, alias: string, within: (alias: string) => Condition): Condition {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  const entries = (tests: Test[]) => entriesMatch(tests, column('search'))
  switch (clause.kind) {
    case 'entries':
      return clause.not ? sql<boolean>`not ${entries(clause.tests)}` : entries(clause.tests)
    case 'about': {
      if (clause.filed.length === 0) return entries(clause.tests)
      const own = sql<boolean>`(${column('person_key')} = any (record.homes('Patient', ${clause.patients}::text[])) and ${entries(clause.filed)})`
      return any([entries(clause.tests), own])
    }
    case 'id':
      return sql<boolean>`${column('id')} = any (${clause.ids}::text[])`
    case 'changed':
      return any(clause.tests.map(({ compare, span }) => received(compare, span, column('received_at'))))
    case 'identified': {
      const inFile = clause.numbers.map(
        (number) => sql<boolean>`${column('person_key')} = any (record.files_with_nhs_number(${number}))`,
      )
      const found = any([...inFile, ...(clause.tests.length > 0 ? [entries(clause.tests)] : [])])
      return clause.not ? sql<boolean>`not ${found}` : found
    }
    case 'referred':
      return referredTo(clause, alias, within)
  }
}

/** Something in the reader's scope refers to the row: in the same file or, of a Patient, in any file that they are a concern of. */
function referredTo(
  { keys, type, by }: Referred,
  alias: string,
  within: (alias: string) => Condition,
): Condition {
  const of = (name: string) => sql.ref(`${alias}.${name}`)
  const inner = `${alias}_by`
  const from = (name: string) => sql.ref(`${inner}.${name}`)
  const refers = keys.map(
    (key) => sql<boolean>`${entry(key, `${type}/`)} || ${of('id')} = any (${from('search')})`,
  )
  const filed =
    type === 'Patient' && keys.some((key) => declarationOf(by.type)?.whom.has(key))
      ? [sql<boolean>`(${from('person_key')} = ${of('person_key')} and ${asFiled} = any (${from('search')}))`]
      : []
  const where =
    type === 'Patient'
      ? sql<boolean>`${from('person_key')} = any (record.files_concerning(${by.type}, array[${of('id')}]))`
      : sql<boolean>`${from('person_key')} = ${of('person_key')}`
  const conditions = [
    where,
    sql<boolean>`${from('type')} = ${by.type}`,
    any([...refers, ...filed]),
    conditionOf(by.clause, inner, within),
    within(inner),
  ]
  return sql<boolean>`exists (select from record.resource ${sql.ref(inner)} where ${all(conditions)})`
}

function entriesMatch(tests: Test[], column: RawBuilder<unknown>): Condition {
  const whole = tests.flatMap((test) => (test.on === 'is' ? [test.entry] : []))
  const parts = tests.filter((test) => test.on !== 'is').map((test) => onEntry(test))
  const found: Condition[] = []
  if (whole.length === 1) found.push(sql<boolean>`${whole[0]} = any (${column})`)
  if (whole.length > 1) found.push(sql<boolean>`${column} && ${whole}::text[]`)
  if (parts.length > 0)
    found.push(sql<boolean>`exists (select from unnest(${column}) as e (v) where ${any(parts)})`)
  return any(found)
}

const part = (place: number) => sql`split_part(e.v, ${mark}, ${sql.lit(place)})`

function onEntry(test: Exclude<Test, { on: 'is' }>): Condition {
  const begins = sql<boolean>`starts_with(e.v, ${test.with})`
  switch (test.on) {
    case 'starts':
      return begins
    case 'ends':
      return sql<boolean>`(${begins} and right(e.v, ${test.by.length}::int) = ${test.by})`
    case 'holds':
      return sql<boolean>`(${begins} and strpos(${part(2)}, ${test.text}) > 0)`
    case 'time':
      return sql<boolean>`(${begins} and e.v <> ${test.with} and ${timeMatches(test.compare, test.span, part(2), part(3))})`
    case 'amount':
      return sql<boolean>`case when ${begins} and e.v <> ${test.with} then ${amountMatches(test.compare, test.amount)} else false end`
  }
}

type Value = RawBuilder<unknown>

/** What the prefixes mean for something that lasts from `low` until `high`; both are texts of one width. */
function timeMatches(compare: Compare, span: Span, low: Value, high: Value): Condition {
  const [from, until] = [instantKey(span.from), instantKey(span.until)]
  const within = sql<boolean>`(${low} >= ${from} and ${high} <= ${until})`
  switch (compare) {
    case 'eq':
      return within
    case 'ne':
      return sql<boolean>`not ${within}`
    case 'gt':
      return sql<boolean>`${high} > ${until}`
    case 'lt':
      return sql<boolean>`${low} < ${from}`
    case 'ge':
      return sql<boolean>`(${high} > ${until} or ${within})`
    case 'le':
      return sql<boolean>`(${low} < ${from} or ${within})`
    case 'sa':
      return sql<boolean>`${low} >= ${until}`
    case 'eb':
      return sql<boolean>`${high} <= ${from}`
  }
}

/** When a version was received is one instant. */
function received(compare: Compare, span: Span, at: Value): Condition {
  const from = sql`${new Date(span.from)}::timestamptz`
  const until = sql`${new Date(span.until)}::timestamptz`
  switch (compare) {
    case 'eq':
      return sql<boolean>`(${at} >= ${from} and ${at} < ${until})`
    case 'ne':
      return sql<boolean>`(${at} < ${from} or ${at} >= ${until})`
    case 'gt':
    case 'sa':
      return sql<boolean>`${at} >= ${until}`
    case 'lt':
    case 'eb':
      return sql<boolean>`${at} < ${from}`
    case 'ge':
      return sql<boolean>`${at} >= ${from}`
    case 'le':
      return sql<boolean>`${at} < ${until}`
  }
}

/** A number without a prefix, or with eq or ne, stands for all that round to it; with any other for itself. */
function amountMatches(compare: Compare, { value, half, system, unit }: Amount): Condition {
  const [low, high] = [sql`${part(2)}::numeric`, sql`${part(3)}::numeric`]
  const exact = sql`${value}::numeric`
  const within = sql<boolean>`(${low} >= ${exact} - ${half}::numeric and ${high} < ${exact} + ${half}::numeric)`
  const conditions: Record<Compare, Condition> = {
    eq: within,
    ne: sql<boolean>`not ${within}`,
    gt: sql<boolean>`${high} > ${exact}`,
    lt: sql<boolean>`${low} < ${exact}`,
    ge: sql<boolean>`${high} >= ${exact}`,
    le: sql<boolean>`${low} <= ${exact}`,
    sa: sql<boolean>`${low} > ${exact}`,
    eb: sql<boolean>`${high} < ${exact}`,
  }
  const found = [conditions[compare]]
  if (system !== undefined) found.push(sql<boolean>`${part(4)} = ${system}`)
  if (system !== undefined && unit !== undefined) found.push(sql<boolean>`${part(5)} = ${unit}`)
  else if (unit !== undefined)
    found.push(any([sql<boolean>`${part(5)} = ${unit}`, sql<boolean>`${part(6)} = ${unit}`]))
  return all(found)
}
