import type { Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { type Columns, type Db, rowsAs } from '../../platform/index.ts'
import { bondChanges, bondsOf } from './bonds.ts'
import { hasProtectedAddress } from './classify.ts'
import { parseLossless } from './lossless-json.ts'
import type { Row, Sending } from './row.ts'

/** What the rows change about who may read: relationships of teams, and what stands above them. */
export async function relate(db: Db, sending: Sending, rows: Row[]): Promise<void> {
  const bonds = rows.flatMap((row) => {
    const before = row.before
      ? bondsOf(parseLossless(row.before.body) as Resource, sending.place, row.now)
      : []
    return bondChanges(before, bondsOf(row.resource, sending.place, row.now)).map((bond) => ({
      ...bond,
      person_key: row.person_key,
      recorded_at: row.now,
    }))
  })
  const shields = rows.flatMap((row) => protectionOf(row))
  if (shields.length > 0)
    await sql`
      insert into access.protection (person_key, kind, basis, in_force, recorded_at)
      select * from ${rowsAs(shieldColumns, shields)} as shields`.execute(db)
  if (bonds.length > 0)
    await sql`
      insert into access.relationship (person_key, principal, kind, basis, since, until, recorded_at)
      select * from ${rowsAs(bondColumns, bonds)} as bonds`.execute(db)
}

const shieldColumns: Columns = {
  person_key: 'uuid',
  kind: 'text',
  basis: 'text',
  in_force: 'boolean',
  recorded_at: 'timestamptz',
}
const bondColumns: Columns = {
  person_key: 'uuid',
  principal: 'text',
  kind: 'text',
  basis: 'text',
  since: 'timestamptz',
  until: 'timestamptz',
  recorded_at: 'timestamptz',
}

/** A protection is written when it begins and when it ends, not on every version between. */
function protectionOf(row: Row): object[] {
  const before = row.before ? (parseLossless(row.before.body) as Resource) : undefined
  const kind = row.type === 'Patient' ? 'protected address' : row.type === 'Consent' ? 'objection' : undefined
  if (!kind) return []
  const stands = (resource: Resource) => hasProtectedAddress(resource) || isObjection(resource)
  const now = stands(row.resource)
  const then = before !== undefined && stands(before)
  return now === then
    ? []
    : [
        {
          ...{ person_key: row.person_key, kind, basis: `${row.type}/${row.id}` },
          ...{ in_force: now, recorded_at: row.now },
        },
      ]
}

/** What stood above relationships because of resources that leave stands no more. */
export async function unprotect(
  db: Db,
  leaving: readonly { resource: Resource & { id: string }; file: string }[],
): Promise<void> {
  const ended = leaving.flatMap(({ resource, file: person_key }) => {
    const basis = `${resource.resourceType}/${resource.id}`
    const kind = hasProtectedAddress(resource) ? 'protected address' : 'objection'
    return kind === 'objection' && !isObjection(resource)
      ? []
      : [{ person_key, kind, basis, in_force: false } as const]
  })
  if (ended.length > 0) await db.insertInto('access.protection').values(ended).execute()
}

const isObjection = (resource: Resource): boolean =>
  resource.resourceType === 'Consent' && resource.status === 'active' && resource.provision?.type === 'deny'
