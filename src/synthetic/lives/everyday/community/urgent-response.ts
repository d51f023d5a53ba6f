import type { Call, Caseload, Reason } from '../../happening.ts'
import { frailtyOn, isAtHome, livesInCareHomeOn } from '../../living.ts'
import { dayOf, type Moment, momentOn } from '../../moment.ts'
import { see, seeEvery, takeOn, type Visit } from '../caseload.ts'
import { callCentre } from '../contact-centre/call.ts'
import type { Everyday } from '../hospital-story.ts'
import { comings } from '../standing.ts'

/**
 * The two-hour response. England’s services took about 35,000 two-hour referrals a month in 2023-24 (NHS England, urgent
 * community response statistics): 1,900 a year for a borough of 267,000. Support lasts up to 72 hours, seven days at most
 * (Rotherham’s plan of 2018, 5.3.3). The standard is that seven in ten are seen within two hours; about 84 per cent are.
 */
const PER_YEAR_AT_FRAILTY_OF_A_QUARTER = 0.0755
/** Of those whom a crew leaves at home and refers, the share who go to the team; the others go to a practice or to a clinic for falls. */
const HANDED_OVER = 0.14
const WITHIN_TWO_HOURS = 0.84

const REASONS: readonly (readonly [Reason, number])[] = [
  [{ text: 'Fall without serious injury', icd10: 'W190' }, 30],
  [{ text: 'Sudden decline of somebody frail', icd10: 'R54X' }, 22],
  [{ text: 'Reduced mobility', icd10: 'R268' }, 14],
  [{ text: 'Chest infection', icd10: 'J22X', condition: 'chestInfection' }, 10],
  [{ text: 'Urinary tract infection', icd10: 'N390', condition: 'urineInfection' }, 8],
  [{ text: 'Blocked or painful catheter', icd10: 'T830' }, 8],
  [{ text: 'Confusion', icd10: 'R410' }, 5],
  [{ text: 'Carer cannot go on', icd10: 'Z742' }, 3],
]

const urgent: Visit = {
  what: 'Two-hour response',
  mode: 'home',
  minutes: 75,
  rounds: [[7, 22]],
  weekends: true,
}
const followUp: Visit = {
  what: 'Rapid response: follow-up',
  mode: 'home',
  minutes: 40,
  rounds: [[8, 20]],
  weekends: true,
}

const callers = (inHome: boolean): readonly (readonly [Call['from'], number])[] =>
  inHome
    ? [
        ['care home', 8],
        ['GP', 2],
      ]
    : [
        ['GP', 45],
        ['self', 10],
        ['family', 20],
        ['111', 10],
        ['community nurse', 15],
      ]

const FROM: Partial<Record<Call['from'], Caseload['from']>> = {
  GP: 'GP',
  ambulance: 'ambulance',
  'care home': 'care home',
  self: 'self',
  family: 'self',
}

function respond(
  life: Everyday,
  called: Moment,
  from: Call['from'],
  reason: Reason,
  because?: Call['because'],
): void {
  const { dice } = life
  const call = callCentre(life, called, from, reason, 'urgent response', because)
  if (!call) return
  const at = called + dice.whole(3, 15)
  const arrives = at + (dice.chance(WITHIN_TWO_HOURS) ? dice.whole(25, 118) : dice.whole(121, 300))
  const days = dice.chance(0.75) ? dice.whole(0, 3) : dice.whole(4, 7)
  const caseload = takeOn(life, {
    service: 'urgent community response',
    from: FROM[from] ?? 'co-ordination centre',
    reason,
    at,
    because: call,
    until: dayOf(arrives) + days,
  })
  if (!caseload) return
  if (caseload.closed !== undefined && caseload.closed < arrives + 60)
    caseload.closed = Math.min(arrives + 60, life.hospital.ends)
  see(life, caseload, urgent, arrives)
  seeEvery(life, caseload, followUp, 1, dayOf(arrives) + 1, dayOf(arrives) + days)
}

/** The team works from seven in the morning; whoever calls at night is seen in the morning or goes to hospital. */
const onDay = (life: Everyday, day: number): Moment => momentOn(day, 7) + life.dice.whole(0, 13 * 60)

/** Ambulance crews who leave somebody at home hand over to the team; otherwise frailty brings calls of its own. */
export function urgentResponse(life: Everyday): void {
  const { resident, health, dice, hospital } = life
  for (const ambulance of hospital.ambulances)
    if (ambulance.outcome === 'referred' && dice.chance(HANDED_OVER))
      respond(
        life,
        ambulance.at + ambulance.response + ambulance.onScene,
        'ambulance',
        ambulance.reason,
        ambulance,
      )
  const { from, until } = resident.present
  const frailty = frailtyOn(life, (from + until) / 2)
  if (frailty < 0.1) return
  const perYear = PER_YEAR_AT_FRAILTY_OF_A_QUARTER * Math.min(4, (frailty / 0.25) ** 2) * health.propensity
  for (const day of comings(dice, perYear, from, until))
    if (isAtHome(life, day))
      respond(
        life,
        onDay(life, day),
        dice.weighted(callers(livesInCareHomeOn(life, day))),
        dice.weighted(REASONS),
      )
}
