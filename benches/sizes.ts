import pg from 'pg'
import { signIn, systemToken } from '../src/testing/http.ts'
import { copyPeople } from './copies.ts'
import { type Call, drive, report } from './drive.ts'
import { fill } from './fill.ts'
import { personBundle, resourceFor } from './people.ts'
import { type Product, withProduct } from './product.ts'

/**
 * What a request costs as the place grows: the same work at three sizes of the record. Ratios are to the smallest of them.
 *   npm run -s bench -- sizes [PEOPLE …]
 */
const given = process.argv.slice(3).map(Number)
const sizes = given.length > 0 ? given : [20_000, 100_000, 267_000]
const each = 40
const throughDoor = Math.min(2000, sizes[0] ?? 2000)
const seconds = 5
/** People whom nobody has sent yet. */
let newcomer = 100_000

await withProduct(async (product) => {
  const token = await systemToken(product.base, 'demo-practice', 'demo-practice-secret')
  const sending = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' }
  const session = await signIn(product.base, 'demo-gp')
  await fill(product.base, throughDoor, each, sending)
  const owner = new pg.Pool({ connectionString: product.ownerUrl, max: 2 })
  const smallest = new Map<string, number>()
  for (const people of sizes) {
    const began = performance.now()
    await copyPeople(owner, people)
    await owner.query('vacuum analyze')
    await owner.query('checkpoint')
    const { rows } = await owner.query<{ gigabytes: number; resources: number }>(
      'select round(pg_database_size(current_database()) / 1e9, 2)::float as gigabytes, (select reltuples::bigint from pg_class where oid = $1::regclass) as resources',
      ['record.resource'],
    )
    report({
      bench: 'sizes',
      people,
      ...rows[0],
      fillSeconds: Math.round((performance.now() - began) / 1000),
    })
    await measure(product, owner, { people, session, sending, smallest })
  }
  await owner.end()
})

type Size = {
  people: number
  session: string
  sending: Record<string, string>
  smallest: Map<string, number>
}

async function measure({ base, megabytes }: Product, owner: pg.Pool, at: Size): Promise<void> {
  const { rows: whom } = await owner.query<{ nhs_number: string; ref: string; patient: string; id: string }>(
    `select d.nhs_number, f.ref, p.id as patient, o.id
     from (select person_key from people.file where local_system like '%bench' order by md5(person_key::text) limit 4000) chosen
     join people.demographic d using (person_key) join people.file f using (person_key)
     join record.resource p on p.person_key = chosen.person_key and p.type = 'Patient'
     join lateral (select id from record.resource o where o.person_key = chosen.person_key and o.type = 'Observation' order by md5(id) limit 1) o on true`,
  )
  const one = (n: number) => whom[n % whom.length] as (typeof whom)[number]
  const get = (path: string): Call => ({ method: 'GET', path, headers: { cookie: at.session } })
  const work: Record<string, (n: number) => Call> = {
    'FHIR read': (n) => get(`/fhir/Observation/${one(n).id}`),
    'search by NHS number': (n) => get(`/fhir/Patient?identifier=${one(n).nhs_number}`),
    'search a person’s results by code': (n) =>
      get(`/fhir/Observation?patient=${one(n).patient}&code=43396009&_sort=-date&_count=10`),
    'what a source sent last': () => ({
      method: 'GET',
      path: '/fhir/Observation?_sort=-_lastUpdated&_count=10&_total=none',
      headers: at.sending,
    }),
    create: (n) => ({
      method: 'POST',
      path: '/fhir/Observation',
      headers: at.sending,
      body: JSON.stringify(resourceFor(n, 5, `Patient/${one(n).patient}`)),
    }),
    'transaction of 50': () => ({
      method: 'POST',
      path: '/fhir',
      headers: at.sending,
      body: JSON.stringify(personBundle(newcomer++, 50)),
    }),
    'record page': (n) => get(`/people/${one(n).ref}`),
  }
  for (const [name, next] of Object.entries(work)) {
    const measured = await drive(base, 8, seconds, next)
    const least = at.smallest.get(name) ?? measured.perSecond
    at.smallest.set(name, least)
    const ratioToSmallest = Math.round((measured.perSecond / least) * 100) / 100
    report({ work: name, people: at.people, clients: 8, ...measured, ratioToSmallest })
  }
  report({ work: 'memory of the application', people: at.people, megabytes: megabytes() })
}
