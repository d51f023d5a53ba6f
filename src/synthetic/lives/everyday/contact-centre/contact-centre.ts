import { isWorkday } from '../../bank-holidays.ts'
import type { Call, Caseload, ServiceId } from '../../happening.ts'
import { frailtyOn, isAtHome, livesInCareHomeOn } from '../../living.ts'
import { DAYS_A_YEAR, type Day, dayOf, momentOn } from '../../moment.ts'
import type { Everyday } from '../hospital-story.ts'
import { comings } from '../standing.ts'
import { ABOUT_VISITS, BY_HOUR, CALLERS, FROM_HOMES } from './asked.ts'
import { callCentre } from './call.ts'

/**
 * The co-ordination centre takes about 3,000 calls a month, and settles 78.7 per cent at the front door (Place Plan 2018). The others
 * lead to a service: an urgent response (see community), district nurses and therapists, or help after hospital.
 */
const PER_YEAR = { adult: 0.043, frailAtAQuarter: 0.78 }
/** Calls on a day when offices are closed, beside one when they are open. */
const WHEN_CLOSED = 0.4
const PER_OPEN_DAY = 7 / (5 + 2 * WHEN_CLOSED)

/** Referrals that come by telephone rather than by letter or screen, and wards that ring before somebody goes home with help. */
const RUNG = 0.16
const WARD_RINGS = 0.85

const BY_TELEPHONE: ReadonlySet<ServiceId> = new Set([
  'district nursing',
  'community therapy',
  'community matron',
])

const callers = (of: typeof CALLERS) => of.map((caller) => [caller, caller.weight] as const)
const AT_HOME = callers(CALLERS)
const IN_HOMES = callers(FROM_HOMES)

const SETTLED = [
  ['advice', 63],
  ['signposted', 37],
] as const satisfies readonly (readonly [Call['outcome'], number])[]

const ownCaseloads = ({ happenings }: Everyday): Caseload[] => {
  const found: Caseload[] = []
  for (const happening of happenings)
    if (happening.kind === 'caseload' && BY_TELEPHONE.has(happening.service)) found.push(happening)
  return found
}

function whoRang(life: Everyday, { from, at }: Caseload): Call['from'] {
  if (livesInCareHomeOn(life, dayOf(at))) return 'care home'
  if (from === 'self') return life.dice.chance(0.5) ? 'family' : 'self'
  return from === 'hospital' ? 'ward' : 'GP'
}

/** A referral by telephone comes before the team takes somebody on, and is why it does. */
function referredBy(life: Everyday, caseload: Caseload): void {
  const { dice } = life
  if (caseload.because || caseload.since !== undefined || !dice.chance(RUNG)) return
  const at = caseload.at - dice.whole(5, 60)
  const call = callCentre(life, at, whoRang(life, caseload), caseload.reason, 'referred')
  if (call) caseload.because = call
}

function beforeGoingHome(life: Everyday): void {
  const { dice, hospital } = life
  for (const stay of hospital.discharges) {
    if (!stay.pathway || !dice.chance(WARD_RINGS)) continue
    const ready = Math.min(stay.ready ?? stay.discharged, stay.discharged)
    // Within the hours after the ward knows that somebody can go.
    const at = ready + Math.floor(dice.next() * Math.min(240, stay.discharged - ready))
    callCentre(life, at, 'ward', { text: 'Help at home or a bed after hospital' }, 'referred', stay)
  }
}

function asks(life: Everyday, day: Day, own: readonly Caseload[]): void {
  const { dice } = life
  const at = momentOn(day, dice.weighted(BY_HOUR), dice.whole(0, 59))
  const caller = dice.weighted(livesInCareHomeOn(life, day) ? IN_HOMES : AT_HOME)
  const theirs = own.find((one) => one.at <= at && at <= (one.closed ?? life.hospital.ends))
  const about = theirs !== undefined && dice.chance(0.6)
  const reason = dice.weighted(about ? ABOUT_VISITS : caller.reasons)
  callCentre(life, at, caller.from, reason, dice.weighted(SETTLED), about ? theirs : undefined)
}

export function contactCentre(life: Everyday): void {
  const { resident, health, dice } = life
  const { present, born } = resident
  beforeGoingHome(life)
  const own = ownCaseloads(life)
  for (const caseload of own) referredBy(life, caseload)
  const from = Math.max(present.from, born + Math.ceil(18 * DAYS_A_YEAR))
  if (from >= present.until) return
  const frailty = frailtyOn(life, (from + present.until) / 2)
  const perYear =
    (PER_YEAR.adult + PER_YEAR.frailAtAQuarter * Math.min(4, (frailty / 0.25) ** 2)) * health.propensity
  for (const day of comings(dice, perYear * PER_OPEN_DAY, from, present.until))
    if ((isWorkday(day) || dice.chance(WHEN_CLOSED)) && isAtHome(life, day)) asks(life, day, own)
}
