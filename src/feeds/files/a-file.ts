import type { Dataset } from '../../datasets/index.ts'
import { datasetOf } from './pages/words.ts'

type Row = Record<string, string | undefined>

const person = {
  nhs_number: '9990001235',
  family_name: 'Ashworth',
  given_name: 'Margaret',
  date_of_birth: '1941-07-14',
  gender: 'Female',
}
const file = { extract_date: '2026-10-01' }

/** A line of each set that can be used as it is, for tests. */
const usable: Record<string, Row> = {
  'adult-social-care': {
    ...person,
    period_start: '2026-07-01',
    period_end: '2026-09-30',
    la_person_id: '7000013',
    postcode: 'S60 1AA',
    client_type: 'SU',
    primary_support_reason: 'PHY-CARE',
    event_type: 'Service',
    event_reference: 'S1',
    event_start_date: '2026-08-01',
    service_type: 'LT-COM',
    service_component: 'Home support',
    team: 'rmbc-localities',
  },
  'care-home-residents': {
    ...person,
    ...file,
    home_code: 'ZCH01',
    home_name: 'Wickersley Lodge',
    resident_id: '12',
    address: '1 Morthen Road, Wickersley',
    postcode: 'S66 1AA',
    moved_in: '2026-03-01',
    stay: 'Permanent',
  },
  'gp-registrations': {
    ...person,
    ...file,
    practice_code: 'ZP001',
    address: '9 Mill Lane, Rotherham',
    postcode: 'S60 1AA',
    registered_on: '2001-04-01',
  },
  caseloads: {
    ...person,
    ...file,
    gender: undefined,
    team: 'rfr-dn-north',
    person_id: 'C1',
    since: '2026-06-01',
    reason: 'Leg ulcer',
  },
  'children-send': {
    ...person,
    ...file,
    date_of_birth: '2015-02-03',
    person_id: 'K1',
    postcode: 'S60 1AA',
    stage: 'Education, health and care plan',
    primary_need: 'ASD',
    since: '2025-09-01',
    plan_review_due: '2027-07-01',
    setting: 'Clifton School',
  },
  hospice: {
    ...person,
    ...file,
    person_id: 'H1',
    postcode: 'S60 1AA',
    spell_id: '1',
    team: 'zhosp-community',
    setting: 'At home',
    started: '2026-09-01',
    reason: 'Heart failure',
    preferred_place: 'HOME',
  },
}

export const declared = (id: string): Dataset => {
  const found = datasetOf(id)
  if (!found) throw new Error(`No set ${id}`)
  return found
}

/** A file of a set, a line for each of these; what a line does not say is as in the usable line. */
export function aFile(id: string, rows: Row[]): string {
  const { columns } = declared(id)
  const quoted = (value: string) => (/[",\r\n;]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
  const lines = rows.map((row) => {
    const said: Row = { ...usable[id], ...row }
    return columns.map(({ name }) => quoted(said[name] ?? '')).join(',')
  })
  return `${[columns.map(({ title }) => title).join(','), ...lines].join('\r\n')}\r\n`
}
