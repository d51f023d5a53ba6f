import type { Encounter, EpisodeOfCare, Patient, Resource } from '@medplum/fhirtypes'
import type { Place } from '../../access/index.ts'
import { instantOf } from '../views/index.ts'

/** Why a team may read: one row of access.relationship, before it is written. */
export type NewBond = {
  principal: string
  kind: 'registered practice' | 'attendance' | 'admission' | 'open episode'
  basis: string
  since: Date
  until: Date
}

/** An end that has not come. */
const endless = new Date('9999-12-31T00:00:00Z')
const day = 86_400_000

const teamSystem = 'https://golden-thread.example/Id/team'
const locationSystem = 'https://golden-thread.example/Id/location'
const odsSystem = 'https://fhir.nhs.uk/Id/ods-organization-code'

/**
 * Which teams a resource brings into a relationship with the person, and for how long. After an admission or an episode ends its team may
 * read for some more days, to finish letters and answer questions; the place says how many.
 */
export function bondsOf(resource: Resource, place: Place, receivedAt: Date): NewBond[] {
  switch (resource.resourceType) {
    case 'Patient':
      return practiceBonds(resource, place, receivedAt)
    case 'Encounter':
      return encounterBonds(resource, place, receivedAt)
    case 'EpisodeOfCare':
      return episodeBonds(resource, place, receivedAt)
    default:
      return []
  }
}

function practiceBonds(patient: Patient, place: Place, receivedAt: Date): NewBond[] {
  const practices = new Set(
    patient.generalPractitioner?.flatMap((each) =>
      each.identifier?.system === odsSystem && each.identifier.value ? [each.identifier.value] : [],
    ),
  )
  const isPractice = (code: string) =>
    place.organisations.some((each) => each.code === code && each.kind === 'general-practice')
  return place.teams
    .filter((team) => practices.has(team.organisation) && isPractice(team.organisation))
    .map((team) => ({
      principal: team.id,
      kind: 'registered practice',
      basis: `Patient/${patient.id}`,
      since: receivedAt,
      until: endless,
    }))
}

const notHappening = new Set(['planned', 'cancelled', 'entered-in-error', 'unknown'])
const admissionClasses = new Set(['IMP', 'ACUTE', 'NONAC', 'OBSENC', 'SS'])

function encounterBonds(encounter: Encounter, place: Place, receivedAt: Date): NewBond[] {
  if (notHappening.has(encounter.status ?? '')) return []
  const kind = admissionClasses.has(encounter.class?.code ?? '') ? 'admission' : 'attendance'
  const ended = momentOf(encounter.period?.end)
  return (encounter.location ?? []).flatMap((stay, index) => {
    const code =
      stay.location?.identifier?.system === locationSystem ? stay.location.identifier.value : undefined
    const team = code === undefined ? undefined : teamAt(place, code)
    if (!team) return []
    const since = begun(momentOf(stay.period?.start) ?? momentOf(encounter.period?.start), receivedAt)
    const left = momentOf(stay.period?.end) ?? ended
    return [
      {
        principal: team.id,
        kind,
        basis: `Encounter/${encounter.id}#${index}`,
        since,
        until: withGrace(left, place),
      } satisfies NewBond,
    ]
  })
}

function episodeBonds(episode: EpisodeOfCare, place: Place, receivedAt: Date): NewBond[] {
  if (episode.status === 'entered-in-error' || episode.status === 'cancelled') return []
  const since = begun(momentOf(episode.period?.start), receivedAt)
  const ended = episode.status === 'finished' ? (momentOf(episode.period?.end) ?? receivedAt) : undefined
  return (episode.team ?? []).flatMap((reference, index) => {
    const team =
      reference.identifier?.system === teamSystem
        ? place.teams.find((each) => each.id === reference.identifier?.value)
        : undefined
    return team
      ? [
          {
            principal: team.id,
            kind: 'open episode',
            basis: `EpisodeOfCare/${episode.id}#${index}`,
            since,
            until: withGrace(ended, place),
          } satisfies NewBond,
        ]
      : []
  })
}

/** `RFR/AMU`: the organisation, and the ward as its system names it. */
function teamAt(place: Place, code: string): Place['teams'][number] | undefined {
  const [organisation, location = ''] = code.split('/')
  return place.teams.find((team) => team.organisation === organisation && team.locations.includes(location))
}

const withGrace = (end: Date | undefined, place: Place): Date =>
  end ? new Date(end.getTime() + place.relationshipAfterDischargeDays * day) : endless

/** What a source says has begun has begun, even if its clock is ahead of ours. */
const begun = (start: Date | undefined, receivedAt: Date): Date =>
  start !== undefined && start < receivedAt ? start : receivedAt

const momentOf = (written: string | undefined): Date | undefined =>
  written === undefined ? undefined : (instantOf(written) ?? undefined)

/** What a new version changes: its own bonds, and those of the version before that it no longer makes, ended before they began. */
export function bondChanges(before: NewBond[], after: NewBond[]): NewBond[] {
  const same = (one: NewBond, other: NewBond) =>
    one.principal === other.principal && one.kind === other.kind && one.basis === other.basis
  const unchanged = (bond: NewBond) =>
    before.some(
      (old) =>
        same(old, bond) &&
        old.since.getTime() === bond.since.getTime() &&
        old.until.getTime() === bond.until.getTime(),
    )
  const ended = before
    .filter((old) => !after.some((bond) => same(old, bond)))
    .map((old) => ({ ...old, until: old.since }))
  return [...after.filter((bond) => !unchanged(bond)), ...ended]
}
