import { type RawBuilder, sql } from 'kysely'
import { inScope, type Scope } from '../../access/index.ts'
import { nameKey, nhsNumberSystem } from '../../people/index.ts'
import { type Db, type Fault, Invalid } from '../../platform/index.ts'
import type { Stored } from './read.ts'

type Parameter = {
  kind: 'token' | 'string' | 'date' | 'reference'
  where(value: string, path: string): RawBuilder<boolean>
}

/** A condition on a view table's row of the same resource. Only equality, prefix and range: row-level security lets no other use an index. */
const inView = (table: string, condition: RawBuilder<boolean>): RawBuilder<boolean> =>
  sql<boolean>`exists (select 1 from ${sql.table(table)} v where v.person_key = r.person_key and v.resource_id = r.id and ${condition})`

const column = (name: string) => sql.ref(`v.${name}`)

const token = (table: string, name: string): Parameter => ({
  kind: 'token',
  // Systems are not kept beside codes in these columns, so a system in the value must be left out or empty.
  where: (value) => inView(table, sql<boolean>`${column(name)} = ${value.slice(value.lastIndexOf('|') + 1)}`),
})

const date = (table: string, name: string): Parameter => ({
  kind: 'date',
  where: (value, path) => {
    const read = /^(eq|ge|le|gt|lt)?(\d{4}-\d{2}-\d{2})$/.exec(value)
    if (!read?.[2])
      throw new Invalid([
        {
          path,
          words: 'Give a day such as 2026-11-22, with eq, ge, le, gt or lt before it if needed',
          code: 'value',
        },
      ])
    const start = sql`(${read[2]}::timestamp at time zone 'Europe/London')`
    const next = sql`((${read[2]}::date + 1)::timestamp at time zone 'Europe/London')`
    const at = column(`${name}_at`)
    const conditions: Record<string, RawBuilder<boolean>> = {
      eq: sql<boolean>`${at} >= ${start} and ${at} < ${next}`,
      ge: sql<boolean>`${at} >= ${start}`,
      gt: sql<boolean>`${at} >= ${next}`,
      le: sql<boolean>`${at} < ${next}`,
      lt: sql<boolean>`${at} < ${start}`,
    }
    return inView(table, conditions[read[1] ?? 'eq'] ?? sql<boolean>`false`)
  },
})

const id: Parameter = { kind: 'token', where: (value) => sql<boolean>`r.id = ${value}` }

const patient: Parameter = {
  kind: 'reference',
  where: (value) => sql<boolean>`r.person_key = record.home('Patient', ${value.replace(/^Patient\//, '')})`,
}

const nhsNumber: Parameter = {
  kind: 'token',
  where: (value, path) => {
    const [system, number = ''] = value.includes('|') ? value.split('|') : [nhsNumberSystem, value]
    if (system !== nhsNumberSystem)
      throw new Invalid([{ path, words: `Search by ${nhsNumberSystem} only`, code: 'not-supported' }])
    return sql<boolean>`r.person_key = any (record.files_with_nhs_number(${number.replace(/\s/g, '')}))`
  },
}

const about = (more: Record<string, Parameter> = {}): Record<string, Parameter> => ({
  _id: id,
  patient,
  subject: patient,
  'patient:identifier': nhsNumber,
  'subject:identifier': nhsNumber,
  ...more,
})

