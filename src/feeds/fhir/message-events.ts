import type { EventType } from '../../platform/index.ts'

export const bookingEvents = 'https://fhir.nhs.uk/CodeSystem/message-events-bars'
/** The events of the Booking and Referral Standard came under this system before version 1. */
const earlierBookingEvents = 'https://fhir.nhs.uk/CodeSystem/message-event-servicerequest'
const hl7Events = 'http://terminology.hl7.org/CodeSystem/message-events'

/** What a message is about and does, as the rule needs it. */
export type Told = {
  /** Its definition or the focus’s category says that it asks for a clinical validation. */
  validation: boolean
  /** Its definition, its reason or the focus’s status says so. */
  cancelled: boolean
  /** What it is about is here already. */
  known: boolean
}

type MessageEvent = {
  system: string
  code: string
  /** What the first focus must be; empty for any. */
  focus: readonly string[]
  /** What happened, for whoever acts on it. */
  raises?(told: Told): EventType
}

const referral = ({ validation, cancelled, known }: Told): EventType =>
  cancelled
    ? 'referral cancelled'
    : validation
      ? 'validation requested'
      : known
        ? 'referral changed'
        : 'referral received'

const booking = ({ cancelled, known }: Told): EventType =>
  cancelled ? 'booking cancelled' : known ? 'booking changed' : 'booking received'

const ofBookingStandard: Omit<MessageEvent, 'system'>[] = [
  { code: 'servicerequest-request', focus: ['ServiceRequest'], raises: referral },
  {
    code: 'servicerequest-response',
    focus: ['ServiceRequest', 'Encounter'],
    raises: ({ validation }) => (validation ? 'validation answered' : 'referral answered'),
  },
  { code: 'booking-request', focus: ['Appointment'], raises: booking },
  { code: 'booking-response', focus: ['Appointment'], raises: () => 'booking answered' },
]

/** The events that are taken. Those of HL7 itself are kept in the record and raise nothing besides. */
const messageEvents: readonly MessageEvent[] = [
  ...[bookingEvents, earlierBookingEvents].flatMap((system) =>
    ofBookingStandard.map((each) => ({ system, ...each })),
  ),
  ...['admin-notify', 'observation-provide', 'diagnosticreport-provide', 'communication-request'].map(
    (code) => ({ system: hl7Events, code, focus: [] }),
  ),
]

export const eventOf = (system: string | undefined, code: string | undefined): MessageEvent | undefined =>
  messageEvents.find((each) => each.system === system && each.code === code)

export const isBookingEvent = (system: string | undefined): boolean =>
  system === bookingEvents || system === earlierBookingEvents

/** What GET /fhir/MessageDefinition lists and /fhir/metadata promises: the messages of the standard by their definitions. */
export const messageDefinitions = [
  ['servicerequest-request-referral', 'servicerequest-request', 'ServiceRequest'],
  ['servicerequest-request-cancelled', 'servicerequest-request', 'ServiceRequest'],
  ['servicerequest-request-validation', 'servicerequest-request', 'ServiceRequest'],
  ['servicerequest-response-referral', 'servicerequest-response', 'ServiceRequest'],
  ['servicerequest-response-validation-interim', 'servicerequest-response', 'Encounter'],
  ['servicerequest-response-validation-full', 'servicerequest-response', 'Encounter'],
  ['booking-request', 'booking-request', 'Appointment'],
  ['booking-request-cancelled', 'booking-request', 'Appointment'],
].map(([name = '', event = '', focus = '']) => ({
  url: `https://fhir.nhs.uk/MessageDefinition/bars-message-${name}`,
  name: `bars-message-${name}`,
  event,
  focus,
}))
