import { type Dice, diceFor } from '../../dice.ts'
import { householdOn, type Resident } from '../../residents/resident.ts'
import { workdayFrom } from '../bank-holidays.ts'
import type { Admission, Birth } from '../happening.ts'
import { tell } from '../living.ts'
import { type Day, dayOf, MINUTES_A_DAY, type Moment, momentOn } from '../moment.ts'
import type { World } from '../world.ts'
import { diagnosesOf } from './also-known.ts'
import { type Course, isPresent, limitAfter } from './course.ts'
import type { SettledStep } from './last-days.ts'
import { LABOUR, wardOf } from './specialties.ts'

/** How a birth goes. Mother and child each tell their own life, so both read it from dice of the birth's own. */
interface Confinement {
  at: Moment
  weeks: number
  delivery: Birth['delivery']
  labourHours: number
  home: Moment
  dice: Dice
}

export interface ChildbirthStep {
  kind: 'childbirth'
  day: Day
  what: 'antenatal' | 'labour'
  first: boolean
  birth: Day
}

/** Weeks of pregnancy in which a woman is seen at the hospital: booking, two scans, and later clinics (NICE NG201). */
const SEEN_AT = [9, 12, 20, 28, 36, 40] as const

/** Born before 37 weeks: 7.6 in 100 (ONS, Birth characteristics 2022). */
const WEEKS: readonly (readonly [number, number])[] = [
  [27, 0.5],
  [30, 0.7],
  [33, 1.6],
  [35, 2.7],
  [36, 3.8],
  [37, 8],
  [38, 18],
  [39, 28],
  [40, 24],
  [41, 12],
  [42, 1.6],
]

/** Caesareans are 4 in 10 births in England, half of them planned (NHS Maternity Statistics 2023-24). */
const DELIVERIES: readonly (readonly [Birth['delivery'], number])[] = [
  ['vaginal', 50],
  ['instrumental', 10],
  ['planned caesarean', 17],
  ['emergency caesarean', 23],
]
/** OPCS-4, and nights after the birth. */
const OF_DELIVERY: Record<Birth['delivery'], readonly [code: string, nights: number, diagnosis: string]> = {
  vaginal: ['R249', 1, 'O800'],
  instrumental: ['R219', 1, 'O814'],
  'planned caesarean': ['R179', 2, 'O820'],
  'emergency caesarean': ['R182', 2, 'O821'],
}

function confinementOf(world: World, mother: Resident, day: Day): Confinement {
  const dice = diceFor(`${world.seed}/birth/${mother.serial}/${day}`)
  const delivery = dice.weighted(DELIVERIES)
  const planned = delivery === 'planned caesarean'
  const at = momentOn(day, planned ? dice.whole(9, 13) : dice.whole(2, 23), dice.whole(0, 59))
  const weeks = planned ? dice.whole(38, 39) : dice.weighted(WEEKS)
  const nights =
    OF_DELIVERY[delivery][1] + (dice.chance(0.3) ? 1 : 0) + (dice.chance(0.06) ? dice.whole(1, 4) : 0)
  return {
    at,
    weeks,
    delivery,
    labourHours: planned ? 2 : dice.whole(1, 2),
    home: momentOn(day + nights, dice.whole(10, 18), dice.whole(0, 59)),
    dice,
  }
}

/** Clinics before the birth; births in the months after the window bring women to them as well. */
export function childbirthSteps(mother: Resident): ChildbirthStep[] {
  const steps: ChildbirthStep[] = []
  for (const birth of mother.givesBirth) {
    for (const week of SEEN_AT) {
      const day = workdayFrom(birth - (40 - week) * 7 + (mother.serial % 5))
      if (day < birth)
        steps.push({ kind: 'childbirth', day, what: 'antenatal', first: week === SEEN_AT[0], birth })
    }
    steps.push({ kind: 'childbirth', day: birth, what: 'labour', first: false, birth })
  }
  return steps
}