/** The declared types and parameters. Whatever is not here is refused by name. */
export const searchable: Record<string, Record<string, Parameter>> = {
  Patient: {
    _id: id,
    identifier: nhsNumber,
    family: {
      kind: 'string',
      where: (value) => sql<boolean>`r.person_key = any (record.files_with_family(${nameKey(value)}))`,
    },
    birthdate: {
      kind: 'date',
      where: (value) => inView('record.v_patient', sql<boolean>`v.birth_date = ${value}`),
    },
  },
  Encounter: about({
    status: token('record.v_encounter', 'status'),
    class: token('record.v_encounter', 'class_code'),
    date: date('record.v_encounter', 'started'),
  }),
  Condition: about({
    code: token('record.v_condition', 'code'),
    'clinical-status': token('record.v_condition', 'clinical_status'),
  }),
  AllergyIntolerance: about({
    code: token('record.v_allergy', 'code'),
    'clinical-status': token('record.v_allergy', 'clinical_status'),
  }),
  MedicationRequest: about({
    status: token('record.v_medication_request', 'status'),
    intent: token('record.v_medication_request', 'intent'),
  }),
  MedicationStatement: about({ status: token('record.v_medication_statement', 'status') }),
  Observation: about({
    code: token('record.v_observation', 'code'),
    status: token('record.v_observation', 'status'),
    date: date('record.v_observation', 'effective'),
  }),
  Immunization: about({
    status: token('record.v_immunization', 'status'),
    date: date('record.v_immunization', 'occurred'),
  }),
  DocumentReference: about({
    status: token('record.v_document', 'status'),
    type: token('record.v_document', 'type_code'),
  }),
  CarePlan: about({ status: token('record.v_care_plan', 'status') }),
  Flag: about({ status: token('record.v_flag', 'status') }),
  EpisodeOfCare: about({ status: token('record.v_episode', 'status') }),
  ServiceRequest: about({ status: token('record.v_service_request', 'status') }),
  Appointment: about(),
  Procedure: about({ status: token('record.v_procedure', 'status') }),
}

const control = new Set(['_count', '_format', '_pretty'])
const mostPerPage = 200
/** Parameters that say whom a search is about. */
const narrowing = [
  '_id',
  'identifier',
  'patient',
  'subject',
  'patient:identifier',
  'subject:identifier',
  'family',
]

export type Found = { resources: Stored[]; total: number }

/**
 * Searches one declared type within the reader's scope. A search that names nothing narrow is refused: it would list people.
 * @param query parameters as sent; one that repeats is an array and all its values must hold; commas mean any of them
 */
export async function searchResources(
  db: Db,
  scope: Scope,
  type: string,
  query: Record<string, string | string[]>,
): Promise<Found> {
  const declared = searchable[type]
  if (!declared)
    throw new Invalid([
      {
        path: type,
        words: `${type} cannot be searched. These types can: ${Object.keys(searchable).join(', ')}`,
        code: 'not-supported',
      },
    ])
  const faults: Fault[] = []
  const conditions: RawBuilder<boolean>[] = []
  for (const [name, given] of Object.entries(query)) {
    if (control.has(name)) continue
    const parameter = Object.hasOwn(declared, name) ? declared[name] : undefined
    if (!parameter) {
      faults.push({
        path: name,
        words: `${type} cannot be searched by ${name}. These parameters can be used: ${Object.keys(declared).join(', ')}`,
        code: 'not-supported',
      })
      continue
    }
    for (const value of [given].flat()) {
      if (value === '') faults.push({ path: name, words: 'The value is missing', code: 'value' })
      else
        conditions.push(
          sql<boolean>`(${sql.join(
            value.split(',').map((each) => parameter.where(each, name)),
            sql` or `,
          )})`,
        )
    }
  }
  const narrow = narrowing.some((name) => query[name] !== undefined)
  if (!narrow && faults.length === 0)
    faults.push({
      path: type,
      words: 'Say whom the search is about: by patient, identifier, family or _id',
      code: 'too-costly',
    })
  if (faults.length > 0) throw new Invalid(faults)
  const count = Math.min(Number(query['_count'] ?? 50) || 50, mostPerPage)
  const { rows } = await sql<Stored & { total: number }>`
    select r.type, r.id, r.version, r.body, r.received_at, r.person_key, count(*) over () as total from record.resource r
    where r.type = ${type} and ${sql.join(conditions, sql` and `)}
      and ${inScope(scope, 'r', sql<boolean>`record.everyone_in_reach(r.type, r.id)`, { wholeBody: true })}
    order by r.received_at desc, r.id limit ${count}`.execute(db)
  return { resources: rows, total: rows[0]?.total ?? 0 }
}
