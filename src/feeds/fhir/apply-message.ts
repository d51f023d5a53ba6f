import type { BundleEntry, Patient } from '@medplum/fhirtypes'
import { nameKey, refOf, saidBy } from '../../people/index.ts'
import { type Db, type EventType, emit, idFor, NotFound } from '../../platform/index.ts'
import { keepTransaction, type Sending, type Written } from '../../record/index.ts'
import { patientsWith, standing } from './message.queries.ts'
import type { Message } from './message.ts'

/** What was kept of a message: each resource with the fullUrl under which it was sent, the focus among them. */
export type Applied = { kept: { fullUrl: string; written: Written }[]; focus: Written }

/**
 * Keeps what a message holds in the record, in one transaction, and says what happened. A resource is kept under an id that the sender’s own
 * always gives, so that a later message about the same thing is another version of it.
 * @throws NotFound for a change to what never came, Invalid with the place of what cannot be kept
 */
export async function applyMessage(
  db: Db,
  sending: Sending,
  message: Message,
  inbox: string,
): Promise<Applied> {
  const [, ...entries] = message.bundle.entry
  const wanted = entries.map((entry) => sentAs(entry))
  const there = await standing(
    db,
    sending.source,
    wanted.flatMap((each) => (each ? [each, ours(sending, each)] : [])),
  )
  const puts: BundleEntry[] = []
  for (const [index, entry] of entries.entries())
    puts.push(await putOf(db, sending, entry, wanted[index], there))
  const known = there.has(puts[message.focus.index - 1]?.request?.url ?? '')
  if (message.booking && message.updates && !known) throw new NotFound()
  const outcomes = await keepTransaction(
    db,
    sending,
    { resourceType: 'Bundle', type: 'transaction', entry: puts },
    1,
  )
  const kept = outcomes.map(({ written }, index) => ({ fullUrl: entries[index]?.fullUrl ?? '', written }))
  const focus = (kept[message.focus.index - 1] as Applied['kept'][number]).written
  await say(db, message, known, focus, inbox)
  return { kept, focus }
}

type Sent = { type: string; id: string }

/** How the sender names a resource. */
function sentAs({ fullUrl = '', resource }: BundleEntry): Sent | undefined {
  if (!resource) return undefined
  const id = /([A-Za-z0-9\-.]{1,64})$/.exec(fullUrl)?.[1] ?? resource.id
  return id === undefined ? undefined : { type: resource.resourceType, id }
}

/** Another source may use the same id, so what came first by message has one of its own. */
const ours = ({ source }: Sending, { type, id }: Sent): Sent => ({
  type,
  id: idFor(`${source}/${type}/${id}`),
})

async function putOf(
  db: Db,
  sending: Sending,
  entry: BundleEntry,
  sent: Sent | undefined,
  there: ReadonlySet<string>,
): Promise<BundleEntry> {
  const { fullUrl, resource } = entry
  // What is wrong with such an entry is said when it is kept.
  if (!resource || !sent) return { ...entry, request: { method: 'POST', url: resource?.resourceType ?? '' } }
  const own = there.has(`${sent.type}/${sent.id}`) ? sent.id : ours(sending, sent).id
  const id = resource.resourceType === 'Patient' ? await patientId(db, sending, resource, own) : own
  return {
    ...(fullUrl !== undefined && { fullUrl }),
    resource: { ...resource, id },
    request: { method: 'PUT', url: `${sent.type}/${id}` },
  }
}

/** A sender that names a person anew in every message, but by NHS number, birth date and family name says who it is. */
async function patientId(db: Db, sending: Sending, patient: Patient, own: string): Promise<string> {
  const said = saidBy(patient)
  if (said.nhsNumber === null) return own
  const same = (await patientsWith(db, sending.source, said.nhsNumber)).filter(
    ({ birth_date, family_key }) => birth_date === said.birthDate && family_key === nameKey(said.family),
  )
  return same.some(({ id }) => id === own) ? own : (same[0]?.id ?? own)
}

async function say(db: Db, message: Message, known: boolean, focus: Written, inbox: string): Promise<void> {
  const { event, validation, cancelled } = message
  const type: EventType | undefined = event.raises?.({ validation, cancelled, known })
  if (type === undefined || focus.file === null) return
  const person = await refOf(db, focus.file)
  await emit(db, type as 'referral received', {
    person,
    resource: `${focus.type}/${focus.id}`,
    message: inbox,
  })
}
