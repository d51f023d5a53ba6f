import { sql } from 'kysely'
import { type Actor, type Db, type Keeper, NotAllowed, NotFound, type Person } from '../platform/index.ts'
import { decide, type PersonFacts, principalsOf } from './decide.ts'
import { type Place, rulesOf } from './place.ts'
import { compileScope, type Scope, settingsOf } from './scope.ts'

/** Finds who a reference names; people answers it, since access knows nothing of references. */
export type FilesOf = (db: Db, ref: string) => Promise<string[]>

/** The rules as the door keeps them. */
export function keeperOf(
  place: Place,
  filesOf: FilesOf,
  authenticate: Keeper['authenticate'],
): Keeper<Scope> {
  const rules = rulesOf(place)
  return {
    authenticate,
    purpose: (actor, offered) =>
      offered.find((purpose) => place.roles[actor.role]?.purposes.includes(purpose)) ??
      offered[0] ??
      'service',
    scope: (actor, purpose, now) => compileScope(actor, purpose, rules, place.sources, now),
    settings: (actor, scope) => settingsOf(actor, scope),
    capabilities: (actor) => new Set(place.roles[actor.role]?.capabilities),
    person: async (db, ref, now) => {
      const files = await filesOf(db, ref)
      if (files.length === 0) throw new NotFound()
      return personOf(db, ref, files, now)
    },
    decide: (actor, scope, categories, person) => {
      const facts = factsOf(actor, person)
      const decisions = categories.map((category) =>
        decide(
          { actor, purpose: scope.purpose, item: anyItem(category, actor), person: facts },
          rules,
          scope.now,
        ),
      )
      const yes = decisions.find((decision) => decision.allowed)
      if (yes) return yes.basis
      const no = decisions.find((decision) => !decision.allowed)
      throw new NotAllowed(no && !no.allowed ? no.why : 'role')
    },
    decideAtAll: (actor, scope, categories) => {
      const role = place.roles[actor.role]
      if (!role || !categories.some((category) => role.categories.includes(category)))
        throw new NotAllowed('role')
      if (scope.sources.length === 0) throw new NotAllowed('agreement')
    },
    audit: (db, actor, entry) => {
      const row = {
        request: entry.request,
        actor: actor?.id ?? 'nobody',
        actor_name: actor?.name ?? 'Nobody signed in',
        role: actor?.role ?? 'nobody',
        organisation: actor?.organisation ?? '',
        purpose: entry.purpose,
        action: entry.action,
        outcome: entry.outcome,
        basis: entry.basis ?? null,
        detail: JSON.stringify(entry.detail),
      }
      const people: (string | null)[] = entry.people.length === 0 ? [null] : entry.people
      return db
        .insertInto('access.audit')
        .values(people.map((person_key) => ({ ...row, person_key })))
        .compile()
    },
  }
}

/** Reading about the person at all: an ordinary item of the reader's own organisation. Single items are decided by scope. */
const anyItem = (category: string, actor: Actor) => ({
  category,
  source: actor.source ?? '',
  organisation: actor.organisation,
  restricted: false,
  location: false,
  others: [],
})

const factsOf = (actor: Actor, person: Person): PersonFacts => ({
  bonds: person.bonds.map((bond) => ({ ...bond, principal: principalsOf(actor)[0] ?? '' })),
  objection: person.protections.objection,
  protectedAddress: person.protections.protectedAddress,
})

/** What the decision needs to know about a person, for the reader whose scope is set on `db`. */
async function personOf(db: Db, ref: string, files: string[], now: Date): Promise<Person> {
  const { rows } = await sql<{
    bond_kind: string | null
    since: Date
    until: Date
    objection: boolean
    protected_address: boolean
  }>`
    select * from access.facts(${files}::uuid[])`.execute(db)
  const bonds = rows.flatMap((row) =>
    row.bond_kind !== null && row.since <= now && row.until > now
      ? [{ kind: row.bond_kind, since: row.since, until: row.until }]
      : [],
  )
  return {
    ref,
    files,
    bonds,
    protections: {
      objection: rows[0]?.objection ?? false,
      protectedAddress: rows[0]?.protected_address ?? false,
    },
    glassBroken: bonds.some((bond) => bond.kind === 'break glass'),
  }
}
