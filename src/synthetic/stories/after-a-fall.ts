import { medicineFacts } from '../health/medicines.ts'
import { noteCondition, prescribe } from '../record/clinical.ts'
import { fileAt, type Life } from '../record/file.ts'
import { requestService } from '../record/plans.ts'
import { aGp, HOSPITAL } from '../record/staff.ts'
import { daysAgo, workingDaysAgo } from '../when.ts'
import { districtNursing, therapyAtHome } from './district-nursing.ts'
import { hospitalStay } from './hospital-stay.ts'
import { carePackage, reablement } from './social-care.ts'

/** Before leaving, the ward asks for what will be needed at home. */
function askForHelpAtHome(life: Life, daysBack: number, what: string, to: string): void {
  requestService(fileAt(life, 'hospital'), {
    on: daysAgo(life.now, daysBack + 1, 14),
    author: HOSPITAL.discharge,
    what,
    to,
    reason: 'Discharge home after a fall',
    status: 'completed',
  })
}

/** After a broken hip the practice lists the fracture and starts what the letter asked for. */
function boneCare(life: Life, home: number): void {
  const gp = fileAt(life, 'general-practice')
  const noted = {
    on: workingDaysAgo(life.now, Math.max(home - 4, 1), 11),
    author: aGp(life.dice, gp.organisation.code),
  }
  const reason = noteCondition(gp, 'hipFracture', noted)
  for (const medicine of ['alendronicAcid', 'colecalciferol'] as const) {
    const { text } = medicineFacts(medicine)
    const taken = gp.resources.some(
      (r) => r.resourceType === 'MedicationRequest' && r.medicationCodeableConcept?.text === text,
    )
    if (!taken) prescribe(gp, medicine, { ...noted, reason })
  }
}

export interface Fall {
  /** Days since the fall. */
  daysBack: number
  nights: number
  /** How much help was needed afterwards. */
  help: 'none' | 'some' | 'lasting'
  broken?: boolean
  flag?: string
  /** What the ward changed among the medicines. */
  changes?: string
}

/**
 * The story this borough tells most often: a fall, an ambulance, a ward, and then the district nurses, the
 * enablement service and sometimes lasting care, each starting where the last left off.
 */
export function afterAFall(life: Life, fall: Fall): void {
  const { dice, now, person } = life
  const illness = fall.broken ? 'hipFracture' : 'fall'
  hospitalStay(life, {
    illness,
    arrived: daysAgo(now, fall.daysBack, dice.whole(6, 20), dice.whole(0, 59)),
    days: fall.nights,
    letter: {
      ...(fall.help === 'none' && { asks: 'Please check U&E in two weeks.' }),
      ...(fall.changes && { changes: fall.changes }),
    },
  })
  const home = fall.daysBack - fall.nights - 1
  if (fall.broken) boneCare(life, home)
  if (home < 3 || fall.help === 'none') return
  askForHelpAtHome(life, home, 'Wound care and falls review at home', 'District Nursing')
  askForHelpAtHome(life, home, 'Enablement after hospital', 'Enablement Service')
  districtNursing(life, {
    need: fall.broken ? 'afterHip' : 'afterFall',
    daysSince: home - 1,
    ...(home > 45 && { daysUntil: home - 42 }),
    ...(fall.flag && { flag: fall.flag }),
  })
  if (home > 50) therapyAtHome(life, home - 8)
  const lasted = Math.min(dice.whole(28, 42), home)
  const better = fall.help === 'some'
  reablement(
    life,
    home,
    lasted,
    better ? 'Goals met; managing without help.' : 'Partly met; lasting help needed.',
  )
  if (better || home - lasted < 2) return
  carePackage(life, {
    daysSince: home - lasted,
    need: 'Help with washing, dressing and meals',
    calls: [
      'Morning call, 45 minutes',
      'Lunch call, 30 minutes',
      'Tea-time call, 30 minutes',
      'Pendant alarm',
    ],
    keySafe: person.livesAlone,
  })
}
