import type { Dice } from '../dice.ts'
import { nursingTeamFor } from '../people/towns.ts'
import { isOnCaseload, noteContact, openEpisode } from '../record/contacts.ts'
import { fileAt, type Life } from '../record/file.ts'
import { lastKnown, measure, noteFinding, takeVitals, type Vitals } from '../record/observations.ts'
import { noteCarer, raiseFlag, writePlan } from '../record/plans.ts'
import { COMMUNITY, districtNurse } from '../record/staff.ts'
import { daysAgo, hoursAfter } from '../when.ts'

interface Need {
  type: string
  aim: string
  actions: readonly string[]
  /** Days between visits. */
  every: number
  /** What the nurse looks at, and what they write about it from the first visit to the last. */
  looksAt: string
  findings: readonly string[]
}

const NEEDS = {
  legUlcer: {
    type: 'Leg ulcer care',
    aim: 'Heal the ulcer and keep the legs comfortable.',
    actions: [
      'Compression bandaging, nurse review every 7 to 10 days',
      'Measure the ulcer every four weeks',
      'Doppler every six months',
    ],
    every: 7,
    looksAt: 'Wound assessment',
    findings: [
      'Left leg 6 by 4cm, wet, sloughy',
      'Left leg 5.5 by 4cm, less wet',
      'Left leg 5 by 3cm, pink at the edges',
      'Left leg 4 by 2.5cm, granulating',
    ],
  },
  afterFall: {
    type: 'Wound care after a fall',
    aim: 'Heal the skin tear, and get back to walking to the shop.',
    actions: [
      'Dressing twice a week',
      'Lying and standing blood pressure',
      'Check walking frame and trip hazards',
    ],
    every: 4,
    looksAt: 'Wound assessment',
    findings: ['Right shin skin tear 7 by 3cm, clean', 'Right shin 5 by 2cm, healing', 'Right shin healed'],
  },
  afterHip: {
    type: 'Care after a hip operation',
    aim: 'Heal the wound, finish the injections, and get back to walking to the shop.',
    actions: [
      'Blood thinning injection each day for 28 days',
      'Staples out at 14 days',
      'Heel and skin check',
    ],
    every: 4,
    looksAt: 'Wound assessment',
    findings: ['Hip wound dry, staples in place', 'Staples removed, wound closed', 'Hip wound healed'],
  },
  insulin: {
    type: 'Insulin administration',
    aim: 'Steady sugars without hypos.',
    actions: [
      'Insulin each morning by the support worker',
      'Nurse review every week',
      'Foot check every week',
    ],
    every: 7,
    looksAt: 'Diabetes review at home',
    findings: [
      'Blood sugar 11.2 before breakfast',
      'Blood sugar 9.4 before breakfast',
      'Blood sugar 8.1 before breakfast',
    ],
  },
  heartFailure: {
    type: 'Heart failure support at home',
    aim: 'Stay at home and out of hospital; catch swelling early.',
    actions: [
      'Weigh at every visit',
      'Ring the heart failure nurse if 2kg gained in three days',
      'Check ankles and skin',
    ],
    every: 7,
    looksAt: 'Swelling (oedema) assessment',
    findings: ['Ankles swollen to mid-calf', 'Ankles swollen to ankle only', 'No swelling, skin dry'],
  },
  palliative: {
    type: 'Palliative nursing at home',
    aim: 'Comfort at home, in the place of choice.',
    actions: ['Visit twice a week', 'Anticipatory medicines in the house', 'Support for the family'],
    every: 4,
    looksAt: 'Symptom review',
    findings: ['Comfortable', 'Pain on movement, settled with liquid morphine', 'Comfortable, sleeping more'],
  },
} as const satisfies Record<string, Need>

export interface NursingCare {
  need: keyof typeof NEEDS
  daysSince: number
  /** Days since the team closed the episode; left out while it is open. */
  daysUntil?: number
  team?: string
  flag?: string
  /** Kilograms gained or lost from one visit to the next, starting at what the practice last knew. */
  weightChange?: number
  waterlow?: number
  /** No visits while away in hospital: days back to the admission. */
  awaySince?: number
}

function steady(dice: Dice): Vitals {
  const systolic = Math.round(dice.near(126, 10))
  return {
    breathing: dice.whole(14, 19),
    oxygen: dice.whole(95, 98),
    systolic,
    diastolic: Math.round(systolic * 0.58),
    pulse: dice.whole(64, 88),
    temperature: dice.near(36.6, 0.2),
  }
}

/** On the caseload: an opening visit, a plan, then visits at the need's own pace until today or the last one. */
export function districtNursing(life: Life, care: NursingCare): void {
  const { dice, now, person } = life
  const need: Need = NEEDS[care.need]
  const file = fileAt(life, 'community')
  const team = care.team ?? nursingTeamFor(person.address)
  if (isOnCaseload(file, team)) return
  const author = districtNurse(team)
  const opened = daysAgo(now, care.daysSince, 9)
  const closed = care.daysUntil === undefined ? undefined : daysAgo(now, care.daysUntil, 16)
  const episode = openEpisode(file, { team, type: need.type, from: opened, until: closed, manager: author })
  writePlan(file, {
    kind: `Nursing care plan: ${need.type.toLowerCase()}`,
    aim: need.aim,
    actions: need.actions,
    on: daysAgo(now, care.daysSince, 11),
    author,
    until: closed,
  })
  if (!file.resources.some((r) => r.resourceType === 'RelatedPerson')) noteCarer(file)
  if (care.flag) raiseFlag(file, { kind: 'contact', text: care.flag, on: opened, author })
  const last = Math.max(care.daysUntil ?? 0, care.awaySince ?? 0, 1)
  const visits = Math.min(Math.floor((care.daysSince - last) / need.every) + 1, 12)
  const weight = lastKnown(life, 'weight') ?? 74
  for (let nth = 0; nth < visits; nth++) {
    const days = care.daysSince - Math.round((nth * (care.daysSince - last)) / Math.max(visits - 1, 1))
    const on = daysAgo(now, days, dice.whole(9, 14), dice.pick([0, 15, 30, 45]))
    const seen = noteContact(file, {
      kind: 'HH',
      type: nth === 0 ? 'First visit at home' : 'Visit at home',
      from: on,
      until: hoursAfter(on, 0.6, now),
      reason: { text: need.type },
      author,
      episode,
    })
    const at = { on: hoursAfter(on, 0.2, now), author, encounter: `Encounter/${seen.id}` }
    const stage = Math.floor((nth * need.findings.length) / visits)
    noteFinding(file, need.looksAt, need.findings[stage] ?? '', { ...at, category: 'exam' })
    if (nth === 0) {
      measure(file, 'waterlow', care.waterlow ?? dice.whole(11, 19), at)
      measure(
        file,
        'malnutrition',
        dice.weighted([
          [0, 5],
          [1, 3],
          [2, 1],
        ]),
        at,
      )
    }
    if (care.weightChange) measure(file, 'weight', weight + care.weightChange * nth, at)
    if (nth === 0 || nth === visits - 1) takeVitals(file, steady(dice), at)
  }
}

/** Physiotherapy and occupational therapy at home: a short, closed episode with the community matrons' team. */
export function therapyAtHome(life: Life, daysSince: number): void {
  const { dice, now } = life
  const file = fileAt(life, 'community')
  const until = daysAgo(now, Math.max(daysSince - 35, 2), 15)
  const opened = daysAgo(now, daysSince, 10)
  const episode = openEpisode(file, {
    team: 'rfr-matrons',
    type: 'Falls prevention',
    from: opened,
    until,
    manager: COMMUNITY.matron,
  })
  for (const [author, days, note] of [
    [COMMUNITY.physio, daysSince - 2, 'Strength and balance exercises started. Timed up and go 24 seconds.'],
    [COMMUNITY.therapist, daysSince - 9, 'Grab rail and perching stool ordered. Rug taken up.'],
    [COMMUNITY.physio, daysSince - 30, 'Timed up and go 17 seconds. Walking outdoors with a stick.'],
  ] as const) {
    const on = daysAgo(now, Math.max(days, 3), dice.whole(9, 15))
    const seen = noteContact(file, {
      kind: 'HH',
      type: `${author.role} visit at home`,
      from: on,
      until: hoursAfter(on, 0.8, now),
      reason: { text: 'Falls prevention' },
      author,
      episode,
    })
    noteFinding(file, 'Therapy review', note, {
      on,
      author,
      encounter: `Encounter/${seen.id}`,
      category: 'exam',
    })
  }
}
