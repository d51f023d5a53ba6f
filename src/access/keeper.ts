import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import {
  type Actor,
  type AuditEntry,
  type Db,
  type Keeper,
  NotAllowed,
  NotFound,
  type Person,
} from '../platform/index.ts'
import { decide, type PersonFacts, principalsOf } from './decide.ts'
import { type Place, rulesOf } from './place.ts'
import { compileScope, type Scope, settingsOf } from './scope.ts'
import { mustBeGiven } from './smart/narrowing.ts'

/** Finds who a reference names; people answers it, since access knows nothing of references. */
export type FilesOf = (ref: string) => RawBuilder<string[]>

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
    scope: (actor, purpose, now, way) => compileScope(actor, purpose, rules, place.sources, now, way),
    settings: (actor, scope) => settingsOf(actor, scope),
    capabilities: (actor) => new Set(place.roles[actor.role]?.capabilities),
    person: (db, ref, now) => personOf(db, ref, filesOf(ref), now),
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
    appMay: mustBeGiven,
    audit: auditOf,
  }
}

/** The audit of what one actor did. */
export function auditOf(db: Db, actor: Actor | undefined, ...entries: AuditEntry[]): CompiledQuery {
  const by = actor?.app && { app: actor.app.client }
  const rows = entries.flatMap((entry) =>
    (entry.people.length === 0 ? [null] : entry.people).map((person) => ({ ...entry, person })),
  )
  return sql`
    insert into access.audit (actor, actor_name, role, organisation, request, purpose, action, outcome, basis, person_key, detail)
    select ${actor?.id ?? 'nobody'}, ${actor?.name ?? 'Nobody signed in'}, ${actor?.role ?? 'nobody'}, ${actor?.organisation ?? ''}, of_row.*
    from unnest(${rows.map((row) => row.request)}::uuid[], ${rows.map((row) => row.purpose)}::text[], ${rows.map((row) => row.action)}::text[],
      ${rows.map((row) => row.outcome)}::text[], ${rows.map((row) => row.basis ?? null)}::text[], ${rows.map((row) => row.person)}::uuid[],
      ${rows.map((row) => JSON.stringify({ ...row.detail, ...by }))}::jsonb[]) as of_row`.compile(db)
}

/** Reading about the person at all: an ordinary item of the reader's own organisation. Single items are decided by scope. */
const anyItem = (category: string, actor: Actor) => ({
  category,
  source: actor.source ?? '',
  organisation: actor.organisation,
  restricted: false,
  location: false,
  reported: false,
  others: [],
})

const factsOf = (actor: Actor, person: Person): PersonFacts => ({
  bonds: person.bonds.map((bond) => ({ ...bond, principal: principalsOf(actor)[0] ?? '' })),
  objection: person.protections.objection,
  protectedAddress: person.protections.protectedAddress,
})

/** What the decision needs to know about a person, for the reader whose scope is set on `db`. */
async function personOf(db: Db, ref: string, filesOf: RawBuilder<string[]>, now: Date): Promise<Person> {
  type Fact = {
    bond_kind: string | null
    since: Date
    until: Date
    objection: boolean
    protected_address: boolean
  }
  const { rows } = await sql<Fact & { files: string[] | null }>`
    select whose.files, fact.* from (select ${filesOf} as files) as whose, access.facts(whose.files) as fact`.execute(
    db,
  )
  const files = rows[0]?.files ?? []
  if (files.length === 0) throw new NotFound()
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
