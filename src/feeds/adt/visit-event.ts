import type { Hl7Message } from '@medplum/core'
import { timeAt } from '../reading/envelope.ts'
import type { Envelope } from '../reading/reading.ts'
import { type AdtEvent, events } from './events.ts'
import type { Stay, VisitEvent } from './visit.ts'

/** One event of a visit, as small as the fold needs it. `by` is the person whom the message names. */
export function visitEventIn(
  message: Hl7Message,
  by: string,
  envelope: Envelope,
  stay: Stay | undefined,
): VisitEvent {
  const { does } = events[envelope.event as AdtEvent]
  const end = timeAt(message, 'PV1', 45, envelope.notes)?.fhir
  const stated = message.getSegment('EVN')?.getField(6)?.toString() !== '' && envelope.occurred.fhir
  return {
    does,
    event: envelope.event,
    order: envelope.order,
    at: envelope.occurred.fhir,
    by,
    ...(end && { end }),
    ...(stay && { stay }),
    ...(does.startsWith('cancel') && stated && { names: stated }),
  }
}
