import { dayOf } from '../../moment.ts'
import { careForIllnesses, episode } from '../episodes.ts'
import type { Everyday } from '../hospital-story.ts'
import { adultAssessments } from './assessments.ts'
import { childrensMentalHealth } from './children.ts'
import { liaison } from './liaison.ts'
import { memoryService } from './memory-service.ts'
import { AFTER_WARD, MENTAL_HEALTH } from './needs.ts'
import { talkingTherapies } from './talking-therapies.ts'

/** What mental health, learning disability and drug and alcohol services do, beds apart: they are told before. */
export function mentalHealthCare(life: Everyday): void {
  liaison(life)
  memoryService(life)
  childrensMentalHealth(life)
  talkingTherapies(life)
  adultAssessments(life)
  careForIllnesses(life, MENTAL_HEALTH, 18)
  afterWard(life)
}

/** Whoever leaves a ward is seen by the community team for a while, if it does not see them already. */
function afterWard(life: Everyday): void {
  if (life.away.length === 0) return
  const caseloads = life.happenings.filter((happening) => happening.kind === 'caseload')
  for (const ward of caseloads) {
    if (ward.service !== 'mental health inpatient' || ward.closed === undefined) continue
    const left = ward.closed
    const known = caseloads.some(
      ({ service, at, closed }) => service === AFTER_WARD.service && at <= left && (closed ?? left) >= left,
    )
    if (!known) episode(life, AFTER_WARD, ward.reason.condition, dayOf(left) + 1, ward)
  }
}
