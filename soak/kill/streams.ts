import { setTimeout as pause } from 'node:timers/promises'
import { hospitalDay } from '../../benches/hospital.ts'
import { personBundle } from '../../benches/people.ts'
import { connectTo, type Sender } from '../../src/feeds/index.ts'
import { nhsNumberFor } from '../../src/testing/world-bundles.ts'
import { oneOf } from '../random.ts'
import type { Caller } from './caller.ts'
import { glasses, looks, reasons, reports } from './page-streams.ts'
import {
  community,
  fhir,
  type Known,
  markSystem,
  mustPass,
  nextMark,
  observation,
  type Parts,
  practice,
  type Stream,
} from './sent.ts'

/** Makes the people whom all that follows is about. */
export async function openPeople(
  caller: Caller,
  count: number,
  refOf: (patient: string) => Promise<string>,
): Promise<Known[]> {
  const patients = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const answer = await caller.call(fhir('POST', '/fhir', personBundle(n, 5)))
      const bundle = JSON.parse(answer.body) as { entry: { response: { location: string } }[] }
      return /Patient\/([^/]+)/.exec(bundle.entry[0]?.response.location ?? '')?.[1] ?? ''
    }),
  )
  return Promise.all(patients.map(async (patient) => ({ patient, ref: await refOf(patient) })))
}

/** Everything that comes in at once at a busy place. Each stream goes on until `until` is aborted, through whatever happens meanwhile. */
export function startStreams(parts: Parts): { stop(): Promise<void> } {
  let over = false
  const senders = [hospital(parts), hospital(parts), hospital(parts), hospital(parts)]
  const streams: Stream[] = [
    ...senders.map((each) => each.send),
    creates(parts, false),
    creates(parts, true),
    updates(parts),
    transactions(parts),
    files(parts),
    reasons(parts),
    glasses(parts),
    reports(parts),
    looks(parts),
    looks(parts),
  ]
  const going = streams.map(async (stream) => {
    while (!over) {
      // No answer, or a connection that broke: what was sent stays unacknowledged, and the stream tries again.
      await stream().catch(() => pause(20))
    }
  })
  return {
    stop: async () => {
      over = true
      for (const each of senders) each.hangUp()
      await Promise.all(going)
    },
  }
}

/** One connection of the hospital. As its engine does, it sends a message again until it is acknowledged, and only then the next. */
function hospital({ mllpPort, ledger, wrong }: Parts): { send: Stream; hangUp(): void } {
  let line: Sender | undefined
  let unanswered: string | undefined
  const send = async () => {
    unanswered ??= day.next().text
    const control = /^MSH(?:\|[^|\r]*){8}\|([^|]*)/.exec(unanswered)?.[1] ?? ''
    if (!ledger().messages.has(control)) ledger().messages.set(control, { kept: false })
    try {
      line ??= await connectTo(mllpPort)
      const answer = await line.send(unanswered)
      const said = /\rMSA\|(A[AER])\|([^|\r]*)/.exec(answer)
      if (said?.[1] !== 'AA' || said[2] !== control) wrong(`message ${control} was answered: ${answer}`)
      ledger().messages.set(control, { kept: true })
      unanswered = undefined
    } catch (problem) {
      line?.close()
      line = undefined
      throw problem
    }
  }
  return { send, hangUp: () => line?.close() }
}

const day = hospitalDay()

/** Creates: sent once each or, where the server is asked to keep one only, again until there is an answer. */
function creates({ caller, ledger, people, random, wrong }: Parts, once: boolean): Stream {
  let mark: string | undefined
  return async () => {
    if (!once) mark = undefined
    mark ??= nextMark(once ? 'once' : 'create')
    const key = mark
    if (!ledger().creates.has(key)) ledger().creates.set(key, { kept: false })
    const headers: Record<string, string> = once ? { 'if-none-exist': `identifier=${markSystem}|${key}` } : {}
    const body = observation(people[Math.floor(random() * 3)]?.patient ?? '', key)
    const answer = await caller.call(fhir('POST', '/fhir/Observation', body, headers))
    if (mustPass(answer)) return
    const at = /Observation\/[^/]+/.exec(String(answer.headers['location']))?.[0]
    if (!at) return wrong(`create ${key} was answered ${answer.status}: ${answer.body.slice(0, 300)}`)
    ledger().creates.set(key, { kept: true, at })
    mark = undefined
  }
}

