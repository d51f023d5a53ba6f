import { sql } from 'kysely'
import { capabilities } from '../app.ts'
import type { Database, Route } from '../platform/index.ts'
import type { TestApp } from './app.ts'

/** What one world is called in the store: for filling addresses. */
export type Names = {
  refs: string[]
  resources: { type: string; id: string; mark: string | undefined }[]
  patients: string[]
}

/** The references and ids of a world's people, found as the tables' owner. */
export async function namesIn(owner: Database, numbers: string[]): Promise<Names> {
  return owner.transaction('owner', {}, async (db) => {
    const files = await sql<{ ref: string; person_key: string }>`
      select people.ref_of(d.person_key) as ref, d.person_key from people.demographic d where d.nhs_number = any (${numbers}::text[])`.execute(
      db,
    )
    const keys = files.rows.map((row) => row.person_key)
    const resources = await sql<{
      type: string
      id: string
      body: string
    }>`select type, id, body from record.resource where person_key = any (${keys}::uuid[])`.execute(db)
    return {
      refs: [...new Set(files.rows.map((row) => row.ref))],
      resources: resources.rows.map(({ type, id, body }) => ({
        type,
        id,
        mark: /Mark ([0-9a-f-]{36})/.exec(body)?.[1],
      })),
      patients: resources.rows.filter((row) => row.type === 'Patient').map((row) => row.id),
    }
  })
}

/** Every way in that reads, from the routes themselves. Signing in and out, and what writes, are left out by method. */
export function readingRoutes(app: TestApp): Route[] {
  const { routes } = capabilities(
    app.place,
    () => ({ url: '', demonstration: true, clientId: '', clientSecret: '', audience: '' }),
    () => app.base,
    '',
    () => {
      throw new Error('The routes are read, not run')
    },
  )
  return Object.values(routes)
    .flat()
    .filter((route) => route.definition.method === 'GET' || route.definition.path.endsWith('/_search'))
    .filter((route) => !route.definition.path.startsWith('/sign-in'))
}

export type Visit = { method: string; url: string; body?: string }

/** Every address of a route that this world can fill. */
export function visits(route: Route, names: Names): Visit[] {
  const { method, path } = route.definition
  let addresses: string[] = [path]
  const fill = (parameter: string, values: string[]) => {
    if (addresses.some((each) => each.includes(parameter)))
      addresses = addresses.flatMap((each) =>
        values.map((value) => each.replace(parameter, encodeURIComponent(value))),
      )
  }
  if (path.startsWith('/fhir/:type/:id'))
    addresses = names.resources.map(({ type, id }) => path.replace(':type', type).replace(':id', id))
  else if (path.startsWith('/fhir/:type')) {
    const types = [
      'Patient',
      'Encounter',
      'EpisodeOfCare',
      'Condition',
      'MedicationRequest',
      'Observation',
      'Flag',
      'DocumentReference',
      'CarePlan',
      'Consent',
    ]
    const queries = types.flatMap((type) =>
      names.patients.map((id) => ({ type, query: type === 'Patient' ? `_id=${id}` : `patient=${id}` })),
    )
    return queries.map(({ type, query }) => {
      const address = path.replace(':type', type)
      return method === 'GET' ? { method, url: `${address}?${query}` } : { method, url: address, body: query }
    })
  }
  fill(':person', names.refs)
  // No app waits for an answer in these worlds: one address shows as much as hundreds.
  fill(':asking', ['nothing-waits'])
  fill(
    ':id',
    names.resources.map((each) => each.id),
  )
  for (const parameter of path.matchAll(/:[a-z]+/g))
    fill(
      parameter[0],
      names.resources.flatMap((each) => (each.mark ? [`Mark ${each.mark}`, each.mark] : [])),
    )
  return addresses.map((url) => ({ method, url }))
}

export async function visit(
  base: string,
  cookie: string,
  { method, url, body }: Visit,
): Promise<{ status: number; text: string }> {
  const answer = await fetch(base + url, {
    method,
    redirect: 'manual',
    headers: { cookie, ...(body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    ...(body ? { body } : {}),
  })
  return { status: answer.status, text: await answer.text() }
}

/** The marks of items that an answer shows, in text or inside a document's data. */
export function marksIn(text: string): string[] {
  const plain = [...text.matchAll(/Mark ([0-9a-f-]{36})/g)].map((match) => match[1] ?? '')
  const encoded = [...text.matchAll(/"data":"([A-Za-z0-9+/=]+)"/g)].flatMap((match) =>
    [
      ...Buffer.from(match[1] ?? '', 'base64')
        .toString()
        .matchAll(/Mark ([0-9a-f-]{36})/g),
    ].map((each) => each[1] ?? ''),
  )
  return [...plain, ...encoded]
}
