import { londonDate } from '../../../platform/ui/index.ts'
import type { Shield } from '../frame/shield.ts'
import { dayOfStay } from '../lists/encounter.ts'
import type { InHospital } from './caseload.queries.ts'

/** A row of the list as it is shown, sorted, filtered and exported: nothing that is hidden is left in it to be filtered by. */
export type Row = {
  person: InHospital
  name: string
  nhsNumber: string | undefined
  ward: string
  wardCode: string | undefined
  admitted: Date | undefined
  /** As wards count: the day of admission is day 1. */
  day: number | undefined
  teams: string[]
  consultant: string
}

/** How a person on the list is shown. A protected address hides the ward, the consultant and the team, which serves one part of the place. */
export function rowOf(person: InHospital, shieldOf: (hides: boolean) => Shield, now: Date): Row {
  const shield = shieldOf(person.address_protected)
  return {
    person,
    name: [person.family?.toLocaleUpperCase('en-GB'), person.given].filter(Boolean).join(', ') || 'Not known',
    nhsNumber: person.nhs_number ?? undefined,
    ward: shield.hides ? 'Protected: not shown' : (person.ward ?? 'Not known'),
    wardCode: shield.hides ? undefined : (person.ward_code ?? undefined),
    admitted: person.admitted_at ?? undefined,
    day: person.admitted_at ? dayOfStay(londonDate(person.admitted_at), londonDate(now)) : undefined,
    teams: [
      ...new Set(
        person.caseloads.map((caseload) => shield.location(caseload.team) ?? shield.source(caseload.source)),
      ),
    ].sort(),
    consultant: shield.author(person.consultant) ?? (shield.hides ? 'Not shown' : 'Not recorded'),
  }
}

/** The ward of "Ward A5, bay 2, bed 4": what a filter offers. */
export const wardName = (row: Row): string => row.ward.split(',')[0] ?? row.ward
