import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { allDatasets } from '../datasets/index.ts'
import { Unavailable } from '../platform/index.ts'
import type { Rules } from './decide.ts'

const day = z.iso.date()

const files = {
  place: z.object({
    name: z.string(),
    service: z.string(),
    headerName: z.string(),
    privacyContact: z.object({ role: z.string(), email: z.email(), phone: z.string(), address: z.string() }),
    statedReasonHours: z.number().positive(),
    breakGlassHours: z.number().positive(),
    relationshipAfterDischargeDays: z.number().min(0),
    sessionIdleMinutes: z.number().positive(),
    sessionHours: z.number().positive(),
    // The record that the place shares with its region; off where it is left out. client: how its systems sign in to ask here.
    regionalRecord: z
      .object({
        name: z.string(),
        organisation: z.string(),
        client: z.string(),
        demoSecret: z.string().optional(),
      })
      .optional(),
    documentMegabytes: z.number().positive().max(100),
  }),
  organisations: z.array(
    z.object({ code: z.string(), name: z.string(), short: z.string(), kind: z.string() }),
  ),
  agreements: z.array(
    z.object({ organisation: z.string(), agreement: z.string(), from: day, until: day.nullable() }),
  ),
  sources: z.array(
    z.object({
      id: z.string(),
      organisation: z.string().nullable(),
      name: z.string(),
      kind: z.string(),
      connected: z.boolean(),
      lateAfterHours: z.number().positive(),
    }),
  ),
  teams: z.array(
    z.object({ id: z.string(), organisation: z.string(), name: z.string(), locations: z.array(z.string()) }),
  ),
  roles: z.record(
    z.string(),
    z.object({
      name: z.string(),
      purposes: z.array(z.string()),
      categories: z.array(z.string()),
      capabilities: z.array(z.string()),
      ownSourceOnly: z
        .boolean()
        .optional()
        .transform((only) => only ?? false),
    }),
  ),
  senders: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      organisation: z.string(),
      demoSecret: z.string().optional(),
      // alwaysAA: its engine stops at anything else, so what is in quarantine is answered with AA as well.
      hl7: z
        .object({
          sendingApplication: z.string(),
          sendingFacility: z.string(),
          alwaysAA: z.boolean().optional(),
        })
        .optional(),
      /** The data sets it may send as files; `acceptsItself`: without a person, while no limit is passed. */
      files: z.array(z.object({ dataset: z.string(), acceptsItself: z.boolean().default(false) })).optional(),
      fhir: z
        .object({
          // What becomes of a FHIR reference that leads nowhere: strict, unless said otherwise, refuses it.
          unresolvedReferences: z.enum(['strict', 'lenient']).default('strict'),
          // What becomes of a resource that does not meet a profile it claims, or is expected to meet: lenient, unless said otherwise, keeps it and warns.
          profiles: z.enum(['strict', 'lenient']).default('lenient'),
          // By resource type: the profile that what is sent must meet, claimed or not.
          expectedProfiles: z.record(z.string(), z.string()).default({}),
        })
        .optional(),
      // When the feed health page calls it quiet (of the usual for the hour) or refusing (of the last hour). Late is the source’s own limit.
      health: z
        .object({
          quietBelowPercent: z.number().min(0).max(100).default(30),
          refusingAbovePercent: z.number().min(0).max(100).default(20),
        })
        .default({ quietBelowPercent: 30, refusingAbovePercent: 20 }),
    }),
  ),
  staff: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      role: z.string(),
      organisation: z.string(),
      teams: z.array(z.string()),
    }),
  ),
  'demo-staff': z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      role: z.string(),
      organisation: z.string(),
      teams: z.array(z.string()),
    }),
  ),
}

type Files = { [Name in keyof typeof files]: z.output<(typeof files)[Name]> }

/** What makes this place this place: its folder in places/, read and checked at start. */
export type Place = Files['place'] & {
  /** Where its files are: a capability reads the ones that are its own, such as the record's views. */
  folder: string
  organisations: Files['organisations']
  agreements: Files['agreements']
  sources: Files['sources']
  teams: Files['teams']
  roles: Files['roles']
  senders: Files['senders']
  /** The place's own practitioners, by the subject that its OpenID issuer gives them. */
  staff: Files['staff']
  /** Those of the demonstration, known only while its own issuer is used. */
  demoStaff: Files['demo-staff']
}

