import type { CareHomeStay, SocialCareEvent } from '../../happening.ts'
import { isKnownOn } from '../../health.ts'
import { tell } from '../../living.ts'
import { type Day, dayOf, momentOn } from '../../moment.ts'
import type { Everyday } from '../hospital-story.ts'
import { lastDay, note } from './events.ts'

/**
 * Who pays: 37 in 100 residents of England's homes pay for themselves, fewer where houses are worth less (ONS, care homes and
 * estimating the self-funding population, 2022 to 2023); the NHS pays for those whose main need is nursing.
 */
const FUNDING = {
  nursing: [
    ['council', 50],
    ['self', 26],
    ['continuing healthcare', 24],
  ],
  residential: [
    ['council', 64],
    ['self', 34],
    ['continuing healthcare', 2],
  ],
} as const satisfies Record<string, readonly (readonly [CareHomeStay['funding'], number])[]>

/** Pounds a week that a council paid for somebody over 65 (Adult Social Care Finance Return, Yorkshire, 2023-24), give or take. */
const WEEK = { nursing: 880, residential: 830 }

/** Half of all residents have lived in a home for less than two years (Forder and Fernandez 2011). */
const stayed = (chance: number) => Math.round(20 - Math.log(1 - chance * 0.98) * 720)

function paidByCouncil(life: Everyday, stay: CareHomeStay): void {
  const { dice, health } = life
  const day = dayOf(stay.at)
  const dementia = isKnownOn(health, 'dementia', day)
  const of = {
    reason: dementia
      ? ({ text: 'Dementia', condition: 'dementia' } as const)
      : { text: 'Frailty: needs care day and night', icd10: 'R54X' },
    support: dementia ? 'MEM' : 'PHY-CARE',
  }
  let because: SocialCareEvent | undefined
  if (stay.since === undefined) {
    const from = stay.because?.kind === 'admission' ? stay.because : undefined
    const request = note(life, {
      at: from ? Math.min(from.ready ?? stay.at, stay.at) : stay.at - dice.whole(14, 60) * 1440,
      ...(from && { because: from }),
      event: 'request',
      ...of,
      route: from ? 'Discharge from hospital' : 'Community: other',
      outcome: 'Long term support: care home',
    })
    because =
      request &&
      note(life, {
        at: Math.round(request.at + (stay.at - request.at) * dice.next()),
        because: request,
        event: 'assessment',
        ...of,
        outcome: 'Long term support (eligible services): care home',
      })
  }
  const week = stay.nursing ? WEEK.nursing : WEEK.residential
  note(life, {
    at: stay.at,
    ...(because && { because }),
    event: 'service',
    ...of,
    service: stay.nursing ? 'LT-NUR' : 'LT-RES',
    component: stay.nursing ? 'Nursing home' : 'Residential home',
    weeklyCost: week + 10 * dice.whole(-9, 12),
    ...(stay.since !== undefined && { since: stay.since }),
    ...(stay.until !== undefined && { until: stay.until }),
  })
}

function stayIn(life: Everyday, id: string, from: Day, until: Day, already: boolean): void {
  const { world, dice, hospital } = life
  const home = world.ground.careHomes.find((one) => one.id === id)
  if (!home) return
  const discharge = hospital.discharges.find(
    ({ destination, discharged }) => destination === 'care home' && dayOf(discharged) === from,
  )
  const at = already
    ? momentOn(from, 0)
    : discharge
      ? discharge.discharged + 45
      : momentOn(from, 10) + dice.whole(0, 360)
  if (at >= hospital.ends) return
  const stay: CareHomeStay = {
    kind: 'care home stay',
    at,
    home: id,
    nursing: home.nursing,
    funding: dice.weighted(FUNDING[home.nursing ? 'nursing' : 'residential']),
    ...(already && { since: from - stayed(dice.next()) }),
    ...(!already && discharge && { because: discharge }),
    ...lastDay(life, until),
  }
  tell(life, stay)
  if (stay.funding === 'council') paidByCouncil(life, stay)
}

/** Whoever's address is a care home lives in it, and somebody pays. */
export function careHomeStays(life: Everyday): void {
  const { homes, present, arrived } = life.resident
  for (let nth = 0; nth < homes.length; nth++) {
    const home = homes[nth]
    const id = home?.household.careHome
    if (!home || id === undefined || home.from >= present.until) continue
    const from = Math.max(home.from, present.from)
    const until = homes[nth + 1]?.from ?? present.until
    if (until > from) stayIn(life, id, from, until, nth === 0 && arrived === 'here at the start')
  }
}
