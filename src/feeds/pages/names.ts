import type { Place } from '../../access/index.ts'

/** Under which name a message came in. */
export type From = { sender: string; application: string; facility: string }

export const unknown = 'unknown'

/** A sender as people call it. Two senders of one source are told apart by their own names. */
export function senderName(place: Place, id: string): string {
  const sender = place.senders.find((each) => each.id === id)
  const source = place.sources.find((each) => each.id === sender?.source)
  if (id === unknown) return 'Unknown sender'
  if (!sender || !source) return id
  const organisation = place.organisations.find((each) => each.code === sender.organisation)?.short
  const name = source.name === 'GP' && organisation ? organisation : source.name
  return place.senders.filter((each) => each.source === sender.source).length > 1
    ? `${name} (${sender.id})`
    : name
}

export const cameFromInWords = (place: Place, { sender, application, facility }: From): string =>
  sender === unknown
    ? `Unknown: ${application || 'no application'} at ${facility || 'no facility'}`
    : senderName(place, sender)

/** Who did something with a message: a practitioner by name, a sender’s system by its own. */
export function whoDid(place: Place, id: string): string {
  const staff = [...place.staff, ...place.demoStaff].find((each) => each.id === id)
  if (staff) return staff.name
  if (place.senders.some((each) => each.id === id)) return `The sender’s system (${senderName(place, id)})`
  return id === 'nobody' ? 'This service' : id
}

/** What the events of HL7 v2 tell, for those that come from hospitals here. */
const events: Record<string, string> = {
  'ADT A01': 'Admission',
  'ADT A02': 'Transfer',
  'ADT A03': 'Discharge',
  'ADT A04': 'Arrival or outpatient visit',
  'ADT A05': 'Planned admission',
  'ADT A06': 'Outpatient becomes inpatient',
  'ADT A07': 'Inpatient becomes outpatient',
  'ADT A08': 'Change of details',
  'ADT A11': 'Admission cancelled',
  'ADT A12': 'Transfer cancelled',
  'ADT A13': 'Discharge cancelled',
  'ADT A28': 'New person',
  'ADT A31': 'Change of a person’s details',
  'ADT A34': 'Two numbers are one person',
  'ADT A38': 'Planned admission cancelled',
  'ADT A40': 'Two numbers are one person',
  'ADT A45': 'Visit moved to another person',
  'ADT A47': 'Number of a person changed',
  'ORU R01': 'Test results',
  'MDM T02': 'Document',
  'SIU S12': 'Appointment booked',
  'SIU S13': 'Appointment moved',
  'SIU S14': 'Appointment changed',
  'SIU S15': 'Appointment cancelled',
}

export const eventInWords = (type: string, event: string): string =>
  events[`${type} ${event}`] ?? (type === '' ? 'Not an HL7 message' : 'Another kind of message')

export const eventCode = (type: string, event: string): string => [type, event].filter(Boolean).join(' ')
