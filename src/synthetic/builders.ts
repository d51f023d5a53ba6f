import { idFor } from '../platform/index.ts'
import { hash } from './dice.ts'
import type { ConditionId } from './health/conditions.ts'
import { livingWith } from './health/health.ts'
import { nhsNumbersFrom } from './identifiers.ts'
import type { Person } from './people/person.ts'
import { type Place, type SourceKind, teamOf } from './place.ts'
import { noteContact, openEpisode } from './record/contacts.ts'
import { beginLife, fileAt, type Life, type Sent, sendAll } from './record/file.ts'
import { type Author, districtNurse, HOSPICE, HOSPITAL, MENTAL_HEALTH, SOCIAL_CARE } from './record/staff.ts'
import { sexualHealthVisit } from './stories/clinic.ts'
import { closeOnDeath } from './stories/death.ts'
import { practiceRecord } from './stories/practice.ts'
import { safeguardingConcern } from './stories/social-care.ts'
import { daysAgo, hoursAgo } from './when.ts'

/** A person for a test, in the words of the place. Every trait returns a new builder; nothing happens until build. */
export interface PersonBuilder {
  named(name: string): PersonBuilder
  born(date: string): PersonBuilder
  withNhsNumber(number: string | null): PersonBuilder
  registeredAt(practice: string): PersonBuilder
  registeredNowhere(): PersonBuilder
  livingAt(line: string, town: string, postcode: string): PersonBuilder
  withCondition(condition: ConditionId, yearsAgo?: number): PersonBuilder
  withNoKnownAllergies(): PersonBuilder
  /** In hospital now, at a location such as RFR/AMU. */
  admittedTo(location: string): PersonBuilder
  /** Left hospital so many days ago. */
  dischargedFrom(location: string, daysBack: number): PersonBuilder
  /** In the emergency department now. */
  inEmergency(): PersonBuilder
  /** On the open caseload of a team such as rfr-dn-north. */
  onCaseloadOf(team: string): PersonBuilder
  withProtectedAddress(): PersonBuilder
  objecting(): PersonBuilder
  withSpeciallyProtectedItem(): PersonBuilder
  withSafeguardingFlag(): PersonBuilder
  died(daysBack: number): PersonBuilder
  /** What each source that knows the person sends. */
  build(at: { now: Date; place: Place }): Sent[]
}

interface Draft {
  person: Person
  conditions: Partial<Record<ConditionId, number>>
  allergies: 'none known' | 'not recorded'
  diedDaysAgo?: number
  happenings: readonly ((life: Life) => void)[]
}

/** Which file a team writes in, and who leads it. */
function deskOf(place: Place, team: string): { kind: SourceKind; manager: Author } {
  const { organisation } = teamOf(place, team)
  if (organisation === 'RXE') return { kind: 'mental-health', manager: MENTAL_HEALTH.nurse }
  if (organisation === 'RMBC') return { kind: 'social-care', manager: SOCIAL_CARE.socialWorker }
  if (organisation === 'ZHOSP') return { kind: 'hospice', manager: HOSPICE.nurse }
  return { kind: 'community', manager: districtNurse(team) }
}

function inpatient(location: string, from: (now: Date) => string, until?: (now: Date) => string) {
  return (life: Life) => {
    const start = from(life.now)
    const end = until?.(life.now)
    noteContact(fileAt(life, 'hospital'), {
      kind: 'IMP',
      type: 'Emergency admission',
      from: start,
      until: end,
      reason: { text: 'Unwell' },
      author: HOSPITAL.acute,
      stops: [{ location, from: start, until: end }],
    })
  }
}

function inEmergency(life: Life): void {
  const from = hoursAgo(life.now, 2)
  noteContact(fileAt(life, 'hospital'), {
    kind: 'EMER',
    type: 'Emergency attendance',
    from,
    reason: { text: 'Unwell' },
    author: HOSPITAL.emergency,
    stops: [{ location: 'RFR/AE', from }],
  })
}

function caseload(team: string) {
  return (life: Life) => {
    const { kind, manager } = deskOf(life.place, team)
    openEpisode(fileAt(life, kind), { team, type: 'Care at home', from: daysAgo(life.now, 30, 9), manager })
  }
}

function send(
  { person, conditions, allergies, diedDaysAgo, happenings }: Draft,
  now: Date,
  place: Place,
): Sent[] {
  const died = diedDaysAgo === undefined ? undefined : daysAgo(now, diedDaysAgo, 6)
  const life = beginLife(died ? { ...person, died } : person, died ? new Date(died) : now, place)
  if (person.practice !== null)
    practiceRecord(life, livingWith(conditions, { allergies, smoking: 'not asked' }))
  for (const happen of happenings) happen(life)
  closeOnDeath(life)
  return sendAll(life, now)
}

function builder(draft: Draft): PersonBuilder {
  const change = (person: Partial<Person>) => builder({ ...draft, person: { ...draft.person, ...person } })
  const happens = (happening: (life: Life) => void) =>
    builder({ ...draft, happenings: [...draft.happenings, happening] })
  return {
    named: (name) => {
      const words = name.split(' ')
      return change({ given: words.slice(0, -1), family: words.at(-1) ?? name })
    },
    born: (date) => change({ born: date }),
    withNhsNumber: (nhsNumber) => change({ nhsNumber }),
    registeredAt: (practice) => change({ practice }),
    registeredNowhere: () => change({ practice: null }),
    livingAt: (line, town, postcode) => change({ address: { line, town, postcode } }),
    withCondition: (condition, yearsAgo = 2) =>
      builder({ ...draft, conditions: { ...draft.conditions, [condition]: yearsAgo } }),
    withNoKnownAllergies: () => builder({ ...draft, allergies: 'none known' }),
    admittedTo: (location) => happens(inpatient(location, (now) => hoursAgo(now, 30))),
    dischargedFrom: (location, days) =>
      happens(
        inpatient(
          location,
          (now) => daysAgo(now, days + 4),
          (now) => daysAgo(now, days, 15),
        ),
      ),
    inEmergency: () => happens(inEmergency),
    onCaseloadOf: (team) => happens(caseload(team)),
    withProtectedAddress: () => change({ protectedAddress: true }),
    objecting: () => change({ objects: true }),
    withSpeciallyProtectedItem: () => happens((life) => sexualHealthVisit(life, 20)),
    withSafeguardingFlag: () =>
      happens((life) => safeguardingConcern(life, 10, 'Concern raised; enquiry under way')),
    died: (daysBack) => builder({ ...draft, diedDaysAgo: daysBack }),
    build: ({ now, place }) => send(draft, now, place),
  }
}

/**
 * Someone ordinary, registered at ZP001. The same seed is the same person; give each person in a test a seed of
 * their own. Their NHS numbers lie in 999 8xx xxx, apart from those of the invented place.
 */
export function aPerson(seed = 'someone'): PersonBuilder {
  const serial = 800_000 + (hash(seed) % 199_000)
  const number = nhsNumbersFrom(serial).next().value ?? null
  return builder({
    person: {
      key: `builder/${idFor(seed)}`,
      serial,
      nhsNumber: number,
      given: ['Alex'],
      family: 'Sample',
      sex: 'female',
      born: '1960-05-17',
      ethnicity: 'A',
      address: { line: '1 Reservoir Rise', town: 'Thrybergh', postcode: 'S65 9ZA' },
      practice: 'ZP001',
      livesAlone: false,
      protectedAddress: false,
      objects: false,
    },
    conditions: {},
    allergies: 'not recorded',
    happenings: [],
  })
}
