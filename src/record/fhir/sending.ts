import type { Place } from '../../access/index.ts'
import { type Actor, NotAllowed } from '../../platform/index.ts'
import type { Sending } from '../store/row.ts'

/** A connected system as the store sees it. @throws NotAllowed for one without a source */
export function sendingOf(place: Place, actor: Actor, now: Date): Sending {
  const source = place.sources.find((each) => each.id === actor.source)
  if (!source) throw new NotAllowed('own source only')
  const fhir = place.senders.find((each) => each.id === actor.id)?.fhir
  return {
    source: source.id,
    sourceKind: source.kind,
    organisation: actor.organisation,
    place,
    now,
    ...(fhir && { unresolved: fhir.unresolvedReferences }),
    profiles: { policy: fhir?.profiles ?? 'lenient', expects: fhir?.expectedProfiles ?? {} },
  }
}
