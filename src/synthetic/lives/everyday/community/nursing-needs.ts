import type { Visit } from '../caseload.ts'
import type { Need, NeedsByCondition } from '../episodes.ts'

/**
 * District nurses and matrons. In 2024/25 England’s district nurses saw adults face to face 25.9 million times, and matrons 0.59
 * million (National Cost Collection); a borough of 267,000 has 0.46 per cent of that. Shares and rates are set so that the whole
 * comes out there; which needs they are follows the usual make-up of a caseload: wounds about half, insulin a quarter.
 */

const home = (what: string, minutes: number, rounds: Visit['rounds'] = [[8, 16]]): Visit => ({
  what,
  mode: 'home',
  minutes,
  rounds,
  cancelled: 0.02,
})

const daily = (what: string, minutes: number, rounds: Visit['rounds']): Visit => ({
  ...home(what, minutes, rounds),
  weekends: true,
})

const compression = home('Leg ulcer: compression bandaging', 35)
const clinicDressing: Visit = { ...compression, mode: 'clinic', missed: 0.05 }
const footDressing = home('Diabetic foot: dressing', 25)
const insulinOnce = daily('Insulin given', 15, [[7, 10]])
const insulinTwice = daily('Insulin given', 15, [
  [7, 10],
  [16, 18],
])
const catheterChange = home('Catheter changed', 30)
const bloods = home('Blood taken at home', 15, [[8, 12]])
const matronVisit = home('Case management visit', 50, [[9, 16]])
const matronReview = home('Yearly review of the care plan', 60, [[9, 16]])

const catheter = (share: number): Need => ({
  service: 'district nursing',
  from: 'hospital',
  reason: 'Long-term catheter',
  share,
  visit: catheterChange,
  every: 70,
})

const matron = (share: number): Need => ({
  service: 'community matron',
  from: 'GP',
  reason: 'Case management of several conditions',
  share,
  visit: matronVisit,
  every: 28,
  review: matronReview,
})

export const NURSING: NeedsByCondition = {
  venousLegUlcer: [
    { service: 'district nursing', from: 'GP', share: 0.24, visit: compression, every: 3.5 },
    { service: 'district nursing', from: 'GP', share: 0.3, visit: clinicDressing, every: 7 },
  ],
  diabeticFootUlcer: [
    { service: 'district nursing', from: 'GP', share: 0.35, visit: footDressing, every: 3.5 },
  ],
  multipleSclerosis: [catheter(0.15)],
  parkinsons: [catheter(0.08)],
  prostateCancer: [catheter(0.03)],
  stroke: [catheter(0.02)],
  heartFailure: [matron(0.05)],
  copd: [matron(0.011)],
}

/** For whom injecting themselves has become too much: frail or forgetful people with diabetes. */
export const INSULIN: readonly Need[] = [
  {
    service: 'district nursing',
    from: 'GP',
    reason: 'Cannot give own insulin',
    visit: insulinOnce,
    every: 1,
  },
  {
    service: 'district nursing',
    from: 'GP',
    reason: 'Cannot give own insulin',
    visit: insulinTwice,
    every: 1,
  },
]

/** What frailty brings, by episodes a year at a frailty of 0.25; it grows with the square of frailty. */
export const FRAIL: readonly (Need & { perYear: number })[] = [
  {
    service: 'district nursing',
    from: 'GP',
    reason: 'Pressure ulcer',
    perYear: 0.06,
    days: 45,
    wait: 1,
    visit: home('Pressure ulcer: dressing', 25),
    every: 2.5,
  },
  {
    service: 'district nursing',
    from: 'GP',
    reason: 'Skin tear or wound of the leg',
    perYear: 0.1,
    days: 35,
    wait: 1,
    visit: home('Wound: dressing', 20),
    every: 3,
  },
  {
    service: 'district nursing',
    from: 'self',
    reason: 'Continence',
    perYear: 0.06,
    days: 30,
    wait: 14,
    visit: home('Continence assessment', 45),
    every: 21,
  },
  {
    service: 'district nursing',
    from: 'GP',
    reason: 'Housebound: blood tests and injections',
    perYear: 0.26,
    days: 14,
    wait: 3,
    visit: bloods,
    every: 7,
  },
]

/** What the ward asks for when somebody goes home: the share of stays of each kind. */
export const AFTER_HOSPITAL: readonly (Need & {
  after: 'operation' | 'emergency'
  days: number
  chance: number
})[] = [
  {
    service: 'district nursing',
    from: 'hospital',
    reason: 'Surgical wound',
    after: 'operation',
    chance: 0.2,
    days: 14,
    wait: 2,
    visit: home('Surgical wound: dressing', 20),
    every: 3,
  },
  {
    service: 'district nursing',
    from: 'hospital',
    reason: 'Injections after discharge',
    after: 'emergency',
    chance: 0.05,
    days: 9,
    wait: 1,
    visit: daily('Injection given', 15, [[9, 13]]),
    every: 1,
  },
  {
    service: 'district nursing',
    from: 'hospital',
    reason: 'Catheter after discharge',
    after: 'emergency',
    chance: 0.03,
    days: 30,
    wait: 3,
    visit: home('Trial without catheter', 45, [[8, 11]]),
    every: 14,
  },
]
