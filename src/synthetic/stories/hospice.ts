import { fullName } from '../people/person.ts'
import { noteContact, openEpisode } from '../record/contacts.ts'
import { fileAt, type Life } from '../record/file.ts'
import { measure } from '../record/observations.ts'
import { fileDocument, raiseFlag, writePlan } from '../record/plans.ts'
import { HOSPICE } from '../record/staff.ts'
import { daysAgo, hoursAfter, inWords, workingDaysAgo } from '../when.ts'

export interface HospiceCare {
  reason: string
  daysSince: number
  /** Days since care ended. */
  daysUntil?: number
  mattersMost: string
  preferredPlace: string
  resuscitation: 'attempt' | 'do not attempt'
  focus: string
}

/**
 * The recommendations a person and their doctor agreed for an emergency, under the headings such forms share. Not
 * legally binding, and the person keeps the original.
 */
function emergencyCarePlan(life: Life, care: HospiceCare, on: string): void {
  const { person } = life
  const file = fileAt(life, 'hospice')
  const resuscitate =
    care.resuscitation === 'attempt' ? 'CPR attempts recommended' : 'CPR attempts NOT recommended'
  fileDocument(file, {
    type: { text: 'Emergency care and treatment plan (ReSPECT style)' },
    title: `Summary plan for emergency care and treatment, ${inWords(on)}`,
    on,
    author: HOSPICE.doctor,
    lines: [
      `1. ${fullName(person)}, born ${inWords(person.born)}`,
      `2. Summary: ${care.reason}`,
      `3. What matters most: ${care.mattersMost}`,
      `4. Recommendations: ${care.focus} ${resuscitate}.`,
      '5. Capacity: has capacity for this conversation.',
      `6. Involved: the person${person.kin ? ` and ${person.kin.name} (${person.kin.relationship})` : ''}.`,
      `7. Signed: ${HOSPICE.doctor.name}, ${HOSPICE.doctor.role}.`,
      person.kin
        ? `8. In an emergency ring: ${person.kin.name}, ${person.kin.phone}.`
        : '8. In an emergency ring: the hospice.',
    ],
  })
  if (care.resuscitation === 'do not attempt') {
    raiseFlag(file, {
      kind: 'advance-directive',
      text: 'CPR attempts not recommended: see plan',
      on,
      author: HOSPICE.doctor,
    })
  }
}

export function hospiceCare(life: Life, care: HospiceCare): void {
  const { dice, now } = life
  const file = fileAt(life, 'hospice')
  const author = HOSPICE.nurse
  const from = workingDaysAgo(now, care.daysSince, 10)
  const until = care.daysUntil === undefined ? undefined : daysAgo(now, care.daysUntil, 9)
  const episode = openEpisode(file, {
    team: 'zhosp-community',
    type: 'Palliative support at home',
    from,
    until,
    manager: author,
  })
  const last = Math.max(care.daysUntil ?? 0, 6)
  for (let nth = 0; nth < 4; nth++) {
    const days = care.daysSince - Math.round(((care.daysSince - last) * nth) / 3)
    const on = workingDaysAgo(now, days, dice.whole(10, 15))
    const seen = noteContact(file, {
      kind: 'HH',
      type: nth === 0 ? 'First visit at home' : 'Visit at home',
      from: on,
      until: hoursAfter(on, 1, now),
      reason: { text: care.reason },
      author,
      episode,
    })
    const scale = 60 - nth * (care.daysUntil === undefined ? 3 : 10)
    measure(file, 'performance', scale, { on, author, encounter: `Encounter/${seen.id}` })
  }
  const planned = workingDaysAgo(now, Math.max(care.daysSince - 14, last), 15)
  emergencyCarePlan(life, care, planned)
  writePlan(file, {
    kind: 'Advance care plan',
    aim: care.mattersMost,
    actions: [
      `Preferred place of care: ${care.preferredPlace}`,
      'Review monthly',
      'Out of hours: hospice advice line',
    ],
    on: hoursAfter(planned, 0.5, now),
    author,
    until,
  })
}
