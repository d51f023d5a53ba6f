import { livesInCareHomeOn } from '../../living.ts'
import type { Day } from '../../moment.ts'
import { momentOn } from '../../moment.ts'
import { seeEvery, takeOn, type Visit } from '../caseload.ts'
import type { Everyday } from '../hospital-story.ts'

/**
 * Of those whose death is seen coming, the share whom the hospice’s community team knows: hospices reach about 40 in 100 of all who die
 * (Hospice UK 2022-23: 310,000 people in a year, those they sit with in homes and the bereaved among them). Half are known for less than seven weeks
 * (Allsop 2018, duration of palliative care before death, 48 days in the middle).
 * Seven in ten of those referred have cancer (minimum data set for specialist palliative care).
 */
const KNOWN = { cancer: { atHome: 0.95, inCareHome: 0.5 }, others: { atHome: 0.46, inCareHome: 0.17 } }
const DAYS_IN_THE_MIDDLE = 48

const nurse: Visit = { what: 'Hospice at home: nurse’s visit', mode: 'home', minutes: 55, rounds: [[9, 17]] }
const call: Visit = { what: 'Hospice: telephone', mode: 'telephone', minutes: 20, rounds: [[9, 17]] }
const sitting: Visit = {
  what: 'Hospice at home: care in the last days',
  mode: 'home',
  minutes: 90,
  rounds: [[8, 22]],
  weekends: true,
}

/** The nearer the end, the more often: from how many days before, until how many, and a contact how many days apart. */
const RISING: readonly (readonly [visit: Visit, from: number, until: number, every: number])[] = [
  [nurse, Number.POSITIVE_INFINITY, 42, 21],
  [call, Number.POSITIVE_INFINITY, 42, 14],
  [nurse, 42, 14, 7],
  [call, 42, 14, 7],
  [nurse, 14, 5, 3],
  [call, 14, 0, 2],
  [sitting, 5, -1, 1],
]

export function hospiceAtHome(life: Everyday): void {
  const { fate, dice, resident } = life
  if (!fate.end?.expected) return
  const { day, cause } = fate.end
  const known = cause.icd10?.startsWith('C') ? KNOWN.cancer : KNOWN.others
  if (!dice.chance(livesInCareHomeOn(life, day) ? known.inCareHome : known.atHome)) return
  const weeks = DAYS_IN_THE_MIDDLE * Math.exp(1.1 * dice.near(0, 1))
  const since = Math.ceil(day - Math.max(6, Math.min(500, weeks)))
  const first: Day = Math.max(since, resident.present.from)
  const caseload = takeOn(life, {
    service: 'hospice community',
    from: dice.chance(0.55) ? 'GP' : 'hospital',
    reason: cause,
    at: momentOn(first, 9) + dice.whole(0, 420),
    since,
  })
  if (!caseload) return
  for (const [visit, from, until, every] of RISING)
    seeEvery(life, caseload, visit, every, Math.max(first + 1, day - Math.min(from, 1000)), day - until)
}