/** One resource, replaced again and again under the version that was read last. */
function updates({ caller, ledger, people, wrong }: Parts): Stream {
  let at: { id: string; version: number } | undefined
  return async () => {
    const body = {
      ...observation(people[0]?.patient ?? '', nextMark('replaced')),
      note: [{ text: nextMark('update') }],
    }
    const mark = body.note[0]?.text ?? ''
    if (!at) {
      const made = await caller.call(fhir('POST', '/fhir/Observation', body))
      const [, id, version] =
        /Observation\/([^/]+)\/_history\/(\d+)/.exec(String(made.headers['location'])) ?? []
      if (id) at = { id, version: Number(version) }
      return
    }
    const path = `/fhir/Observation/${at.id}`
    const key = `${path} ${at.version + 1} ${mark}`
    const sent = { at: `Observation/${at.id}`, version: at.version + 1, mark }
    ledger().updates.set(key, { kept: false, ...sent })
    const answer = await caller.call(
      fhir('PUT', path, { ...body, id: at.id }, { 'if-match': `W/"${at.version}"` }),
    )
    if (mustPass(answer)) return
    if (answer.status === 200) {
      ledger().updates.set(key, { kept: true, ...sent })
      at.version += 1
    } else if (answer.status === 409 || answer.status === 412) {
      // The one before was kept although its answer did not come: it is read to see where it stands.
      const now = await caller.call({ method: 'GET', path, as: practice })
      at.version = Number(/W\/"(\d+)"/.exec(String(now.headers['etag']))?.[1] ?? at.version)
    } else wrong(`update of ${key} was answered ${answer.status}: ${answer.body.slice(0, 300)}`)
  }
}

function transactions({ caller, ledger, people, random, wrong }: Parts): Stream {
  return async () => {
    const mark = nextMark('whole')
    const entries = 5 + Math.floor(random() * 20)
    const whom = oneOf(random, people).patient
    const entry = Array.from({ length: entries }, (_, n) => ({
      request: { method: 'POST', url: 'Observation' },
      resource: observation(whom, `${mark}.${n}`),
    }))
    ledger().transactions.set(mark, { kept: false, entries })
    const answer = await caller.call(
      fhir('POST', '/fhir', { resourceType: 'Bundle', type: 'transaction', entry }),
    )
    if (mustPass(answer)) return
    if (answer.status !== 200)
      return wrong(`transaction ${mark} was answered ${answer.status}: ${answer.body.slice(0, 300)}`)
    ledger().transactions.set(mark, { kept: true, entries })
  }
}

const columns =
  'Extract date,Team,Person ID,NHS number,Family name,Given name,Date of birth,Since,Until,Reason'
let filesMade = 0
const cared = Array.from({ length: 28 }, () => 'Leg ulcer')

/**
 * The caseload as it stands, each time a day later and with one line changed: then it accepts itself, and is applied after its answer. It is
 * sent again until there is one, and known to be a repeat where it had come.
 */
function files({ caller, ledger, wrong }: Parts): Stream {
  let unanswered: { name: string; body: string } | undefined
  return async () => {
    unanswered ??= nextFile()
    const { name, body } = unanswered
    if (!ledger().files.has(name)) ledger().files.set(name, { kept: false, lines: cared.length })
    const headers = { 'content-type': 'text/csv' }
    const answer = await caller.call({
      method: 'POST',
      path: `/files/caseloads?name=${name}`,
      as: community,
      headers,
      body,
    })
    if (mustPass(answer)) return
    if (answer.status > 201)
      return wrong(`file ${name} was answered ${answer.status}: ${answer.body.slice(0, 400)}`)
    ledger().files.set(name, { kept: true, lines: cared.length })
    unanswered = undefined
    await pause(200)
  }
}

function nextFile(): { name: string; body: string } {
  const n = filesMade++
  const name = nextMark('file')
  cared[n % cared.length] = name
  // house allows clock: days since a fixed one
  const on = new Date(Date.UTC(2010, 0, 1 + n)).toISOString().slice(0, 10)
  const lines = cared.map(
    (reason, line) =>
      `${on},rfr-dn-north,S${line},${nhsNumberFor(700 + line)},Soak${line},Una,1950-03-${line + 1 < 10 ? '0' : ''}${line + 1},2009-06-01,,${reason}`,
  )
  return { name, body: `${columns}\r\n${lines.join('\r\n')}\r\n` }
}
