import type { CompiledQuery } from 'kysely'
import type { Db, Settings } from '../db/index.ts'

/** Who is asking. A system sends for one source and reads back what that source sent. */
export type Actor = {
  id: string
  name: string
  kind: 'staff' | 'system'
  role: string
  /** ODS code. */
  organisation: string
  teams: string[]
  source?: string
  /** The app by which they ask, and what its token gives it of what they may see. An app asks over FHIR and nowhere else. */
  app?: AppUse
}

/** What an app was given: SMART scopes, and a Patient of the person whom it was opened about. */
export type AppUse = { client: string; name: string; scopes: readonly string[]; patient?: string }

/** A way in, as it is declared: `:type` and not the type that was asked for. */
export type Way = { method: string; path: string }

/** A person as the door hands them to a page: all files of the person, never to be shown, and what stands above a relationship. */
export type Person = {
  ref: string
  files: string[]
  /** The reader's own bonds with the person that are in force now. Empty where a page may be reached without one. */
  bonds: { kind: string; since: Date; until: Date }[]
  protections: { objection: boolean; protectedAddress: boolean }
  glassBroken: boolean
}

export type AuditEntry = {
  request: string
  purpose: string
  action: string
  outcome: 'allowed' | 'refused' | 'failed'
  basis?: string
  /** One row is written for each file's person named here; none means an act about nobody. */
  people: string[]
  detail: Record<string, unknown>
}

export type Credentials = {
  session: string | undefined
  bearer: string | undefined
  /** For whom a system says that it asks. */
  onBehalfOf?: { id: string; name: string; role: string; organisation: string } | undefined
}

/**
 * The rules that the door keeps but does not know. `access` implements it; `app.ts` hands it over. `Scope` is opaque here.
 */
export type Keeper<Scope = unknown> = {
  authenticate(credentials: Credentials, now: Date): Promise<Actor | undefined>
  /** The purpose in which this actor may use a way in that serves several. */
  purpose(actor: Actor, offered: readonly string[]): string
  /** @param way by which they ask: an app may be given one and not the other */
  scope(actor: Actor, purpose: string, now: Date, way?: Way): Scope
  settings(actor: Actor, scope: Scope, now: Date): Settings
  capabilities(actor: Actor): ReadonlySet<string>
  /** Who this reference names, with what the decision needs to know. @throws NotFound */
  person(db: Db, ref: string, now: Date): Promise<Person>
  /** @throws NotAllowed unless the actor may read one of these categories about this person. Returns the basis for the audit. */
  decide(actor: Actor, scope: Scope, categories: readonly string[], person: Person, now: Date): string
  /** @throws NotAllowed unless the actor's role and organisation allow these categories about anybody. */
  decideAtAll(actor: Actor, scope: Scope, categories: readonly string[]): void
  /** @throws NotAllowed unless what the actor's app was given allows this way in, for this type of resource if it names one. */
  appMay(app: AppUse, way: Way, type: string | undefined): void
  /** The audit of what one actor did, as a statement that goes out with the commit. */
  audit(db: Db, actor: Actor | undefined, ...entries: AuditEntry[]): CompiledQuery
}
