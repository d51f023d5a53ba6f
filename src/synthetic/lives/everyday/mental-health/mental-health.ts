import { careForIllnesses } from '../episodes.ts'
import type { Everyday } from '../hospital-story.ts'
import { childrensMentalHealth } from './children.ts'
import { liaison } from './liaison.ts'
import { memoryService } from './memory-service.ts'
import { MENTAL_HEALTH } from './needs.ts'
import { talkingTherapies } from './talking-therapies.ts'

/** What mental health, learning disability and drug and alcohol services do, beds apart: they are told before. */
export function mentalHealthCare(life: Everyday): void {
  liaison(life)
  memoryService(life)
  childrensMentalHealth(life)
  talkingTherapies(life)
  careForIllnesses(life, MENTAL_HEALTH, 18)
}
