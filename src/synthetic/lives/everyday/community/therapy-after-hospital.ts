import { dayOf } from '../../moment.ts'
import type { Visit } from '../caseload.ts'
import { episode, type Need } from '../episodes.ts'
import type { Everyday } from '../hospital-story.ts'

const atHome = (what: string): Visit => ({
  what,
  mode: 'home',
  minutes: 45,
  rounds: [[9, 16]],
  cancelled: 0.04,
})

interface AfterStay extends Need {
  /** ICD-10 of the stay’s main diagnosis, and OPCS-4 of what was done. */
  diagnosis?: RegExp
  procedure?: RegExp
  chance: number
}

/**
 * Who is seen at home or in a clinic after a stay, by what the stay was for. Of people who have had a stroke about half go home
 * with early supported discharge (Sentinel Stroke National Audit Programme 2023-24); nearly everyone is offered physiotherapy
 * after a broken hip or a new joint.
 */
const AFTER: readonly AfterStay[] = [
  {
    service: 'community therapy',
    from: 'hospital',
    reason: 'Stroke: early supported discharge',
    diagnosis: /^I6[134]/,
    chance: 0.5,
    days: 42,
    wait: 1,
    visit: { ...atHome('Stroke rehabilitation at home'), weekends: true },
    every: 2.5,
  },
  {
    service: 'speech and language',
    from: 'hospital',
    reason: 'Speech or swallowing after a stroke',
    diagnosis: /^I6[134]/,
    chance: 0.35,
    days: 60,
    wait: 4,
    visit: atHome('Speech and language therapy'),
    every: 7,
  },
  {
    service: 'community therapy',
    from: 'hospital',
    reason: 'Rehabilitation after a broken hip',
    diagnosis: /^S72/,
    chance: 0.75,
    days: 45,
    wait: 4,
    visit: atHome('Rehabilitation at home'),
    every: 4,
  },
  {
    service: 'community therapy',
    from: 'hospital',
    reason: 'Physiotherapy after a new joint',
    procedure: /^W(3[7-9]|4[0-2]|9[3-5])/,
    chance: 0.8,
    days: 56,
    wait: 12,
    visit: { ...atHome('Physiotherapy'), mode: 'clinic', minutes: 30, missed: 0.05 },
    every: 14,
  },
]

export function therapyAfterHospital(life: Everyday): void {
  for (const stay of life.hospital.discharges) {
    const [diagnosis = ''] = stay.diagnoses
    const [procedure = ''] = stay.procedures
    for (const need of AFTER) {
      const fits = need.diagnosis ? need.diagnosis.test(diagnosis) : need.procedure?.test(procedure)
      if (fits && life.dice.chance(need.chance)) episode(life, need, undefined, dayOf(stay.discharged), stay)
    }
  }
}
