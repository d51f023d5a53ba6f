import type { Encounter, Patient, Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { type Db, idFor } from '../../platform/index.ts'
import { parseLossless } from '../../record/index.ts'
import { visitNumberSystem } from '../adt/encounter.fhir.ts'
import { localNumberSystem } from '../adt/patient.fhir.ts'
import type { VisitEvent } from '../adt/visit.ts'
import type { Reader, Reading, Who } from '../reading/reading.ts'
import { waitingAbout } from './inbox.queries.ts'
import { appointmentId, documentId, reportId, resultId } from './take-things.ts'
import { encounterId } from './take-visit.ts'
import { type Current, type Kind, type Memories, placeOf, type Thing, type Work } from './work.ts'

/** Everything that a batch of readings may touch, in two round trips; a third only where a visit is new to a person already known. */
export async function loadWork(db: Db, reader: Reader, readings: readonly Reading[]): Promise<Work> {
  const work: Work = {
    reader,
    people: new Map(),
    things: new Map(),
    current: new Map(),
    writes: new Map(),
    gone: new Map(),
    merges: [],
    waiting: [],
    stirred: new Set(),
    turned: new Map(),
  }
  const who = new Map(readings.flatMap(whoIn).map((each) => [each.number, each]))
  const things = placesIn(readings, who)
  const [, , waiting] = await Promise.all([
    loadPeople(db, work, [...who.values()]),
    loadThings(db, work, things),
    waitingAbout(db, reader.source, [...who.keys()]),
  ])
  work.waiting = waiting
  await loadThings(db, work, parentsIn(work))
  await loadResources(db, work, readings)
  await loadOtherWays(db, work, readings)
  return work
}

const whoIn = (reading: Reading): Who[] =>
  reading.tellings.flatMap(({ who, formerly, takesFrom }) =>
    [who, formerly, takesFrom].filter((each) => each !== undefined),
  )

function placesIn(readings: readonly Reading[], who: Map<string, Who>): [Kind, string][] {
  const found = new Map<string, [Kind, string]>()
  const add = (kind: Kind, key: string) => found.set(placeOf(kind, key), [kind, key])
  for (const number of who.keys()) add('person', number)
  for (const { things } of readings.flatMap(({ tellings }) => tellings))
    for (const telling of things) {
      add(telling.kind, telling.key)
      if (telling.kind === 'document' && telling.said.parent) add('document', telling.said.parent.key)
    }
  return [...found.values()]
}

/** A document that is cancelled lets the one that it replaced count again. */
const parentsIn = (work: Work): [Kind, string][] =>
  [...work.things.values()].flatMap((thing) => {
    const parent = thing.kind === 'document' ? (thing as Thing<'document'>).memory.parent : undefined
    return parent && !work.things.has(placeOf('document', parent.key)) ? [['document', parent.key]] : []
  })

async function loadThings(db: Db, work: Work, places: [Kind, string][]): Promise<void> {
  if (places.length === 0) return
  type Row = { kind: Kind; key: string; state: string }
  const { rows } = await sql<Row>`
    select t.kind, t.key, t.state from unnest(${places.map(([kind]) => kind)}::text[], ${places.map(([, key]) => key)}::text[]) as asked (kind, key)
    cross join lateral (select * from feeds.thing t where t.source = ${work.reader.source} and t.kind = asked.kind and t.key = asked.key offset 0) t`.execute(
    db,
  )
  for (const { kind, key, state } of rows) {
    const { owner, memory } = JSON.parse(state) as { owner: string; memory: Memories[Kind] }
    work.things.set(placeOf(kind, key), { kind, key, memory, owner, changed: false, stored: true } as Thing)
  }
}

type Row = { type: string; id: string; version: number; body: string; file: string }

const currentOf = <Type extends Resource>(row: Row): Current<Type> => ({
  resource: parseLossless(row.body) as Type & { id: string },
  version: row.version,
  file: row.file,
})

/** The Patient that this source already keeps under its own number, whatever its id; else the one that an earlier message made. */
async function loadPeople(db: Db, work: Work, who: Who[]): Promise<void> {
  const { source } = work.reader
  const ids = who.map(({ number }) => idFor(`${source}/Patient/${number}`))
  const { rows } = await sql<Row & { number: string }>`
    select distinct on (asked.number) asked.number, r.type, r.id, r.version, r.body, r.person_key as file
    from unnest(${who.map(({ number }) => number)}::text[], ${who.map(({ localNumber }) => localNumber ?? null)}::text[], ${ids}::text[]) as asked (number, local, id)
    cross join lateral (
      select person_key, 1 as rank from people.file where source = ${source} and local_system = ${localNumberSystem(source)} and local_value = asked.local
      union all select record.home('Patient', asked.id), 2 offset 0) f
    cross join lateral (select * from record.resource r where r.person_key = f.person_key and r.type = 'Patient' and r.source = ${source} offset 0) r
    order by asked.number, f.rank, r.received_at desc, r.id`.execute(db)
  const found = new Map(rows.map((row) => [row.number, currentOf<Patient>(row)]))
  for (const [index, { number }] of who.entries()) {
    const before = found.get(number)
    const id = before?.resource.id ?? ids[index] ?? ''
    work.people.set(number, { number, id, file: before?.file, before, patient: before?.resource })
    if (before) work.current.set(`Patient/${id}`, before as Current)
  }
}

async function loadResources(db: Db, work: Work, readings: readonly Reading[]): Promise<void> {
  const { source } = work.reader
  const wanted: [string, string][] = []
  for (const { who, takesFrom, things } of readings.flatMap(({ tellings }) => tellings))
    for (const telling of things) {
      const { kind, key } = telling
      if (kind === 'visit') {
        const known = work.things.get(placeOf('visit', key)) as Thing<'visit'> | undefined
        const numbers = new Set([who.number, takesFrom?.number, ...Object.keys(known?.memory.patients ?? {})])
        for (const number of numbers) if (number) wanted.push(['Encounter', encounterId(source, key, number)])
        if (known?.memory.base) wanted.push(['Encounter', known.memory.base])
      } else if (kind === 'report') {
        wanted.push(['DiagnosticReport', reportId(source, key)])
        for (const result of telling.said.results)
          wanted.push(['Observation', resultId(source, key, result.key)])
      } else if (kind === 'document') {
        wanted.push(['DocumentReference', documentId(source, key)])
        const known = work.things.get(placeOf('document', key)) as Thing<'document'> | undefined
        const parent = telling.said.parent ?? known?.memory.parent
        if (parent) wanted.push(['DocumentReference', documentId(source, parent.key)])
      } else wanted.push(['Appointment', appointmentId(source, key)])
    }
  if (wanted.length === 0) return
  const { rows } = await sql<Row>`
    select r.type, r.id, r.version, r.body, r.person_key as file
    from (select distinct * from unnest(${wanted.map(([type]) => type)}::text[], ${wanted.map(([, id]) => id)}::text[]) as u (type, id)) asked
    cross join lateral (select record.home(asked.type, asked.id) as file offset 0) home
    cross join lateral (select * from record.resource r
      where r.person_key = home.file and r.type = asked.type and r.id = asked.id and r.source = ${source} offset 0) r`.execute(
    db,
  )
  for (const row of rows) work.current.set(`${row.type}/${row.id}`, currentOf(row))
}

/** A visit that is new here, of somebody who is not: the source may have sent it by another way, under an id of its own. */
async function loadOtherWays(db: Db, work: Work, readings: readonly Reading[]): Promise<void> {
  const sought = readings.flatMap(({ tellings }) =>
    tellings.flatMap(({ who, things }) =>
      things.flatMap(({ kind, key }) =>
        kind === 'visit' && !work.things.has(placeOf(kind, key)) && work.people.get(who.number)?.file
          ? [{ key, number: who.number, file: work.people.get(who.number)?.file ?? '' }]
          : [],
      ),
    ),
  )
  if (sought.length === 0) return
  const { source, organisation } = work.reader
  const { rows } = await sql<Row>`
    select type, id, version, body, person_key as file from record.resource
    where person_key = any (${[...new Set(sought.map(({ file }) => file))]}::uuid[]) and type = 'Encounter' and source = ${source} order by id`.execute(
    db,
  )
  const system = visitNumberSystem(organisation)
  for (const row of rows) {
    const current = currentOf<Encounter>(row)
    const known = sought.find(
      ({ key, file }) =>
        file === row.file &&
        current.resource.identifier?.some((each) => each.system === system && each.value === key),
    )
    if (!known) continue
    work.current.set(`Encounter/${row.id}`, current as Current)
    const memory = knownOtherwise(current.resource, known.number, work.people.get(known.number)?.id ?? '')
    const thing: Thing<'visit'> = {
      kind: 'visit',
      key: known.key,
      memory,
      owner: known.number,
      changed: true,
      stored: false,
    }
    work.things.set(placeOf('visit', known.key), thing as unknown as Thing)
  }
}

/** What came by another way is there before every message. */
function knownOtherwise(
  encounter: Encounter & { id: string },
  number: string,
  patient: string,
): Memories['visit'] {
  const { status, period, location } = encounter
  const at = period?.start ?? '1900-01-01'
  const [first] = location ?? []
  const code = first?.location.identifier?.value
  const begun: VisitEvent = {
    does: status === 'planned' ? 'plan' : 'begin',
    event: '',
    order: ' 1',
    at,
    by: number,
    ...(code && { stay: { code, display: first?.location.display ?? code } }),
  }
  const over: VisitEvent = { ...begun, order: ' 2', at: period?.end ?? at, does: 'end' }
  const cancelled: VisitEvent = { ...over, does: 'cancel admission' }
  const after = status === 'finished' ? over : status === 'cancelled' ? cancelled : undefined
  return {
    events: { begun, ...(after && { over: after }) },
    details: {},
    patients: { [number]: patient },
    refused: [],
    base: encounter.id,
    basePatient: number,
  }
}
