import type { Call, Happening, Reason } from '../../happening.ts'
import { tell } from '../../living.ts'
import { dayOf, type Moment } from '../../moment.ts'
import type { Everyday } from '../hospital-story.ts'

/** Most are answered within half a minute; in the busiest hours a few wait for minutes. */
const waiting = (chance: number) => Math.round(-Math.log(1 - chance * 0.999) * 35)

/** One call that the co-ordination centre takes. */
export function callCentre(
  life: Everyday,
  at: Moment,
  from: Call['from'],
  reason: Reason,
  outcome: Call['outcome'],
  because?: Happening,
): Call | undefined {
  if (at >= life.hospital.ends || dayOf(at) < life.resident.present.from) return undefined
  const call: Call = {
    kind: 'call',
    to: 'co-ordination centre',
    from,
    at,
    reason,
    wait: waiting(life.dice.next()),
    outcome,
  }
  if (because) call.because = because
  tell(life, call)
  return call
}
