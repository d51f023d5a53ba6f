import { createHash, randomUUID } from 'node:crypto'
import { type Place, senderActor } from '../../access/index.ts'
import type { Actor } from '../../platform/index.ts'
import { type Quarantine, type Reason, senderNames } from '../hl7/acknowledgement.ts'
import { type Header, readHeader } from '../hl7/hl7.ts'
import { type Decoded, decode } from '../mllp/charset.ts'
import type { Kept } from './inbox.queries.ts'

/** One arrival: what is kept of it, what could be read, and who sent it. Without an `actor` it can only be kept as unknown. */
export type Arrival = {
  kept: Kept
  charset: Decoded['charset']
  text: string
  holdsNul: boolean
  header: Header | undefined
  actor: Actor | undefined
  now: Date
}

/** Stands for a NUL character. */
const nul = '\u2400'

/** @param mayWrite whether this actor may write for its source: not when its organisation's agreement has ended */
export function readArrival(
  place: Place,
  bytes: Buffer,
  now: Date,
  mayWrite: (actor: Actor) => boolean,
): Arrival {
  const decoded = decode(bytes)
  // The database keeps no NUL, wherever it stands; what is read is what is kept.
  const body = decoded.text.replaceAll('\0', nul)
  const text = body.trimStart()
  const header = readHeader(text)
  const names = header ? senderNames(header) : { sendingApplication: '', sendingFacility: '' }
  const sender = place.senders.find(
    ({ hl7 }) =>
      hl7?.sendingApplication === names.sendingApplication && hl7.sendingFacility === names.sendingFacility,
  )
  const found = sender && senderActor(place, sender.id)
  const actor = found && mayWrite(found) ? found : undefined
  const kept: Kept = {
    id: randomUUID(),
    sender: sender?.id ?? null,
    source: actor?.source ?? 'unknown',
    ...names,
    controlId: header?.controlId ?? '',
    messageType: header?.messageType ?? '',
    event: header?.event ?? '',
    charset: decoded.charset,
    body,
    digest: createHash('sha256').update(bytes).digest(),
    contentDigest: contentDigest(text, header),
  }
  const holdsNul = decoded.text.includes('\0')
  return { kept, charset: decoded.charset, text, holdsNul, header, actor, now }
}

/** What the message says, without the envelope: senders put a new time on a repeat. */
function contentDigest(text: string, header: Header | undefined): Buffer {
  const content = header ? text.slice(text.split(/[\r\n]/, 1)[0]?.length ?? 0) : text
  return createHash('sha256')
    .update(`${header?.messageType} ${header?.event}\n`)
    .update(content.replace(/[\r\n]+/g, '\r').trimEnd())
    .digest()
}

/** Why a message cannot even be tried: it is not from a known sender, or could not be acknowledged or kept. */
export function welcome({ kept, header, actor, holdsNul }: Arrival): Quarantine | undefined {
  const names = `${kept.sendingApplication} at ${kept.sendingFacility}`
  const no = (reason: Reason, place: string, words: string): Quarantine => ({ reason, place, words })
  if (!header) return no('structure', 'MSH', 'The message does not begin with an MSH segment')
  if (kept.sender === null) return no('unknown sender', 'MSH-3', `${names} is not in senders.json`)
  if (!actor) return no('no agreement', 'MSH-4', `${kept.sender} has no sharing agreement in force`)
  if (kept.controlId === '')
    return no('structure', 'MSH-10', 'Without a control id nothing can be acknowledged')
  if (holdsNul) return no('value', 'MSH', 'The message holds a NUL character')
  return undefined
}
