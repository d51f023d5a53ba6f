import { type Db, type Fault, Invalid } from '../../platform/index.ts'
import type { Sending } from '../../record/index.ts'
import { isReason, type Quarantine } from '../hl7/acknowledgement.ts'
import { readMessage } from '../reading/read-message.ts'
import type { Reader, Reading } from '../reading/reading.ts'
import { flush } from './flush.ts'
import { guessAbout } from './guess-about.ts'
import {
  type About,
  type Became,
  type Earlier,
  earlierThan,
  type Kept,
  keepMessages,
  keepStates,
  takeTurn,
} from './inbox.queries.ts'
import { aboutOf, isNeedless } from './settle.ts'
import { take } from './take.ts'
import { loadWork } from './work.queries.ts'
import type { Work } from './work.ts'

/**
 * One message of a batch. `again`: it is here already and is tried once more, by somebody who says why or because more is known now; in that
 * case a failure is nothing new and is not noted.
 */
export type Item = {
  kept: Kept
  text: string
  fault: Quarantine | undefined
  again?: { by: string; why: string } | 'more is known'
}

/** What became of it: whom it is about, and what the sender is told. `file`: for the audit. */
export type Outcome = { why: Quarantine | undefined; repeat: boolean; file: string | undefined }

/** `again`: messages in quarantine that may be let through by what this batch has changed. */
export type Done = { outcomes: Outcome[]; again: string[] }

type Read = { item: Item; reading: Reading } | { item: Item; fault: Quarantine }

/** Applies the messages of one source, in their order, in one transaction: all of them are kept, whatever becomes of each. */
export async function takeBatch(db: Db, sending: Sending, reader: Reader, items: Item[]): Promise<Done> {
  const { source } = reader
  const read = items.map((item) => readItem(item, reader))
  await takeTurn(db, source)
  const [earlier, work] = await Promise.all([
    earlierThan(
      db,
      source,
      items.filter(({ again }) => !again).map(({ kept }) => kept),
    ),
    loadWork(
      db,
      reader,
      read.flatMap((each) => ('reading' in each ? [each.reading] : [])),
    ),
  ])
  const journal: Journal = { source, messages: [], states: [], taken: [], earlier: earlierBy(earlier) }
  const whys = read.map((each) => takeOne(work, journal, each))
  const again = [...work.waiting, ...whys.flatMap(waitingNow)]
    .filter((each) => mayPassNow(work, each))
    .map(({ id }) => id)
  for (const [message, why] of work.turned)
    if (!again.includes(message)) journal.states.push(turn(source, message, why))
  for (const waiting of work.waiting) {
    if (journal.states.some(({ message }) => message === waiting.id)) continue
    const by = journal.taken.find((about) => isNeedless(waiting, about))
    if (by) journal.states.push(resolved(source, waiting, by))
  }
  await flush(db, sending, work)
  const fileOf = (number: string | undefined) =>
    number === undefined ? undefined : work.people.get(number)?.file
  const states = journal.states.map((state) => ({
    ...state,
    file: isTaken(state) ? fileOf(state.number) : undefined,
  }))
  await keepMessages(db, journal.messages)
  await keepStates(db, states)
  return {
    outcomes: whys.map(({ why, repeat, number }) => ({
      why,
      repeat,
      file: why ? undefined : fileOf(number),
    })),
    again,
  }
}

/** Nothing that such a message says was taken, so it is read once more and not only counted. */
const mayPassNow = (
  work: Work,
  { id, about, reason }: { id: string; about: string; reason: string },
): boolean =>
  reason === 'another person' && (work.stirred.has(about) || (work.turned.has(id) && !work.turned.get(id)))

type Journal = {
  source: string
  messages: Kept[]
  states: Became[]
  taken: About[]
  earlier: Map<string, Earlier[]>
}

const isTaken = ({ state }: Became) => state === 'applied' || state === 'replayed' || state === 'repeat'

function readItem(item: Item, reader: Reader): Read {
  if (item.fault) return { item, fault: item.fault }
  try {
    return { item, reading: readMessage(item.text, reader) }
  } catch (problem) {
    return { item, fault: quarantineFor(problem) }
  }
}

const keyOf = (facility: string, control: string) => `${facility}|${control}`
const earlierBy = (rows: Earlier[]) => Map.groupBy(rows, (row) => keyOf(row.facility, row.control))

type Told = { id: string; why: Quarantine | undefined; repeat: boolean; number: string | undefined }

const waitingNow = ({ id, why, number }: Told) =>
  why && number !== undefined ? [{ id, about: number, reason: why.reason }] : []

