import fc from 'fast-check'
import type { Place } from '../access/index.ts'
import type { Actor } from '../platform/index.ts'

/**
 * Random worlds: people with files in several sources, teams that know them or do not, and everything that stands above a relationship.
 * Each item carries a mark, so that a test can tell which items a page, a search or a count let through.
 */
export type WorldItem = {
  mark: string
  type: 'Condition' | 'MedicationRequest' | 'Observation' | 'Flag' | 'DocumentReference' | 'CarePlan'
  restricted: boolean
  safeguarding: boolean
}
export type WorldFile = {
  source: string
  items: WorldItem[]
  ward: string | null
  stay: 'now' | 'long ago'
  team: string | null
}
/** What a reader did to see someone: by the reader's place among the world's readers. */
export type OwnBond = { reader: number; kind: 'stated reason' | 'break glass' }
export type WorldPerson = {
  number: number
  own: OwnBond[]
  practice: string | null
  protectedAddress: boolean
  objection: boolean
  files: WorldFile[]
}
export type World = { people: WorldPerson[]; readers: Actor[] }

export const day = 86_400_000
export const worldNow = new Date('2026-11-22T10:00:00Z')
const practices = ['ZP001', 'ZP002', 'ZP006'] as const
export const wards = { AMU: 'rfr-amu', AE: 'rfr-emergency', A5: 'rfr-ward-a5' } as const
const episodeTeams = {
  'rfr-community': ['rfr-dn-north', 'rfr-matrons'],
  'rmbc-social-care': ['rmbc-localities'],
  'rxe-mental-health': ['rxe-cmht'],
} as const
const kinds: WorldItem['type'][] = [
  'Condition',
  'MedicationRequest',
  'Observation',
  'Flag',
  'DocumentReference',
  'CarePlan',
]

const item = fc.record({
  mark: fc.uuid(),
  type: fc.constantFrom(...kinds),
  restricted: fc.boolean(),
  safeguarding: fc.boolean(),
})
const items = fc.array(item, { minLength: 1, maxLength: 3 })
const nothing = { ward: fc.constant(null), stay: fc.constant('now' as const), team: fc.constant(null) }

const hospitalFile = fc.record({
  source: fc.constant('rfr-hospital'),
  items,
  ward: fc.option(fc.constantFrom(...Object.keys(wards))),
  stay: fc.constantFrom('now' as const, 'long ago' as const),
  team: fc.constant(null),
})
const episodeFile = fc
  .constantFrom(...(Object.keys(episodeTeams) as (keyof typeof episodeTeams)[]))
  .chain((source) =>
    fc.record({
      source: fc.constant(source as string),
      items,
      ward: fc.constant(null),
      stay: fc.constantFrom('now' as const, 'long ago' as const),
      team: fc.option(fc.constantFrom(...episodeTeams[source])),
    }),
  )
const practiceFile = (practice: string) =>
  fc.record({ source: fc.constant(`${practice.toLowerCase()}-gp`), items, ...nothing })

const person = fc.option(fc.constantFrom(...practices)).chain((practice) =>
  fc.record({
    number: fc.integer({ min: 0, max: 400_000 }),
    own: fc.array(
      fc.record({
        reader: fc.nat(3),
        kind: fc.constantFrom('stated reason' as const, 'break glass' as const),
      }),
      { maxLength: 2 },
    ),
    practice: fc.constant(practice),
    // An objection is made at the practice, so there must be one.
    objection: practice === null ? fc.constant(false) : fc.boolean(),
    protectedAddress: fc.boolean(),
    files: fc
      .tuple(
        fc.uniqueArray(fc.oneof(hospitalFile, episodeFile), {
          minLength: 1,
          maxLength: 3,
          selector: (file) => file.source,
        }),
        practice === null ? fc.constant(null) : practiceFile(practice),
      )
      .map(([files, own]) => (own ? [own, ...files] : files) as WorldFile[]),
  }),
)

/** Readers of every role, in teams that may or may not know the people. */
export const world = (place: Place): fc.Arbitrary<World> =>
  fc.record({
    people: fc.uniqueArray(person, { minLength: 1, maxLength: 3, selector: (each) => each.number }),
    readers: fc
      .uniqueArray(fc.constantFrom(...place.demoStaff), {
        minLength: 2,
        maxLength: 4,
        selector: (staff) => staff.id,
      })
      .map((staff) =>
        staff.map(
          ({ id, name, role, organisation, teams }): Actor => ({
            id,
            name,
            kind: 'staff',
            role,
            organisation,
            teams,
          }),
        ),
      ),
  })
