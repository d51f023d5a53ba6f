import { careForIllnesses } from '../episodes.ts'
import type { Everyday } from '../hospital-story.ts'
import { childrenInTheCommunity } from './children.ts'
import { districtNursing } from './district-nursing.ts'
import { intermediateCare } from './intermediate-care.ts'
import { NURSING } from './nursing-needs.ts'
import { therapyAfterHospital } from './therapy-after-hospital.ts'
import { THERAPY } from './therapy-needs.ts'
import { urgentResponse } from './urgent-response.ts'
import { virtualWard } from './virtual-ward.ts'

/** What community health services do: first what follows from hospital, then what follows from living with an illness. */
export function communityCare(life: Everyday): void {
  intermediateCare(life)
  virtualWard(life)
  therapyAfterHospital(life)
  districtNursing(life)
  urgentResponse(life)
  childrenInTheCommunity(life)
  careForIllnesses(life, NURSING)
  careForIllnesses(life, THERAPY)
}