function grams({ dice, weeks }: Confinement): number {
  // Middle weight by week, near the UK-WHO chart: 3,500 g at 40 weeks, 2,600 at 36, 1,700 at 32; a deviation of about 360 g.
  return Math.round(Math.max(500, dice.near(3500 - Math.max(0, 40 - weeks) * 215, 620)) / 10) * 10
}

function labour(course: Course, { birth }: ChildbirthStep): void {
  const { living } = course
  const { world, resident } = living
  const confinement = confinementOf(world, resident, birth)
  const { at, delivery, weeks, labourHours, home } = confinement
  const children = householdOn(resident, birth).members.filter(
    (member) => member.mother === resident && member.born === birth,
  )
  const limit = limitAfter(course, birth)
  const begins = Math.max(at - labourHours * 60, momentOn(birth, 0))
  const [code, , diagnosis] = OF_DELIVERY[delivery]
  const told: Admission = {
    kind: 'admission',
    at: begins,
    method: 'maternity',
    specialty: 'Obstetrics',
    diagnoses: diagnosesOf(living, birth, diagnosis, [children.length > 1 ? 'Z372' : 'Z370']),
    procedures: [code],
    reason: { text: 'Childbirth', icd10: diagnosis, condition: 'pregnancy' },
    wards: [
      { ward: LABOUR, from: begins },
      { ward: wardOf('Obstetrics'), from: at + 180 },
    ],
    critical: false,
  }
  leave(course, told, home, limit)
  tell(living, told)
  for (const child of children)
    tell(living, {
      kind: 'birth',
      at,
      because: told,
      child: child.serial,
      weeks,
      grams: grams(confinement),
      delivery,
    })
}

function leave(course: Course, told: Admission, home: Moment, limit: Day): void {
  const { window } = course.living.world
  const last = momentOn(limit, 0) - 1
  course.free = Math.min(home, last) + 1
  if (home > last && limit === window.until) return
  told.discharged = Math.min(home, last)
  told.ready = told.discharged
  told.pathway = 0
  told.destination = 'usual home'
}

/** The newborn’s own stay: with the mother, or in special care for whoever came too soon. */
export function birthStay(course: Course, last?: SettledStep): void {
  const { living } = course
  const { resident, world, dice } = living
  if (resident.arrived !== 'born' || !resident.mother || resident.born < world.window.from) return
  if (resident.born < resident.present.from || resident.born >= resident.present.until) return
  const { at, weeks, home } = confinementOf(world, resident.mother, resident.born)
  const early = weeks < 35 || (weeks < 37 && dice.chance(0.4)) || dice.chance(0.04)
  const specialty = early ? 'Neonatal critical care' : 'Well babies'
  const soon = Math.round(early ? Math.max(3, (37 - weeks) * 6) : 0)
  const told: Admission = {
    kind: 'admission',
    at,
    method: 'birth',
    specialty,
    diagnoses: [weeks < 37 ? 'P073' : 'Z380'],
    procedures: [],
    reason: { text: 'Born in hospital', icd10: weeks < 37 ? 'P073' : 'Z380' },
    wards: [{ ward: wardOf(specialty), from: at }],
    critical: weeks < 32,
  }
  if (last?.sinceBirth) {
    last.ends = Math.max(last.ends, at)
    told.critical = true
    told.discharged = last.ends
    told.destination = 'died'
    course.free = last.ends
  } else {
    leave(course, told, home + soon * MINUTES_A_DAY, limitAfter(course, dayOf(at)))
  }
  tell(living, told)
}

export function childbirth(course: Course, step: ChildbirthStep): void {
  if (!isPresent(course, step.day)) return
  if (step.what === 'labour') {
    labour(course, step)
    return
  }
  const { living } = course
  const { dice } = living
  const at = momentOn(step.day, dice.whole(9, 16), dice.whole(0, 5) * 10)
  if (at < course.free || step.day < living.resident.born) return
  tell(living, {
    kind: 'outpatient',
    at,
    specialty: 'Obstetrics',
    first: step.first,
    mode: 'face to face',
    status: dice.chance(0.05) ? 'did not attend' : 'attended',
    outcome: 'another appointment',
  })
}
