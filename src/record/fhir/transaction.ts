import type { Bundle, Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { type Db, type Fault, Invalid, NotFound } from '../../platform/index.ts'
import { idsByIdentifier, soughtKey } from '../store/identifiers.ts'
import { hiddenOne, readResource } from '../store/read.ts'
import type { Sending, Written } from '../store/row.ts'
import { keep } from '../store/write.ts'
import { fault, type Planned, plannedEntry } from './entry.ts'
import { link, type Standing } from './linking.ts'

const mostEntries = 5000

/** What became of each entry, in the order of the bundle; `notes`: what was kept otherwise than it was meant. */
export type Outcome = { written: Written; status: '200 OK' | '201 Created'; notes?: Fault[] }

/**
 * Keeps a transaction: every entry or, with an error that names each place, none. What a conditional create finds is left as it is.
 * References to entries of the bundle, and conditional ones, become references to what was kept.
 * @param first what the first entry is counted as, where it is one of a longer list
 */
export async function keepTransaction(
  db: Db,
  sending: Sending,
  bundle: Bundle,
  first = 0,
): Promise<Outcome[]> {
  const faults: Fault[] = []
  const planned = plannedIn(bundle, first, faults)
  const there = await alreadyThere(db, sending, planned)
  const standing = planned.map((each, index): Standing => {
    const { resourceType: type, id } = each.write.resource
    return { ...each, at: there[index] ?? { type, id } }
  })
  const notes = await link(db, sending, standing, { faults })
  const writes = standing.filter((_, index) => !there[index]).map(({ write }) => write)
  const written = await keep(db, sending, writes)
  const byPlace = new Map(written.map((each) => [`${each.type}/${each.id}`, each]))
  return standing.flatMap(({ at, write }, index) => {
    const kept = there[index] ?? byPlace.get(`${at.type}/${at.id}`)
    if (!kept) return []
    const own = [...notes.filter(({ path }) => path.startsWith(`${write.path}.`)), ...(kept.notes ?? [])]
    const status = kept.created ? ('201 Created' as const) : ('200 OK' as const)
    return [{ written: kept, status, ...(own.length > 0 && { notes: own }) }]
  })
}

/** Each entry checked and given its id. What is wrong is added to the faults; the entry is then left out. */
function plannedIn(bundle: Bundle, first: number, faults: Fault[]): Planned[] {
  const entries = bundle.entry ?? []
  if (entries.length > mostEntries)
    throw fault('Bundle.entry', `A bundle may have ${mostEntries} entries at most`, 'too-long')
  return entries.flatMap((entry, index) => {
    try {
      return [plannedEntry(entry, `Bundle.entry[${first + index}]`)]
    } catch (problem) {
      if (!(problem instanceof Invalid)) throw problem
      faults.push(...problem.faults)
      return []
    }
  })
}

/**
 * What conditional creates find, at the place of each in the list. Two that create under one identifier take turns.
 * @throws Invalid where several are found, or one bundle creates under one identifier twice
 */
export async function alreadyThere(
  db: Db,
  sending: Sending,
  planned: readonly Planned[],
): Promise<(Written | undefined)[]> {
  const asked = planned.flatMap(({ unless, unlessPath = '' }) =>
    unless ? [{ unless, path: unlessPath }] : [],
  )
  if (asked.length === 0) return []
  const keys = asked.map(({ unless }) => `${sending.source} ${soughtKey(unless)}`).sort()
  const twice = asked.find(({ unless }, index) =>
    asked.slice(0, index).some((other) => soughtKey(other.unless) === soughtKey(unless)),
  )
  if (twice) throw fault(twice.path, 'Another entry creates under this identifier', 'duplicate')
  await sql`select pg_advisory_xact_lock(hashtextextended(key, 18)) from unnest(${keys}::text[]) with ordinality as asked (key, place) order by place`.execute(
    db,
  )
  const found = await idsByIdentifier(
    db,
    sending,
    asked.map(({ unless }) => unless),
  )
  const all: (Written | undefined)[] = []
  for (const { unless, unlessPath = '' } of planned) {
    const ids = unless ? (found.get(soughtKey(unless)) ?? []) : []
    if (unless && ids.length > 1)
      throw fault(unlessPath, `${ids.length} of type ${unless.type} have this identifier`, 'multiple-matches')
    all.push(unless && ids[0] !== undefined ? await standingOne(db, unless.type, ids[0]) : undefined)
  }
  return all
}

async function standingOne(db: Db, type: string, id: string): Promise<Written> {
  try {
    const { version, body, person_key: file } = await readResource(db, type, id)
    return { type, id, version, body, file, created: false }
  } catch (problem) {
    if (!(problem instanceof NotFound)) throw problem
    // It is reported as somebody else's: there, but not to be seen.
    const { version, file } = await hiddenOne(db, type, id)
    return { type, id, version, body: JSON.stringify({ resourceType: type, id }), file, created: false }
  }
}

/** The answer to a bundle: one entry for each, in its order. */
export function responseBundle(
  type: 'transaction-response' | 'batch-response',
  outcomes: (Outcome | { status: string; outcome: Resource })[],
  now: Date,
): string {
  const entry = outcomes.map((outcome) =>
    'written' in outcome
      ? {
          response: {
            status: outcome.status,
            location: `${outcome.written.type}/${outcome.written.id}/_history/${outcome.written.version}`,
            etag: `W/"${outcome.written.version}"`,
            lastModified: now.toISOString(),
            ...(outcome.notes && { outcome: noted(outcome.notes) }),
          },
        }
      : { response: { status: outcome.status, outcome: outcome.outcome } },
  )
  return JSON.stringify({ resourceType: 'Bundle', type, entry })
}

/** What was kept otherwise than it was meant, or that all is well. */
export const noted = (notes: Fault[]) => ({
  resourceType: 'OperationOutcome',
  issue: (notes.length > 0 ? notes : [{ path: '', words: 'All OK' } as Fault]).map(
    ({ path, words, code, severity = 'information' }) => ({
      severity,
      code: code ?? 'informational',
      diagnostics: words,
      ...(path !== '' && { expression: [path] }),
    }),
  ),
})
