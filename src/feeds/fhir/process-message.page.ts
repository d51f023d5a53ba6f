import { createHash, randomUUID } from 'node:crypto'
import type { MessageHeader } from '@medplum/fhirtypes'
import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import {
  attempt,
  Conflict,
  type Context,
  type FhirAnswer,
  type FhirRequest,
  fhirRoute,
  holds,
  Invalid,
  isBookingRequest,
  isDatabaseTrouble,
  NotFound,
  type Route,
  refusalOf,
} from '../../platform/index.ts'
import { parseBody, sendingOf } from '../../record/index.ts'
import { errorAnswer, okAnswer } from './answer-message.ts'
import { applyMessage } from './apply-message.ts'
import {
  type Earlier,
  earlierThan,
  type Kept,
  keepAnswer,
  keepMessage,
  keepState,
} from './message.queries.ts'
import { type Envelope, envelopeOf, type Message, readMessage } from './message.ts'

type Asked = Context<object> & FhirRequest

/** Takes a message: kept as received, applied to the record in one transaction or kept in quarantine with the reason, and answered. */
export const processMessage = (place: Place): Route =>
  fhirRoute({
    method: 'POST',
    path: '/fhir/$process-message',
    may: holds('send', { purpose: 'feed' }),
    audit: 'fhir.message',
    input: z.object({}),
    run: async (asked) => {
      const { envelope, kept, message, problem } = arrivalOf(place, asked)
      if (!message) return setAside(asked, envelope, kept, problem, [])
      const earlier = await earlierThan(asked.db, kept, message.header.id !== undefined)
      const done = earlier.find(({ same, answer }) => same && answer !== null)
      if (done) return repeat(asked, kept, done)
      try {
        if (earlier.some(({ same }) => !same)) throw reused()
        return await take(place, asked, message, kept, earlier)
      } catch (problem) {
        return setAside(asked, envelope, kept, problem, earlier)
      }
    },
  })

const reused = () => new Conflict('Another message has already come under this id.', 'duplicate')

type Arrival = { envelope: Envelope; kept: Kept; message?: Message; problem?: unknown }

/** The message as it came, read as far as it can be. */
function arrivalOf(place: Place, { body, actor, now }: Asked): Arrival {
  const { source } = sendingOf(place, actor, now)
  let sent: Record<string, unknown> = {}
  let message: Message | undefined
  let problem: unknown
  try {
    sent = parseBody(body)
    message = readMessage(sent)
  } catch (why) {
    problem = why
  }
  const envelope = envelopeOf(sent)
  const kept: Kept = {
    id: randomUUID(),
    sender: actor.id,
    source,
    application: envelope.application,
    facility: envelope.facility,
    controlId: envelope.id,
    event: envelope.event,
    // The one character that PostgreSQL keeps in no text.
    body: body.replaceAll('\0', '\u2400'),
    digest: sha256(body),
    contentDigest: sha256(JSON.stringify(sent['entry']) ?? body),
  }
  return { envelope, kept, ...(message && { message }), problem }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

async function take(
  place: Place,
  asked: Asked,
  message: Message,
  kept: Kept,
  earlier: Earlier[],
): Promise<FhirAnswer> {
  const { db, now, base, shown } = asked
  const sending = sendingOf(place, asked.actor, now)
  const applied = await inTurn(() => attempt(db, () => applyMessage(db, sending, message, kept.id)))
  const file = applied.focus.file ?? applied.kept.find(({ written }) => written.file)?.written.file
  await keepMessage(db, kept, { state: 'applied', file: file ?? undefined })
  // It was in quarantine, was sent again, and now it could be applied.
  for (const { id } of earlier)
    await keepState(db, { id, source: kept.source, event: kept.event }, { state: 'replayed' })
  const body = okAnswer(message, applied, base, now)
  await keepAnswer(db, kept, { status: 200, body })
  const files = applied.kept.flatMap(({ written }) => (written.file === null ? [] : [written.file]))
  shown(files, { message: kept.id, event: kept.event })
  return { status: 200, body }
}

/** Somebody else changed the same resource at the same moment: once more, on top of that. */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (problem) {
    if ((problem as { code?: string }).code !== '23505') throw problem
    return work()
  }
}

async function repeat({ db, shown }: Asked, kept: Kept, done: Earlier): Promise<FhirAnswer> {
  await keepMessage(db, kept, { state: 'repeat' })
  shown(done.file === null ? [] : [done.file], { message: kept.id, repeats: done.id })
  return { status: done.status ?? 200, body: done.answer ?? '' }
}

/** Keeps the message in quarantine, and says why. A sender that keeps trying what is there already adds a line to it and no second copy. */
async function setAside(
  { db, headers, base, now, shown }: Asked,
  envelope: Envelope,
  kept: Kept,
  problem: unknown,
  earlier: Earlier[],
): Promise<FhirAnswer> {
  if (isDatabaseTrouble(problem)) throw problem
  const booking = envelope.booking || isBookingRequest(headers)
  const { status, outcome } = refusalOf(problem, booking)
  const why = whyOf(problem)
  const twin = earlier.find(({ same, state }) => same && state === 'quarantined')
  if (twin) await keepState(db, { ...kept, id: twin.id }, { state: 'quarantined', why })
  else await keepMessage(db, kept, { state: 'quarantined', why })
  shown([], { message: twin?.id ?? kept.id, event: kept.event, reason: why.reason, place: why.place })
  if (booking) return { status, body: JSON.stringify(outcome) }
  const header = headerOf(kept.body)
  const code = problem instanceof Conflict && problem.code === 'conflict' ? 'transient-error' : 'fatal-error'
  return { status, body: errorAnswer(header, envelope.id, code, outcome, base, now) }
}

function whyOf(problem: unknown): { reason: string; place: string; words: string } {
  if (problem instanceof Invalid && problem.faults[0]) {
    const { path: place, words, code } = problem.faults[0]
    return { reason: code === 'structure' ? 'structure' : 'value', place, words }
  }
  const words = problem instanceof NotFound ? 'What it changes never came' : String(problem)
  if (problem instanceof Conflict && problem.code === 'duplicate')
    return { reason: 'control id reused', place: 'Bundle.id', words }
  return { reason: 'not kept', place: '', words }
}

function headerOf(body: string): MessageHeader | undefined {
  try {
    const bundle = JSON.parse(body) as { entry?: { resource?: MessageHeader }[] }
    const resource = bundle.entry?.[0]?.resource
    return resource?.resourceType === 'MessageHeader' ? resource : undefined
  } catch {
    return undefined
  }
}
