import type { Bundle, BundleEntry, MessageHeader, Resource } from '@medplum/fhirtypes'
import { addingFaults, type Fault, Invalid } from '../../platform/index.ts'
import { mustBeEntry, mustBeValid } from '../../record/index.ts'
import { eventOf, isBookingEvent } from './message-events.ts'

/** A message bundle, read as far as what happens to it depends on it. */
export type Message = {
  bundle: Bundle & { entry: BundleEntry[] }
  header: MessageHeader
  /** Under which its sender sends it again, if it must. */
  id: string
  event: NonNullable<ReturnType<typeof eventOf>>
  booking: boolean
  /** What it is about: the entry that the header’s first focus names. */
  focus: { resource: Resource; index: number }
  cancelled: boolean
  updates: boolean
  validation: boolean
}

/** What is said of a message whatever else is wrong with it, for the inbox. */
export type Envelope = { id: string; event: string; application: string; facility: string; booking: boolean }

export function envelopeOf(bundle: Record<string, unknown>): Envelope {
  const header = headerIn(bundle as unknown as Bundle)
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const source = header?.source as { name?: unknown; software?: unknown; endpoint?: unknown } | undefined
  return {
    id: idOf(bundle as unknown as Bundle, header),
    event: text(header?.eventCoding?.code) || text(header?.eventUri),
    application: text(source?.software) || text(source?.name),
    facility: text(source?.endpoint),
    booking: isBookingEvent(header?.eventCoding?.system),
  }
}

const headerIn = (bundle: Bundle): MessageHeader | undefined => {
  const first = Array.isArray(bundle.entry) ? bundle.entry[0]?.resource : undefined
  return first?.resourceType === 'MessageHeader' ? first : undefined
}

/** A message’s own id: the bundle’s, by which the Booking and Referral Standard answers it; else its header’s. */
function idOf(bundle: Bundle, header: MessageHeader | undefined): string {
  const fullUrl = Array.isArray(bundle.entry) ? bundle.entry[0]?.fullUrl : undefined
  const found = [bundle.identifier?.value, bundle.id, header?.id, fullUrl]
  return found.find((each) => typeof each === 'string' && each !== '') ?? ''
}

/** @throws Invalid with the place of what keeps it from being a message that is taken here */
export function readMessage(sent: Record<string, unknown>): Message {
  const refuse = (path: string, words: string, code: string): never => {
    throw new Invalid([{ path, words, code } satisfies Fault])
  }
  if (sent['resourceType'] !== 'Bundle') refuse('Bundle', 'A message is a Bundle', 'structure')
  const bundle = sent as unknown as Message['bundle']
  if (bundle.type !== 'message') refuse('Bundle.type', 'This must be “message”', 'value')
  if (!Array.isArray(bundle.entry) || bundle.entry.length === 0)
    refuse('Bundle.entry', 'A message has entries', 'required')
  mustBeSound(bundle.entry)
  const header = headerIn(bundle)
  if (!header)
    return refuse('Bundle.entry[0].resource', 'The first entry must be the MessageHeader', 'required')
  const id = idOf(bundle, header)
  if (id === '') refuse('Bundle.id', 'Without an id nothing can be answered', 'required')
  const at = 'MessageHeader.event'
  const { system, code } = header.eventCoding ?? {}
  const event = eventOf(system, code)
  if (!event) return refuse(at, `The event ${code ?? header.eventUri} is not taken here`, 'not-supported')
  const focus = focusOf(bundle, header)
  if (!focus)
    return refuse('MessageHeader.focus', 'The first focus must be an entry of this bundle', 'required')
  if (event.focus.length > 0 && !event.focus.includes(focus.resource.resourceType))
    return refuse('MessageHeader.focus', `The focus must be a ${event.focus.join(' or ')}`, 'invalid')
  return {
    bundle,
    header,
    id,
    event,
    booking: isBookingEvent(system),
    focus,
    ...natureOf(header, focus.resource),
  }
}

/** Everything of a message is looked at before anything in it is believed. @throws Invalid with every fault of every entry */
function mustBeSound(entries: readonly unknown[]): void {
  const faults: Fault[] = []
  for (const [index, given] of entries.entries()) {
    const path = `Bundle.entry[${index}]`
    addingFaults(faults, () => {
      const { resource } = mustBeEntry(given, path)
      if (resource) mustBeValid(resource as unknown as Record<string, unknown>, `${path}.resource`)
    })
  }
  if (faults.length > 0) throw new Invalid(faults)
}

function focusOf(bundle: Message['bundle'], header: MessageHeader): Message['focus'] | undefined {
  const reference = header.focus?.[0]?.reference
  const index = bundle.entry.findIndex(
    ({ fullUrl, resource }) =>
      reference !== undefined &&
      (fullUrl === reference || `${resource?.resourceType}/${resource?.id}` === reference),
  )
  const resource = bundle.entry[index]?.resource
  return resource && { resource, index }
}

const ended = new Set(['revoked', 'cancelled', 'entered-in-error'])

function natureOf(header: MessageHeader, focus: Resource) {
  const definition = header.definition ?? ''
  const reasons = new Set(header.reason?.coding?.map((each) => each.code))
  const { status, category } = focus as { status?: string; category?: { coding?: { code?: string }[] }[] }
  const validation =
    definition.includes('-validation') ||
    (Array.isArray(category) &&
      category.some((each) => each.coding?.some(({ code }) => code === 'validation')))
  const cancelled = definition.endsWith('-cancelled') || reasons.has('delete') || ended.has(status ?? '')
  return { validation, cancelled, updates: reasons.has('update') || reasons.has('delete') }
}
