import pg from 'pg'
import { signIn, systemToken } from '../src/testing/http.ts'
import { bareCreate, bareRead, guardedRead } from './bare.ts'
import { drive, report } from './drive.ts'
import { fill } from './fill.ts'
import { resourceFor } from './people.ts'
import { type Product, withProduct } from './product.ts'
import { colleagues } from './readers.ts'

/** What Medplum 5.0.10 did at best on a 2-core machine, in requests or resources a second. */
const peer = { read: 1047, readWithAudit: 263, search: 823, create: 272, transaction: 325 }

const people = Number(process.argv[3] ?? 2000)
const seconds = 5
await withProduct(measure)

async function measure({ base, ownerUrl, megabytes }: Product): Promise<void> {
  const token = await systemToken(base, 'demo-practice', 'demo-practice-secret')
  const sending = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' }
  const session = await signIn(base, 'demo-gp')
  report({
    bench: 'record',
    people,
    resourcesEach: 50,
    node: process.version,
    note: 'load generator, server and database share this machine',
  })

  const loaded = { began: performance.now() }
  const transaction = await fill(base, people, 50, sending)
  report({
    work: 'transaction of 50, 4 clients',
    resourcesPerSecond: transaction,
    ratioToPeer: ratio(transaction, peer.transaction),
    loadSeconds: Math.round((performance.now() - loaded.began) / 1000),
  })

  const owner = new pg.Pool({ connectionString: ownerUrl, max: 50 })
  const sample = await owner.query<{ person_key: string; type: string; id: string }>(
    "select person_key, type, id from record.resource where source = 'zp001-gp' and type = 'Observation' order by md5(id) limit 5000",
  )
  const rows = sample.rows
  const numbers = await owner.query<{ nhs_number: string; ref: string; id: string }>(
    "select d.nhs_number, f.ref, r.id from people.demographic d join people.file f using (person_key) join record.resource r on r.person_key = d.person_key and r.type = 'Patient' where f.local_system like '%bench' limit 2000",
  )
  await owner.query('vacuum analyze')
  for (const clients of [8, 50]) {
    const bare = await bareRead(owner, clients, seconds, rows)
    const walled = await guardedRead(owner, clients, seconds, rows, false)
    const audited = await guardedRead(owner, clients, seconds, rows, true)
    report({ work: 'bare database: read by key', clients, ...bare })
    report({
      work: 'database: read with row-level security',
      clients,
      ...walled,
      ratioToBare: ratio(walled.perSecond, bare.perSecond),
    })
    report({
      work: 'database: read with row-level security and audit',
      clients,
      ...audited,
      ratioToBare: ratio(audited.perSecond, bare.perSecond),
    })
    const read = await drive(base, clients, seconds, (n) => ({
      method: 'GET',
      path: `/fhir/Observation/${rows[n % rows.length]?.id}`,
      headers: { cookie: session },
    }))
    report({
      work: 'FHIR read, audited, row-level security',
      clients,
      ...read,
      ratioToBare: ratio(read.perSecond, bare.perSecond),
      ratioToPeer: ratio(read.perSecond, peer.read),
      ratioToPeerWithAudit: ratio(read.perSecond, peer.readWithAudit),
    })
    const readers = await colleagues(owner, clients)
    const apart = await drive(base, clients, seconds, (n) => ({
      method: 'GET',
      path: `/fhir/Observation/${rows[n % rows.length]?.id}`,
      headers: { cookie: readers[n % clients] ?? '' },
    }))
    report({
      work: 'FHIR read, each client another reader',
      clients,
      ...apart,
      ratioToBare: ratio(apart.perSecond, bare.perSecond),
      ratioToPeer: ratio(apart.perSecond, peer.read),
      ratioToPeerWithAudit: ratio(apart.perSecond, peer.readWithAudit),
    })
    const search = await drive(base, clients, seconds, (n) => ({
      method: 'GET',
      path: `/fhir/Patient?identifier=${numbers.rows[n % numbers.rows.length]?.nhs_number}`,
      headers: { cookie: session },
    }))
    report({
      work: 'FHIR search by NHS number',
      clients,
      ...search,
      ratioToPeer: ratio(search.perSecond, peer.search),
    })
    const bareWrite = await bareCreate(owner, clients, seconds)
    report({ work: 'bare database: insert of one row', clients, ...bareWrite })
    const create = await drive(base, clients, seconds, (n) => ({
      method: 'POST',
      path: '/fhir/Observation',
      headers: sending,
      body: JSON.stringify(resourceFor(n, 5, `Patient/${numbers.rows[n % numbers.rows.length]?.id}`)),
    }))
    report({
      work: 'FHIR create, validated, audited',
      clients,
      ...create,
      ratioToBare: ratio(create.perSecond, bareWrite.perSecond),
      ratioToPeer: ratio(create.perSecond, peer.create),
    })
  }
  for (const readers of [10, 50]) {
    const cookies = await colleagues(owner, readers)
    const page = await drive(base, readers, seconds, (n) => ({
      method: 'GET',
      path: `/people/${numbers.rows[n % numbers.rows.length]?.ref}`,
      headers: { cookie: cookies[n % readers] ?? '' },
    }))
    report({ work: 'record page', readers, ...page, targetP95: readers === 10 ? 30 : 100 })
  }
  report({
    work: 'memory of the application',
    megabytes: megabytes(),
  })
  await owner.end()
}

function ratio(ours: number, theirs: number): number {
  return Math.round((ours / theirs) * 100) / 100
}