function takeOne(work: Work, journal: Journal, read: Read): Told {
  const { item } = read
  const { kept, again } = item
  const about = 'reading' in read ? aboutOf(read.reading) : guessAbout(item.text)
  const number = about.number
  if (again) {
    const outcome = takeRead(work, read, kept.id)
    if (again !== 'more is known') return note(journal, kept.id, outcome, about, again)
    if (outcome.refused) return { id: kept.id, why: outcome.refused, repeat: false, number }
    return note(journal, kept.id, { ...outcome, notes: outcome.notes ?? moreIsKnown }, about, {})
  }
  const key = keyOf(kept.sendingFacility, kept.controlId)
  const before = kept.controlId === '' ? [] : (journal.earlier.get(key) ?? [])
  const digest = kept.contentDigest.toString('hex')
  const twin = before.find((each) => each.digest === digest)
  const entry: Earlier = {
    id: kept.id,
    facility: kept.sendingFacility,
    control: kept.controlId,
    digest,
    state: 'applied',
    file: null,
  }
  if (twin && twin.state !== 'quarantined' && twin.state !== 'mended') {
    journal.messages.push(kept)
    journal.states.push({ message: kept.id, source: journal.source, state: 'repeat', ...about })
    return { id: kept.id, why: undefined, repeat: true, number }
  }
  // A sender that keeps trying what is already in quarantine adds a line to it and no second copy.
  const id = twin?.id ?? kept.id
  const reused = !twin && before.length > 0
  const outcome = reused ? { refused: controlIdReused, notes: undefined } : takeRead(work, read, id)
  if (!twin) {
    journal.messages.push(kept)
    journal.earlier.set(key, [...before, { ...entry, state: outcome.refused ? 'quarantined' : 'applied' }])
  } else twin.state = outcome.refused ? 'quarantined' : 'replayed'
  return note(journal, id, outcome, about, twin && {})
}

const controlIdReused: Quarantine = {
  reason: 'control id reused',
  place: 'MSH-10',
  words: 'Another message came under this control id',
}

type Taken = { refused: Quarantine | undefined; notes: Quarantine | undefined }

function takeRead(work: Work, read: Read, id: string): Taken {
  if (!('reading' in read)) return { refused: read.fault, notes: undefined }
  try {
    return { refused: take(work, id, read.reading), notes: noted(read.reading.notes) }
  } catch (problem) {
    if (!(problem instanceof Invalid)) throw problem
    return { refused: quarantineFor(problem), notes: undefined }
  }
}

const moreIsKnown: Quarantine = {
  reason: 'another person',
  place: '',
  words: 'What is known of the person since agrees with it',
}

/** @param again it was in quarantine; and who tried it once more, if it was somebody */
function note(
  journal: Journal,
  message: string,
  { refused, notes }: Taken,
  about: About,
  again: { by?: string; why?: string } | undefined,
): Told {
  const state = refused ? 'quarantined' : again ? 'replayed' : 'applied'
  const said = again?.why ? { reason: 'value' as const, place: notes?.place ?? '', words: again.why } : notes
  journal.states.push({
    message,
    source: journal.source,
    state,
    why: refused ?? said,
    ...about,
    ...(again?.by !== undefined && { by: again.by }),
  })
  if (!refused) journal.taken.push(about)
  return { id: message, why: refused, repeat: false, number: about.number }
}

function turn(source: string, message: string, why: Quarantine | undefined): Became {
  if (why) return { message, source, state: 'quarantined', why }
  return { message, source, state: 'replayed', why: { reason: 'visit state', place: '', words: arrived } }
}
const arrived = 'What it waited for has arrived'

function resolved(source: string, waiting: Work['waiting'][number], by: About): Became {
  const words = `Its source has put it right: ${by.event} about the same was taken since`
  return { message: waiting.id, source, state: 'resolved', why: { reason: 'value', place: '', words } }
}

/** Why the record could not take what a message comes to. */
export function notKept(problem: unknown): Quarantine {
  const [fault] = problem instanceof Invalid ? problem.faults : []
  if (!fault) return { reason: 'not kept', place: '', words: String(problem) }
  const { path: place, words, code } = fault
  return { reason: code === 'conflict' ? 'another person' : 'not kept', place, words }
}

/** Why a message could not be read. */
function quarantineFor(problem: unknown): Quarantine {
  const [fault] = problem instanceof Invalid ? problem.faults : []
  if (!fault) return { reason: 'not kept', place: '', words: String(problem) }
  const { path: place, words, code } = fault
  return { reason: isReason(code) ? code : 'not kept', place, words }
}

/** Faults that did not keep a message out stay beside it. */
function noted(notes: readonly Fault[]): Quarantine | undefined {
  const [first] = notes
  if (!first) return undefined
  const words = [...new Set(notes.map((each) => `${each.path}: ${each.words}`))].join('; ')
  return { reason: 'value', place: first.path, words }
}
