import type { Bundle, Organization, Patient, Reference, Resource } from '@medplum/fhirtypes'
import { idFor } from '../../platform/index.ts'
import { type Dice, diceFor } from '../dice.ts'
import { ODS_CODE } from '../identifiers.ts'
import type { Person } from '../people/person.ts'
import {
  type Organisation,
  organisationOf,
  type Place,
  type Source,
  type SourceKind,
  sourceOf,
} from '../place.ts'
import { hoursAfter, hoursAgo } from '../when.ts'
import { patientFor } from './patient.ts'
import type { Author } from './staff.ts'

/** What one source sends about one person at one time. */
export interface Sent {
  source: string
  receivedAt: string
  bundle: Bundle
}

/** What one source has written down about one person so far. */
export interface PersonFile {
  person: Person
  source: Source
  organisation: Organisation
  patient: Reference<Patient>
  resources: Resource[]
  /** How many of each type were written, by chapter: ids grow from it. */
  written: Map<string, number>
  /**
   * What is being told. Within a chapter ids are counted from the beginning, so that what is told later, or told again with more
   * known, keeps its ids whatever else came between.
   */
  chapter?: string
  now: Date
  place: Place
}

/** A person's life while it is being told: their own dice, and a file at each source that knows them. */
export interface Life {
  person: Person
  dice: Dice
  now: Date
  place: Place
  files: Map<SourceKind, PersonFile>
}

export function beginLife(person: Person, now: Date, place: Place): Life {
  return { person, dice: diceFor(person.key), now, place, files: new Map() }
}

/** The file at a source of this kind; opened, with the source's own Patient in it, when first asked for. */
export function fileAt(life: Life, kind: SourceKind): PersonFile {
  const open = life.files.get(kind)
  if (open) return open
  const { person, place, now } = life
  const source = sourceOf(place, kind, person.practice)
  if (source.organisation === null) throw new Error(`Source ${source.id} belongs to no organisation`)
  const organisation = organisationOf(place, source.organisation)
  const file: PersonFile = {
    person,
    source,
    organisation,
    patient: {},
    resources: [],
    written: new Map(),
    now,
    place,
  }
  const practice = person.practice === null ? undefined : organisationOf(place, person.practice)
  file.patient = refTo(write(file, patientFor(person, source, organisation, practice)))
  life.files.set(kind, file)
  return file
}

export type Written<T extends Resource> = T & { id: string }

/** Adds a resource under an id that is the same in every run: person, source, type, chapter and how many came before in it. */
export function write<T extends Resource>(file: PersonFile, resource: T): Written<T> {
  const { resourceType } = resource
  const kind = file.chapter === undefined ? resourceType : `${resourceType}/${file.chapter}`
  const before = file.written.get(kind) ?? 0
  file.written.set(kind, before + 1)
  const id = idFor(`${file.person.key}/${file.source.id}/${kind}/${before}`)
  const written = { ...resource, id }
  file.resources.push(written)
  return written
}

export function refTo<T extends Resource>(resource: Written<T>): Reference<T> {
  return { reference: `${resource.resourceType}/${resource.id}` }
}

export const by = (author: Author) => ({ display: `${author.name}, ${author.role}` })

export function organisationRef(organisation: Organisation): Reference<Organization> {
  return { identifier: { system: ODS_CODE, value: organisation.code }, display: organisation.name }
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/** The latest instant any text in the file speaks of, found by looking, so that no kind of date is forgotten. */
function latestMoment(within: unknown, latest = ''): string {
  if (typeof within === 'string') return within > latest && INSTANT.test(within) ? within : latest
  if (typeof within !== 'object' || within === null) return latest
  let found = latest
  for (const each of Object.values(within)) found = latestMoment(each, found)
  return found
}

/** Everything in a person's files, one message from each source. Practices send overnight, others by the hour. */
export function sendAll(life: Life, now: Date): Sent[] {
  return [...life.files.values()].map((file) => {
    const lag = file.source.kind === 'general-practice' ? life.dice.whole(120, 480) : life.dice.whole(5, 170)
    const usual = hoursAgo(now, lag / 60)
    const soonest = hoursAfter(latestMoment(file.resources) || usual, 0.05, now)
    return {
      source: file.source.id,
      receivedAt: [usual, soonest].sort()[1] ?? usual,
      bundle: {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: file.resources.map((resource) => ({
          fullUrl: `https://golden-thread.example/fhir/${file.source.id}/${resource.resourceType}/${resource.id}`,
          resource,
          request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
        })),
      },
    }
  })
}
