import { fullName, type Person } from '../people/person.ts'
import { noteCondition } from '../record/clinical.ts'
import { noteContact } from '../record/contacts.ts'
import { fileAt, type Life } from '../record/file.ts'
import { measure, noteFinding } from '../record/observations.ts'
import { fileDocument, noteCarer } from '../record/plans.ts'
import { HOSPITAL } from '../record/staff.ts'
import { daysBetween, hoursAfter, inWords, workingDaysAgo } from '../when.ts'

const WARD = 'RFR/WHARNCLIFFE'

/** Born on the maternity ward: weight, hearing screen and home, usually the next day. */
export function birthStory(life: Life, weightInKg: number): void {
  const { now, person } = life
  const file = fileAt(life, 'hospital')
  const from = hoursAfter(`${person.born}T00:00:00Z`, 4 + (person.birthOrder ?? 1) * 0.3, now)
  const until = hoursAfter(from, person.birthOrder ? 76 : 30, now)
  const stay = noteContact(file, {
    kind: 'IMP',
    type: 'Birth',
    from,
    until,
    reason: { text: person.birthOrder ? 'Birth of twin' : 'Birth' },
    author: HOSPITAL.midwife,
    stops: [{ location: WARD, from, until }],
  })
  const at = { on: hoursAfter(from, 0.5, now), author: HOSPITAL.midwife, encounter: `Encounter/${stay.id}` }
  measure(file, 'weight', weightInKg, { ...at, comment: 'Birth weight' })
  noteFinding(file, 'Newborn hearing screen', 'Clear response both ears', {
    ...at,
    on: hoursAfter(from, 20, now),
    category: 'exam',
  })
  noteCarer(file)
}

/** Booking, scans and the birth, as the mother's own hospital record tells them. */
export function motherStory(life: Life, babies: readonly Person[]): void {
  const { now, person } = life
  const born = babies[0]?.born
  if (!born) return
  const file = fileAt(life, 'hospital')
  const ago = daysBetween(born, now)
  const author = HOSPITAL.midwife
  noteCondition(file, 'pregnancy', {
    on: workingDaysAgo(now, ago + 189, 10),
    until: `${born}T04:30:00Z`,
    author,
  })
  for (const [type, before] of [
    ['Antenatal booking', 189],
    ['12-week scan', 172],
    ['20-week scan', 119],
  ] as const) {
    const on = workingDaysAgo(now, ago + before, 11)
    noteContact(file, {
      kind: 'AMB',
      type,
      from: on,
      until: hoursAfter(on, 0.7, now),
      reason: { text: 'Pregnancy' },
      author,
    })
  }
  const from = hoursAfter(`${born}T00:00:00Z`, -9, now)
  const until = hoursAfter(`${born}T00:00:00Z`, babies.length > 1 ? 81 : 35, now)
  const stay = noteContact(file, {
    kind: 'IMP',
    type: 'Maternity admission',
    from,
    until,
    reason: { text: babies.length > 1 ? 'Labour, twins' : 'Labour' },
    author,
    stops: [{ location: WARD, from, until }],
  })
  fileDocument(file, {
    type: { text: 'Discharge summary', code: '373942005' },
    title: `Maternity discharge summary, ${inWords(until)}`,
    on: hoursAfter(until, 1, now),
    author,
    encounter: `Encounter/${stay.id}`,
    lines: [
      fullName(person),
      `Birth of ${babies.map((b) => b.given[0]).join(' and ')} on ${inWords(born)}. Mother and ${babies.length > 1 ? 'babies' : 'baby'} well.`,
      'Community midwife to visit at home.',
    ],
  })
}
