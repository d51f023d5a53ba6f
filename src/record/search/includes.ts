import { sql } from 'kysely'
import { inScope, type Scope } from '../../access/index.ts'
import { type Db, Invalid } from '../../platform/index.ts'
import type { Include } from './clause.ts'
import { isAboutPeople } from './declared.ts'
import { entry, mark } from './entry.ts'
import type { Match } from './find.ts'
import { declarationOf } from './parameters.ts'

/** What comes with the matches: a resource found beside them. */
export type Included = Pick<Match, 'type' | 'id' | 'body' | 'person_key' | 'search'>

const mostIncluded = 1000
const mostSteps = 3
const placeOf = ({ type, id }: { type: string; id: string }) => `${type}/${id}`

/**
 * What the matches refer to, and what refers to them, as far as the reader may see it.
 * @param iterate what what is included refers to in turn, three steps at most
 */
export async function included(
  db: Db,
  scope: Scope,
  matches: Match[],
  { include, iterate, revinclude }: { include: Include[]; iterate: Include[]; revinclude: Include[] },
): Promise<Included[]> {
  if (include.length + iterate.length + revinclude.length === 0 || matches.length === 0) return []
  const known = new Set(matches.map(placeOf))
  const found: Included[] = []
  const note = (more: Included[]) => {
    const fresh = more.filter((each) => !known.has(placeOf(each)))
    for (const each of fresh) known.add(placeOf(each))
    found.push(...fresh)
    if (found.length > mostIncluded)
      throw new Invalid([
        {
          path: '_include',
          words: `More than ${mostIncluded} would come with these. Ask for fewer at a time by _count`,
          code: 'too-costly',
        },
      ])
    return fresh
  }
  const [direct, ...reverse] = await Promise.all([
    byPlace(db, scope, targets(matches, include)),
    ...revinclude.map((each) => referring(db, scope, matches, each)),
  ])
  let edge = note([...direct, ...reverse.flat()])
  // A type that is included by itself is followed from the matches as well.
  let from: Pick<Included, 'type' | 'search'>[] = [...matches, ...edge]
  for (let step = 0; step < mostSteps && iterate.length > 0 && from.length > 0; step++) {
    edge = note(
      await byPlace(
        db,
        scope,
        targets(from, iterate).filter((place) => !known.has(place)),
      ),
    )
    from = edge
  }
  return found
}

function targets(from: Pick<Included, 'type' | 'search'>[], include: Include[]): string[] {
  const found = new Set<string>()
  for (const { type, parameter, target } of include) {
    const keys = declarationOf(type)?.parameters.get(parameter)?.keys ?? []
    for (const each of from) {
      if (each.type !== type) continue
      for (const one of each.search?.split('\n') ?? []) {
        const [key = '', place = ''] = one.split(mark)
        if (
          keys.includes(key) &&
          /^[A-Z][A-Za-z]+\/[^/]+$/.test(place) &&
          (!target || place.startsWith(`${target}/`))
        )
          found.add(place)
      }
    }
  }
  return [...found]
}

/** Resources by `Type/id`: those about people within the scope, and what concerns nobody. */
async function byPlace(db: Db, scope: Scope, places: string[]): Promise<Included[]> {
  if (places.length === 0) return []
  const types = places.map((place) => place.split('/')[0] ?? '')
  const ids = places.map((place) => place.split('/')[1] ?? '')
  const asked = sql`unnest(${types}::text[], ${ids}::text[]) as asked (type, id)`
  const [about, nobody] = await Promise.all([
    sql<Included>`
      select r.type, r.id, r.body, r.person_key, array_to_string(r.search, chr(10)) as search from ${asked}
      join record.resource r on r.person_key = record.home(asked.type, asked.id) and r.type = asked.type and r.id = asked.id
      where ${within(scope)} order by r.type, r.id limit ${mostIncluded + 1}`.execute(db),
    sql<Included>`
      select r.type, r.id, r.body, null::uuid as person_key, array_to_string(r.search, chr(10)) as search from ${asked}
      join record.reference_resource r using (type, id) order by r.type, r.id limit ${mostIncluded + 1}`.execute(
      db,
    ),
  ])
  return [...about.rows, ...nobody.rows]
}

const within = (scope: Scope) =>
  inScope(scope, 'r', sql<boolean>`record.everyone_in_reach(r.type, r.id)`, { wholeBody: true })

/**
 * What refers to the matches by a parameter: in the files of the people whom the matches are about, and in those that a Patient among them is
 * a concern of. To what concerns nobody anybody's may refer, and is looked for in all that the reader reaches.
 */
async function referring(
  db: Db,
  scope: Scope,
  matches: Match[],
  { type, parameter, target }: Include,
): Promise<Included[]> {
  const keys = declarationOf(type)?.parameters.get(parameter)?.keys ?? []
  const meant = matches.filter((match) => target === undefined || match.type === target)
  const entries = keys.flatMap((key) => meant.map((match) => entry(key, placeOf(match))))
  if (entries.length === 0) return []
  const refers = sql<boolean>`r.search && ${entries}::text[]`
  if (!isAboutPeople(type)) {
    const { rows } = await sql<Included>`
      select r.type, r.id, r.body, null::uuid as person_key, array_to_string(r.search, chr(10)) as search from record.reference_resource r
      where r.type = ${type} and ${refers} order by r.id limit ${mostIncluded + 1}`.execute(db)
    return rows
  }
  const files = [...new Set(meant.flatMap(({ person_key }) => person_key ?? []))]
  const patients = meant.filter((match) => match.type === 'Patient').map(({ id }) => id)
  const driven =
    files.length > 0
      ? sql<boolean>`r.person_key = any (${files}::uuid[] || record.files_concerning(${type}, ${patients}::text[]))`
      : anyInReach(scope)
  const { rows } = await sql<Included>`
    select r.type, r.id, r.body, r.person_key, array_to_string(r.search, chr(10)) as search from record.resource r
    where ${driven} and r.type = ${type} and ${refers} and ${within(scope)} order by r.id limit ${mostIncluded + 1}`.execute(
    db,
  )
  return rows
}

const anyInReach = ({ ownSource, principals, now }: Scope) =>
  ownSource === undefined
    ? sql<boolean>`r.person_key in (select reached.person_key from access.reach reached
        where reached.principal = any (${[...principals]}::text[]) and reached.since <= ${now} and reached.until > ${now})`
    : sql<boolean>`r.source = ${ownSource} and r.search is not null`
