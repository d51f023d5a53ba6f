import { type RawBuilder, sql } from 'kysely'
import { type AppUse, NotAllowed, type Settings, type Way } from '../../platform/index.ts'
import { grantsOf, type Letter, lettersFor, typesWith } from './scopes.ts'
import { type Need, needOf } from './ways.ts'

/**
 * What an app's token leaves of its practitioner's scope, or of its role's, on one way in. It only ever takes away: a row must be in scope
 * and within this. Types may hold `*`, for all of them.
 */
export type Narrowing = {
  app: string
  /** Of whomever the scope reaches. */
  types: readonly string[]
  /** Of the one person whom the app was opened about. */
  personTypes: readonly string[]
  /** A Patient of that person. */
  patient: string | undefined
  writes: { c: readonly string[]; u: readonly string[]; d: readonly string[] }
}

/** On a way in that no app may use, nothing is left. */
export function narrowingOf(app: AppUse, way: Way | undefined): Narrowing {
  const need = way && needOf(way)
  const grants = grantsOf(app.scopes)
  const about = (context: 'patient' | 'user' | 'system', letters: readonly Letter[]) =>
    need === undefined ? [] : typesWith(grants, context, letters)
  const writes = { c: about('system', ['c']), u: about('system', ['u']), d: about('system', ['d']) }
  const reads = need === undefined || 'writes' in need ? (['r', 's'] as const) : need.reads
  // What is written anew is looked at first, and what was made of it before is taken away.
  const rewritten = need !== undefined && 'writes' in need ? [...writes.c, ...writes.u, ...writes.d] : []
  return {
    app: app.client,
    types: [...new Set([...about('user', reads), ...about('system', reads), ...rewritten])],
    personTypes: app.patient === undefined ? [] : about('patient', reads),
    patient: app.patient,
    writes,
  }
}

/** @throws NotAllowed where the app's scopes do not give this way in, for the type in its address if it has one */
export function mustBeGiven(app: AppUse, way: Way, type: string | undefined): void {
  const need = needOf(way)
  if (need === undefined) throw new NotAllowed('no app may do this')
  const grants = grantsOf(app.scopes)
  const needed = lettersIn(need)
  const given = (letters: readonly Letter[], of: string) =>
    (['patient', 'user', 'system'] as const).some((context) =>
      letters.every((letter) => lettersFor(grants, context, of).has(letter)),
    )
  const types = type === undefined ? [...new Set(grants.map((grant) => grant.type))] : [type]
  if (types.some((each) => given(needed, each))) return
  throw new NotAllowed(`the app has no scope for ${type ?? 'anything'}.${needed.join('')}`)
}

const lettersIn = (need: Need): readonly Letter[] => {
  if ('reads' in need) return need.reads
  return need.writes === 'each entry' ? [] : [need.writes]
}

/** Whether who sends may do this with a type: whoever uses no app may, and an app what its scopes give. */
export const senderMay = (app: AppUse | undefined, letter: Letter, type: string): boolean =>
  app === undefined || lettersFor(grantsOf(app.scopes), 'system', type).has(letter)

/**
 * @throws NotAllowed where the app may not do this with a type: for each resource that is about to be written, and for each search by which one
 * is found
 */
export function mustMaySend(app: AppUse | undefined, letter: Letter, type: string): void {
  if (!senderMay(app, letter, type)) throw new NotAllowed(`the app has no scope for ${type}.${letter}`)
}

/**
 * The first wall, for a table of bodies, which has `type` and `person_key`. The second is the policy `within_app` of migration 0027.
 */
export function withinApp(narrowing: Narrowing | undefined, table: string): RawBuilder<boolean> {
  if (narrowing === undefined) return sql<boolean>`true`
  const { types, personTypes, patient } = narrowing
  const isOf = (given: readonly string[]) =>
    given.includes('*') ? sql`true` : sql`${sql.ref(`${table}.type`)} = any (${[...given]}::text[])`
  return sql<boolean>`(${isOf(types)} or (${isOf(personTypes)} and ${sql.ref(`${table}.person_key`)} = any (
    (select people.files_of(people.ref_of(record.home('Patient', ${patient ?? null}))))::uuid[])))`
}

/** For row-level security. Always said of an app, so that one to which nothing is given sees nothing. */
export function appSettings(narrowing: Narrowing | undefined, separator: string): Settings {
  if (narrowing === undefined) return {}
  const { app, types, personTypes, patient, writes } = narrowing
  return {
    'gt.app': app,
    'gt.app_types': types.join(separator),
    'gt.app_person_types': personTypes.join(separator),
    'gt.app_patient': patient ?? '',
    'gt.app_creates': writes.c.join(separator),
    'gt.app_updates': writes.u.join(separator),
    'gt.app_deletes': writes.d.join(separator),
  }
}
