import { sql } from 'kysely'
import { capabilities } from '../app.ts'
import type { Database, Route } from '../platform/index.ts'
import type { TestApp } from './app.ts'
import { tagOf } from './world-bundles.ts'

/** What one world is called in the store: for filling addresses. */
export type Names = {
  refs: string[]
  resources: { type: string; id: string; mark: string | undefined }[]
  patients: string[]
  numbers: string[]
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
      numbers,
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

const fhirTypes = [
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

export type Visit = { method: string; url: string; body?: string }

const members = ['*?_summary=count', 'Condition?_sort=-_lastUpdated', 'Flag?_count=1&_total=accurate']

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
  if (path === '/fhir/:type/_history')
    return fhirTypes.map((type) => ({ method, url: path.replace(':type', type) }))
  if (path.startsWith('/fhir/Patient/:id'))
    return names.patients.map((id) => ({ method, url: path.replace(':id', id) }))
  if (path === '/fhir/:type/:id/:member')
    return names.patients.flatMap((id, place) => {
      const member = members[place % members.length]
      return ['*?_count=2', member].map((each) => ({ method, url: `/fhir/Patient/${id}/${each}` }))
    })
  if (path.startsWith('/fhir/:type/:id'))
    addresses = names.resources.map(({ type, id }) =>
      path.replace(':type', type).replace(':id', id).replace(':version', '1'),
    )
  else if (path.startsWith('/fhir/:type')) {
    const queries = fhirTypes.flatMap((type) =>
      names.patients.map((id) => ({ type, query: type === 'Patient' ? `_id=${id}` : `patient=${id}` })),
    )
    // The two ways of asking share what they ask between them: they differ in nothing else.
    const [even, odd] = [method === 'GET', method !== 'GET']
    const both = [...queries, ...searches(names)].filter((_each, place) => (place % 2 === 0 ? even : odd))
    return both.map(({ type, query }) => {
      const address = path.replace(':type', type)
      return method === 'GET' ? { method, url: `${address}?${query}` } : { method, url: address, body: query }
    })
  }
  fill(':person', names.refs)
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

/** Searches of every kind that could tell of what it does not show: by chain, by what refers, in what comes along, in order, number and pages. */
function searches({ numbers, patients }: Names): { type: string; query: string }[] {
  const tag = `_tag=${numbers.map(tagOf).join(',')}`
  const ids = patients.join(',')
  const byNumber = numbers.map((number) => `https://fhir.nhs.uk/Id/nhs-number|${number}`).join(',')
  return [
    [
      'Patient',
      `identifier=${byNumber}&_revinclude=Condition:patient&_revinclude=Flag:subject&_revinclude=Observation:subject`,
    ],
    ['Patient', `_id=${ids}&_has:Condition:patient:clinical-status=active`],
    ['Patient', `_id=${ids}&_has:Flag:patient:_tag=${numbers.map(tagOf).join(',')}&_summary=count`],
    ['Patient', `${tag}&_has:Observation:patient:status=final&_sort=family,-birthdate`],
    ['Patient', `${tag}&family=family&_revinclude=DocumentReference:patient&_count=1`],
    ['Patient', `${tag}&_has:CarePlan:subject:status=active&_total=accurate`],
    ['Condition', `patient.identifier=${byNumber}&_include=Condition:subject`],
    ['Condition', `${tag}&subject:Patient.birthdate=1950-03-04&_count=1`],
    ['Condition', `${tag}&_sort=-_lastUpdated&_count=1&_total=accurate`],
    ['Condition', `${tag}&code:missing=false&_summary=count`],
    ['Observation', `subject:Patient.family=family&${tag}&value-quantity=gt0&_include=Observation:*`],
    ['Observation', `${tag}&_sort=-date,_id&_count=2`],
    ['Observation', `${tag}&_lastUpdated=ge2020`],
    [
      'MedicationRequest',
      `${tag}&status=active&_include=MedicationRequest:patient&_revinclude=Flag:encounter`,
    ],
    ['Flag', `patient=${ids}&_total=accurate&_count=1`],
    ['Flag', `${tag}&_include=Flag:patient&_include:iterate=Patient:general-practitioner&_elements=status`],
    ['DocumentReference', `${tag}&type:missing=false&_sort=-_id&_count=2`],
    ['CarePlan', `${tag}&status:not=draft&_summary=data&_count=0`],
    ['Encounter', `${tag}&_has:Observation:encounter:status=final`],
  ].map(([type = '', query = '']) => ({ type, query }))
}

export async function visit(
  base: string,
  cookie: string,
  { method, url, body }: Visit,
): Promise<{ status: number; text: string }> {
  const answer = await fetch(base + url, {
    method,
    redirect: 'manual',
    headers: {
      cookie,
      ...(body
        ? {
            'content-type': body.startsWith('{')
              ? 'application/fhir+json'
              : 'application/x-www-form-urlencoded',
          }
        : {}),
    },
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
