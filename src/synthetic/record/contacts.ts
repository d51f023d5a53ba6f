import type { Encounter, EncounterLocation, EpisodeOfCare } from '@medplum/fhirtypes'
import { LOCATION, SPECIALLY_PROTECTED, TEAM, VISIT_NUMBER } from '../identifiers.ts'
import { teamAt, teamOf } from '../place.ts'
import { snomed } from './concepts.ts'
import { by, organisationRef, type PersonFile, refTo, type Written, write } from './file.ts'
import type { Author } from './staff.ts'

const CLASSES = {
  EMER: 'emergency',
  IMP: 'inpatient encounter',
  AMB: 'ambulatory',
  HH: 'home health',
  VR: 'virtual',
}

export interface Stop {
  /** A ward or department by its full name: RFR/AMU. */
  location: string
  from: string
  until?: string | undefined
}

export interface Contact {
  kind: keyof typeof CLASSES
  type: string
  from: string
  /** Left out while it goes on. */
  until?: string | undefined
  reason?: { text: string; code?: string }
  author: Author
  stops?: readonly Stop[]
  hospitalization?: Encounter['hospitalization']
  episode?: Written<EpisodeOfCare>
  speciallyProtected?: boolean
  /** The hospital's number for the visit; left out, the next of the person's. */
  visitNumber?: string
}

function stopOf(file: PersonFile, stop: Stop): EncounterLocation {
  return {
    location: {
      identifier: { system: LOCATION, value: stop.location },
      display: teamAt(file.place, stop.location).name,
    },
    status: stop.until ? 'completed' : 'active',
    period: { start: stop.from, ...(stop.until && { end: stop.until }) },
  }
}

/** A visit number only where people are given one: at the hospital. */
function visitNumber(file: PersonFile, given: string | undefined): Pick<Encounter, 'identifier'> {
  if (file.source.kind !== 'hospital') return {}
  const nth = file.resources.filter((r) => r.resourceType === 'Encounter').length + 1
  const value = given ?? `V${200_000 + file.person.serial * 20 + nth}`
  const type = {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'VN' }],
    text: 'Visit number',
  }
  return { identifier: [{ type, system: VISIT_NUMBER, value }] }
}

export function noteContact(file: PersonFile, contact: Contact): Written<Encounter> {
  const { kind, from, until, reason } = contact
  return write(file, {
    resourceType: 'Encounter',
    ...(contact.speciallyProtected && { meta: { security: [SPECIALLY_PROTECTED] } }),
    ...visitNumber(file, contact.visitNumber),
    status: until ? 'finished' : 'in-progress',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: kind, display: CLASSES[kind] },
    type: [{ text: contact.type }],
    subject: file.patient,
    ...(contact.episode && { episodeOfCare: [refTo(contact.episode)] }),
    participant: [{ individual: by(contact.author) }],
    period: { start: from, ...(until && { end: until }) },
    ...(reason && { reasonCode: [snomed(reason.text, reason.code)] }),
    ...(contact.hospitalization && { hospitalization: contact.hospitalization }),
    ...(contact.stops && { location: contact.stops.map((stop) => stopOf(file, stop)) }),
    serviceProvider: organisationRef(file.organisation),
  })
}

export interface Caseload {
  team: string
  type: string
  from: string
  until?: string | undefined
  manager: Author
}

/** Whether the person is already on this team's caseload: a team opens one episode at a time. */
export function isOnCaseload(file: PersonFile, team: string): boolean {
  return file.resources.some(
    (r) =>
      r.resourceType === 'EpisodeOfCare' && r.status === 'active' && r.team?.[0]?.identifier?.value === team,
  )
}

/** Time on a team's caseload: open until it is closed. */
export function openEpisode(file: PersonFile, caseload: Caseload): Written<EpisodeOfCare> {
  const team = teamOf(file.place, caseload.team)
  return write(file, {
    resourceType: 'EpisodeOfCare',
    status: caseload.until ? 'finished' : 'active',
    type: [{ text: caseload.type }],
    patient: file.patient,
    managingOrganization: organisationRef(file.organisation),
    period: { start: caseload.from, ...(caseload.until && { end: caseload.until }) },
    careManager: by(caseload.manager),
    team: [{ identifier: { system: TEAM, value: team.id }, display: team.name }],
  })
}
