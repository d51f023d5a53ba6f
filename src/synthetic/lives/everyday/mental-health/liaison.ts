import type { EmergencyAttendance } from '../../happening.ts'
import { momentOn } from '../../moment.ts'
import { see, seeOn, takeOn, type Visit } from '../caseload.ts'
import type { Everyday } from '../hospital-story.ts'

/**
 * The liaison team works in the hospital at all hours (the national CORE 24 standard): somebody in crisis in A&E is seen within an
 * hour. Self-harm is X60 to X84, poisoning T36 to T50, illnesses of the mind F.
 */
const isOfTheMind = (code: string | undefined): boolean =>
  code !== undefined &&
  (/^F|^R45/.test(code) || /^X[67]|^X8[0-4]/.test(code) || /^T(3[6-9]|4\d|50)/.test(code))

const assessment: Visit = {
  what: 'Liaison: assessment in A&E',
  mode: 'ward',
  minutes: 70,
  rounds: [[0, 24]],
  weekends: true,
}
const followUp: Visit = {
  what: 'Liaison: call after leaving',
  mode: 'telephone',
  minutes: 20,
  rounds: [[9, 17]],
  missed: 0.25,
}

function seenBy(life: Everyday, attendance: EmergencyAttendance): void {
  const { dice } = life
  if (attendance.outcome === 'left before being seen' || attendance.outcome === 'died' || !dice.chance(0.85))
    return
  const asked = attendance.seen + dice.whole(10, 60)
  const day = Math.floor(asked / 1440)
  const caseload = takeOn(life, {
    service: 'mental health liaison',
    from: 'hospital',
    reason: attendance.reason,
    at: asked,
    because: attendance,
    until: day + 7,
  })
  if (!caseload) return
  see(life, caseload, assessment, asked + (dice.chance(0.8) ? dice.whole(10, 60) : dice.whole(61, 180)))
  if (attendance.outcome === 'discharged' && momentOn(day + 2, 17) < life.hospital.ends)
    seeOn(life, caseload, followUp, day + dice.whole(1, 3))
}

export function liaison(life: Everyday): void {
  for (const attendance of life.hospital.attendances)
    if (isOfTheMind(attendance.reason.icd10)) seenBy(life, attendance)
}
