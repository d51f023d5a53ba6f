import { keeperOf, senderActor } from '../../access/index.ts'
import { filesOf } from '../../people/index.ts'
import { type Actor, Conflict, Invalid, NotAllowed, NotFound } from '../../platform/index.ts'
import type { Quarantine } from '../hl7/acknowledgement.ts'
import { parseMessage } from '../hl7/hl7.ts'
import { notKept } from './batch.ts'
import { cameFrom, keepMended, keepStates, type Original, originalsOf, type State } from './inbox.queries.ts'
import { type InboxParts, isPassing, itemAgain, takeKnown } from './inbox.ts'

/** Who does something with a message in quarantine, and why. What the record then holds is still the source’s. */
export type Deed = { by: Actor; why: string }

/**
 * Tries a message in quarantine once more, as it was mended, else as it was received.
 * @returns why it is still in quarantine; undefined when it was applied
 * @throws NotFound; Conflict when it is not in quarantine
 */
export async function replay(
  parts: InboxParts,
  message: string,
  deed: Deed,
): Promise<Quarantine | undefined> {
  const { original, actor, keeper } = await inQuarantine(parts, message)
  mustBeHl7(original)
  const again = { by: deed.by.id, why: deed.why }
  const now = parts.clock.now()
  try {
    const [outcome] = await takeKnown(parts, keeper, actor, now, [itemAgain(original, again)])
    return outcome?.why
  } catch (problem) {
    if (isPassing(problem)) throw problem
    const why = notKept(problem)
    await takeKnown(parts, keeper, actor, now, [{ ...itemAgain(original, again), fault: why }])
    return why
  }
}

/**
 * Puts the text of a message right and tries it. What was received stays, and so does who changed it and why. Nothing stops a practitioner
 * from writing another person’s number, so what is mended is read and checked like any other message.
 * @returns why it is still in quarantine; undefined when it was applied
 * @throws Invalid when the text is no message at all
 */
export async function mend(
  parts: InboxParts,
  message: string,
  text: string,
  deed: Deed,
): Promise<Quarantine | undefined> {
  const { original, inScope } = await inQuarantine(parts, message)
  mustBeHl7(original)
  const body = text.replace(/\r\n|\n/g, '\r')
  if (body.includes('\0'))
    throw new Invalid([{ path: 'MSH', words: 'The message holds a NUL character', code: 'value' }])
  parseMessage(body)
  await inScope(async (db, source) => {
    await keepMended(db, { message, source, body, why: deed.why, by: deed.by.id })
    await keepStates(db, [stateBy(original, source, 'mended', deed)])
  })
  return replay(parts, message, deed)
}

/** Closes a message that will never be applied. It stays where it is, with who decided that and why. */
export async function setAside(parts: InboxParts, message: string, deed: Deed): Promise<void> {
  const { original, inScope } = await inQuarantine(parts, message)
  await inScope((db, source) => keepStates(db, [stateBy(original, source, 'set aside', deed)]))
}

/** Whoever sends by FHIR was told at once what was wrong, and waits for nothing: it sends again, and what is taken then settles this. */
function mustBeHl7({ kept }: Original): void {
  if (kept.messageType === 'FHIR')
    throw new Conflict('A FHIR message is not tried again here: its sender sends it again')
}

const stateBy = ({ kept }: Original, source: string, state: State, { by, why }: Deed) => ({
  message: kept.id,
  source,
  state,
  why: { reason: 'value' as const, place: '', words: why },
  by: by.id,
})

type Db = Parameters<typeof keepStates>[0]

async function inQuarantine(parts: InboxParts, message: string) {
  const keeper = keeperOf(parts.place, filesOf, async () => undefined)
  const now = parts.clock.now()
  const from = await parts.database.transaction('record', {}, (db) => cameFrom(db, message))
  if (!from) throw new NotFound()
  const sender = parts.place.senders.find(
    ({ id, hl7 }) =>
      id === from.sender ||
      (hl7?.sendingApplication === from.application && hl7.sendingFacility === from.facility),
  )
  const actor = sender && senderActor(parts.place, sender.id)
  const scope = actor && keeper.scope(actor, 'feed', now)
  if (!actor || !scope || scope.ownSource === undefined)
    throw new NotAllowed('the sender is not known here, or has no sharing agreement in force')
  const source = scope.ownSource
  const inScope = <Result>(work: (db: Db, source: string) => Promise<Result>) =>
    parts.database.transaction('record', keeper.settings(actor, scope, now), (db) => work(db, source))
  const [original] = await inScope((db) => originalsOf(db, [message]))
  if (!original) throw new NotFound()
  if (original.state !== 'quarantined' && original.state !== 'mended')
    throw new Conflict('The message is not in quarantine any more')
  return { original, actor, keeper, inScope }
}
