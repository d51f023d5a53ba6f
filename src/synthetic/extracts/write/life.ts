import type { Happening } from '../../lives/happening.ts'
import type { LifeStory } from '../../lives/story.ts'
import { writeCaseload, writeContact, writeSignal } from './caseloads.ts'
import { writeAdmission, writeBirth, writeOutpatient, writeReferral } from './hospital.ts'
import type { Pen } from './pen.ts'
import { writePerson } from './people.ts'
import { writeGpContact, writePrescription, writeTest, writeVaccination } from './practice.ts'
import { writeCareHomeStay, writeSocialCare } from './social-care.ts'
import { writeAmbulance, writeAttendance, writeCall } from './urgent-care.ts'

type Write<Kind extends Happening['kind']> = (
  pen: Pen,
  happening: Extract<Happening, { kind: Kind }>,
  nth: number,
) => void

const WRITE: { readonly [Kind in Happening['kind']]: Write<Kind> } = {
  'gp contact': writeGpContact,
  prescription: writePrescription,
  test: writeTest,
  vaccination: writeVaccination,
  call: writeCall,
  ambulance: writeAmbulance,
  'emergency attendance': writeAttendance,
  admission: writeAdmission,
  referral: writeReferral,
  outpatient: writeOutpatient,
  caseload: writeCaseload,
  'care contact': writeContact,
  'social care': writeSocialCare,
  'care home stay': writeCareHomeStay,
  'home signal': writeSignal,
  birth: writeBirth,
  // Where and of what somebody died is in their row of people.
  death: () => undefined,
}

/** Every row of one life, but that in people: see writePeople. */
export function writeLife(pen: Pen, story: LifeStory): void {
  pen.take(story)
  writePerson(pen, story)
  const { happenings } = story
  for (let nth = 0; nth < happenings.length; nth++) {
    const happening = happenings[nth] as Happening
    const write = WRITE[happening.kind] as Write<Happening['kind']>
    write(pen, happening as never, nth)
  }
}