/** @throws Unavailable naming the file and the place in it */
export function readPlace(folder: string): Place {
  const read = <Name extends keyof typeof files>(name: Name): Files[Name] => {
    const path = join(folder, `${name}.json`)
    let content: unknown
    try {
      content = JSON.parse(readFileSync(path, 'utf8'))
    } catch (problem) {
      throw new Unavailable(`${path} cannot be read: ${(problem as Error).message}`)
    }
    const checked = files[name].safeParse(content)
    if (checked.success) return checked.data as Files[Name]
    const words = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Unavailable(`${path} is not right: ${words.join('; ')}`)
  }
  const place: Place = {
    folder,
    ...read('place'),
    organisations: read('organisations'),
    agreements: read('agreements'),
    sources: [],
    teams: read('teams'),
    roles: read('roles'),
    senders: read('senders'),
    staff: read('staff'),
    demoStaff: read('demo-staff'),
  }
  place.sources = [...read('sources'), ...place.organisations.map(addedAt)]
  const faults = danglingNames(place)
  if (faults.length > 0)
    throw new Unavailable(`The place in ${folder} does not hold together: ${faults.join('; ')}.`)
  return place
}

/** What practitioners of an organisation add to the record by hand has a source of its own: none of its systems has it. */
export const addedHere = 'added-here'
const addedAtId = (organisation: string): string => `${organisation.toLowerCase()}-${addedHere}`
const addedAt = ({ code, short }: Files['organisations'][number]): Files['sources'][number] => ({
  id: addedAtId(code),
  organisation: code,
  name: `${short} (added by hand)`,
  kind: addedHere,
  connected: true,
  lateAfterHours: Number.MAX_SAFE_INTEGER,
})

/** Every name that one file uses and another should define. */
function danglingNames(place: Place): string[] {
  const organisations = new Set(place.organisations.map((each) => each.code))
  const teams = new Set(place.teams.map((each) => each.id))
  const sources = new Set(place.sources.map((each) => each.id))
  const datasets = new Set(allDatasets.map((each) => each.id))
  const faults: string[] = []
  const must = (known: { has(name: string): boolean }, name: string | null, where: string) => {
    if (name !== null && !known.has(name)) faults.push(`${where} names “${name}”, which is not defined`)
  }
  for (const each of place.agreements) must(organisations, each.organisation, 'agreements.json')
  for (const each of place.sources) must(organisations, each.organisation, `source ${each.id}`)
  for (const each of place.teams) must(organisations, each.organisation, `team ${each.id}`)
  for (const each of place.senders) {
    must(sources, each.source, `sender ${each.id}`)
    for (const { dataset } of each.files ?? []) must(datasets, dataset, `sender ${each.id}`)
  }
  if (place.regionalRecord) {
    must(organisations, place.regionalRecord.organisation, 'regionalRecord')
    must(new Set(Object.keys(place.roles)), 'regional-record', 'regionalRecord')
  }
  for (const each of [...place.demoStaff, ...place.staff]) {
    must(new Set(Object.keys(place.roles)), each.role, `staff ${each.id}`)
    must(organisations, each.organisation, `staff ${each.id}`)
    for (const team of each.teams) must(teams, team, `staff ${each.id}`)
  }
  return faults
}

/** The rules of the decision, from the place's roles and agreements. An agreement runs from its first day through its last, local time. */
export function rulesOf(place: Place): Rules {
  let minute = Number.NaN
  let today = ''
  return {
    roles: place.roles,
    agrees: (organisation, now) => {
      // Each decision asks for a dozen sources; the day is worked out once a minute.
      const current = Math.floor(now.getTime() / 60_000)
      if (current !== minute) {
        minute = current
        today = londonDay.format(now)
      }
      return place.agreements.some(
        (each) =>
          each.organisation === organisation &&
          each.from <= today &&
          (each.until === null || today <= each.until),
      )
    },
  }
}

const londonDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })
