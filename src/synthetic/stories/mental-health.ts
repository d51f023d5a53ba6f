import { fullName } from '../people/person.ts'
import { noteCondition } from '../record/clinical.ts'
import { noteContact, openEpisode } from '../record/contacts.ts'
import { fileAt, type Life } from '../record/file.ts'
import { measure } from '../record/observations.ts'
import { fileDocument, raiseFlag, writePlan } from '../record/plans.ts'
import { type Author, MENTAL_HEALTH } from '../record/staff.ts'
import { daysAgo, hoursAfter, inWords, workingDaysAgo } from '../when.ts'

type MemoryFinding = 'mildCognitiveImpairment' | 'dementia'

/** Assessed over three visits, told the result, and kept under review or handed back to the practice. */
export function memoryService(life: Life, finding: MemoryFinding, daysSince: number, open: boolean): void {
  const { dice, now, person } = life
  const file = fileAt(life, 'mental-health')
  const from = workingDaysAgo(now, daysSince, 9)
  const until = open ? undefined : workingDaysAgo(now, Math.max(daysSince - 120, 5), 16)
  const nurse = MENTAL_HEALTH.memoryNurse
  const episode = openEpisode(file, {
    team: 'rxe-memory',
    type: 'Memory assessment',
    from,
    until,
    manager: nurse,
  })
  const visits = [daysSince - 3, daysSince - 24, daysSince - 52].filter((days) => days > 2)
  visits.forEach((days, nth) => {
    const on = workingDaysAgo(now, days, 11)
    const author = nth === 2 ? MENTAL_HEALTH.olderAdults : nurse
    const type =
      ['Memory assessment at home', 'Memory clinic: tests', 'Memory clinic: result'][nth] ?? 'Review'
    noteContact(file, {
      kind: nth === 0 ? 'HH' : 'AMB',
      type,
      from: on,
      until: hoursAfter(on, 1, now),
      reason: { text: 'Memory problems' },
      author,
      episode,
    })
    if (nth === 1) {
      const score = finding === 'dementia' ? dice.whole(52, 71) : dice.whole(79, 85)
      measure(file, 'memoryScore', score, { on, author })
    }
    if (nth === 2) resultLetter(life, finding, on)
  })
  writePlan(file, {
    kind: 'Memory service plan',
    aim: `Help ${person.knownAs ?? person.given[0]} keep doing what matters to them.`,
    actions: ['Information about memory cafés', 'Calendar clock and pill organiser', 'Review in 12 months'],
    on: workingDaysAgo(now, Math.max(daysSince - 53, 2), 15),
    author: nurse,
    until,
  })
}

function resultLetter(life: Life, finding: MemoryFinding, on: string): void {
  const { person, now } = life
  const file = fileAt(life, 'mental-health')
  const author = MENTAL_HEALTH.olderAdults
  noteCondition(file, finding, { on, author })
  const words =
    finding === 'dementia' ? 'dementia, probably mixed Alzheimer’s and vascular' : 'mild cognitive impairment'
  fileDocument(file, {
    type: { text: 'Memory clinic letter' },
    title: `Memory clinic letter, ${inWords(on)}`,
    on: hoursAfter(on, 48, now),
    author,
    lines: [
      `${fullName(person)}, born ${inWords(person.born)}`,
      `We met on ${inWords(on)} and talked through the tests. The picture is of ${words}.`,
      'We talked about driving, lasting power of attorney, and who to ring when worried.',
    ],
  })
}

const TALKS = [
  'Low mood, poor sleep, not leaving the house much.',
  'Sleeping better. Walked to the market twice this week.',
  'Working on a routine. Thoughts of harm less often, no plans.',
  'Back at the allotment. Wants fortnightly visits.',
]

export interface TeamCare {
  condition: 'depression' | 'anxiety' | 'schizophrenia' | 'bipolar'
  daysSince: number
  daysUntil?: number
  /** Also seen by the crisis team, so many days ago. */
  crisisDaysAgo?: number
}

/** On the community team's caseload: diagnosis, a crisis plan the person helped write, and regular visits. */
export function communityMentalHealth(life: Life, care: TeamCare): void {
  const { dice, now } = life
  const file = fileAt(life, 'mental-health')
  const nurse = MENTAL_HEALTH.nurse
  const from = workingDaysAgo(now, care.daysSince, 10)
  const until = care.daysUntil === undefined ? undefined : workingDaysAgo(now, care.daysUntil, 15)
  const episode = openEpisode(file, {
    team: 'rxe-cmht',
    type: 'Community mental health care',
    from,
    until,
    manager: nurse,
  })
  noteCondition(file, care.condition, { on: from, author: MENTAL_HEALTH.psychiatrist })
  crisisPlan(life, nurse, workingDaysAgo(now, Math.max(care.daysSince - 20, 1), 14), until)
  const last = care.daysUntil ?? dice.whole(4, 16)
  for (let nth = 0; nth < 4; nth++) {
    const days = care.daysSince - Math.round(((care.daysSince - last) * nth) / 3)
    const on = workingDaysAgo(now, days, dice.whole(9, 15))
    const seen = noteContact(file, {
      kind: nth % 2 ? 'HH' : 'AMB',
      type: nth === 0 ? 'Assessment' : 'Appointment with care co-ordinator',
      from: on,
      until: hoursAfter(on, 0.8, now),
      reason: { text: TALKS[nth] ?? '' },
      author: nurse,
      episode,
    })
    const at = { on, author: nurse, encounter: `Encounter/${seen.id}` }
    if (care.condition === 'depression') measure(file, 'moodScore', 19 - nth * 3 + dice.whole(-1, 1), at)
    if (care.condition === 'anxiety') measure(file, 'worryScore', 16 - nth * 2 + dice.whole(-1, 1), at)
  }
  if (care.crisisDaysAgo !== undefined) crisisTeam(life, care.crisisDaysAgo)
}

function crisisPlan(life: Life, author: Author, on: string, until: string | undefined): void {
  writePlan(fileAt(life, 'mental-health'), {
    kind: 'Crisis plan',
    aim: 'What I want to happen if I become unwell.',
    actions: [
      'Early signs: not sleeping, not answering the phone',
      'Ring the crisis line on 01632 960111, day or night',
      'Speak to me quietly; music helps',
      'I would rather be treated at home',
    ],
    on,
    author,
    until,
  })
}

function crisisTeam(life: Life, daysBack: number): void {
  const { now } = life
  const file = fileAt(life, 'mental-health')
  const author = MENTAL_HEALTH.crisis
  const from = daysAgo(now, daysBack, 19)
  const until = daysAgo(now, Math.max(daysBack - 12, 1), 12)
  const episode = openEpisode(file, {
    team: 'rxe-crisis',
    type: 'Home treatment',
    from,
    until,
    manager: author,
  })
  for (const days of [daysBack, daysBack - 2, daysBack - 5].filter((d) => d > 1)) {
    const on = days === daysBack ? from : daysAgo(now, days, 18)
    noteContact(file, {
      kind: 'HH',
      type: 'Crisis visit at home',
      from: on,
      until: hoursAfter(on, 1, now),
      reason: { text: 'Worsening mood with thoughts of self-harm' },
      author,
      episode,
    })
  }
  raiseFlag(file, {
    kind: 'safety',
    text: 'Recent crisis: check crisis plan before visiting',
    on: from,
    author,
  })
}
