import { type RawBuilder, sql } from 'kysely'
import type { Actor, Settings, Way } from '../platform/index.ts'
import { type Item, inForce, type PersonFacts, principalsOf, type Rules } from './decide.ts'
import { appSettings, type Narrowing, narrowingOf, withinApp } from './smart/narrowing.ts'

/**
 * The decision compiled for one reader, purpose and moment: categories × relationships × sources.
 * Pages, FHIR, search, counts and row-level security all use this one; a property test proves that it admits exactly what `decide` allows.
 */
export type Scope = {
  purpose: string
  categories: readonly string[]
  /** Sources whose organisation shares under an agreement in force. */
  sources: readonly string[]
  /** Whose bonds count: the reader's teams and the reader. */
  principals: readonly string[]
  organisation: string
  /** Set for a sending system, which reads back what its source sent and nothing else. */
  ownSource: string | undefined
  /** Set for whoever asks by an app: what its token leaves of all this. */
  app?: Narrowing
  now: Date
}

/** A source and the organisation that answers for it. */
export type SharingSource = { id: string; organisation: string | null }

/** An empty scope admits nothing; that is what anyone gets whose purpose, role or agreement does not hold. */
export function compileScope(
  actor: Actor,
  purpose: string,
  rules: Rules,
  sources: readonly SharingSource[],
  now: Date,
  way?: Way,
): Scope {
  const role = rules.roles[actor.role]
  const holds = role?.purposes.includes(purpose) === true && rules.agrees(actor.organisation, now)
  return {
    purpose,
    categories: holds ? role.categories : [],
    sources: holds
      ? sources
          .filter((source) => source.organisation !== null && rules.agrees(source.organisation, now))
          .map((source) => source.id)
      : [],
    principals: holds && !role.ownSourceOnly ? principalsOf(actor) : [],
    organisation: actor.organisation,
    ownSource: holds && role.ownSourceOnly ? actor.source : undefined,
    ...(actor.app && { app: narrowingOf(actor.app, way) }),
    now,
  }
}

/** Whether the scope admits one item about one person. The same rule as `inScope`, for what is already in memory. */
export function admits(scope: Scope, item: Item, person: PersonFacts): boolean {
  if (item.reported || !scope.categories.includes(item.category) || !scope.sources.includes(item.source))
    return false
  if (scope.ownSource !== undefined) return item.source === scope.ownSource
  return person.bonds.some((bond) => {
    if (!inForce(bond, scope.now) || !scope.principals.includes(bond.principal)) return false
    const glass = bond.kind === 'break glass'
    if (!glass && person.objection && item.organisation !== scope.organisation) return false
    if (!glass && item.restricted) return false
    if (!glass && item.location && person.protectedAddress) return false
    return item.others.every((other) =>
      other.bonds.some((theirs) => inForce(theirs, scope.now) && scope.principals.includes(theirs.principal)),
    )
  })
}

/**
 * The scope as a condition for a query: the first wall. `table` is the alias of a table with person_key, category, sensitivity, source and
 * organisation; `everyoneInReach` says whether each other person whom a row concerns is within reach;
 * `wholeBody` is for bodies as received, which a protected address hides. Row-level security holds the same predicate (migration 0002), so that a query without this one finds no more.
 */
export function inScope(
  scope: Scope,
  table: string,
  everyoneInReach: RawBuilder<boolean>,
  { wholeBody = false } = {},
): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  // Of what type a row of a view table is, this cannot tell; and an app asks for bodies.
  const narrowed =
    scope.app === undefined ? sql`` : sql`${wholeBody ? withinApp(scope.app, table) : sql`false`} and `
  return sql<boolean>`(${narrowed}
    ${column('category')} = any (${[...scope.categories]}::text[])
    and ${column('source')} = any (${[...scope.sources]}::text[])
    and strpos(${column('sensitivity')}, 'reported') = 0
    and (${column('source')} = ${scope.ownSource ?? null}
      or (${column('sensitivity')} = 'normal' and not ${wholeBody} and ${column('person_key')} = any ((select access.near())::uuid[]))
      or (${column('sensitivity')} in ('normal', 'location') and ${column('person_key')} = any ((select access.near_with_location())::uuid[]))
      or exists (
      select 1 from access.reach reached
      where reached.person_key = ${column('person_key')} and reached.principal = any (${[...scope.principals]}::text[])
        and reached.since <= ${scope.now} and reached.until > ${scope.now}
        and (not reached.own_only or ${column('organisation')} = ${scope.organisation})
        and (reached.sees_restricted or strpos(${column('sensitivity')}, 'restricted') = 0)
        and (reached.sees_location or not ${wholeBody})
        and (reached.sees_location or strpos(${column('sensitivity')}, 'location') = 0)
        and (strpos(${column('sensitivity')}, 'shared') = 0 or ${everyoneInReach}))))`
}

const separator = '\u001f'

/** The scope as transaction settings, for row-level security. */
export function settingsOf(actor: Actor, scope: Scope): Settings {
  return {
    'gt.actor': actor.id,
    'gt.organisation': scope.organisation,
    'gt.own_source': scope.ownSource ?? '',
    'gt.principals': scope.principals.join(separator),
    'gt.categories': scope.categories.join(separator),
    'gt.sources': scope.sources.join(separator),
    'gt.now': scope.now.toISOString(),
    ...appSettings(scope.app, separator),
  }
}
