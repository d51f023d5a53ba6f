import type { Admission, AmbulanceCall, Death, EmergencyAttendance } from '../happening.ts'
import type { Living } from '../living.ts'
import { type Moment, momentOn } from '../moment.ts'

/** What hospital and ambulance did with somebody, gone through once: most of what services outside do follows from it. */
export interface HospitalStory {
  /** Stays of at least a night after which the person went home or to a care home. */
  discharges: readonly Discharge[]
  attendances: readonly EmergencyAttendance[]
  ambulances: readonly AmbulanceCall[]
  /** When nothing more can happen: the death, or the moment of moving away, or the window’s end. */
  ends: Moment
  death?: Death
}

export type Discharge = Admission & { discharged: Moment }

/** A life as the parts outside hospital see it. */
export interface Everyday extends Living {
  hospital: HospitalStory
}

const isDischarge = (stay: Admission): stay is Discharge =>
  stay.discharged !== undefined &&
  stay.destination !== 'died' &&
  stay.destination !== 'another hospital' &&
  stay.method !== 'day case' &&
  stay.method !== 'regular' &&
  stay.method !== 'birth'

export function hospitalStoryOf({ happenings, resident }: Living): HospitalStory {
  const discharges: Discharge[] = []
  const attendances: EmergencyAttendance[] = []
  const ambulances: AmbulanceCall[] = []
  let death: Death | undefined
  for (const happening of happenings) {
    if (happening.kind === 'admission') {
      if (isDischarge(happening)) discharges.push(happening)
    } else if (happening.kind === 'emergency attendance') attendances.push(happening)
    else if (happening.kind === 'ambulance') ambulances.push(happening)
    else if (happening.kind === 'death') death = happening
  }
  const ends = death?.at ?? momentOn(resident.present.until, 0) - 1
  return { discharges, attendances, ambulances, ends, ...(death && { death }) }
}
