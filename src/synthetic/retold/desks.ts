import type { ServiceId } from '../lives/happening.ts'
import type { SourceKind } from '../place.ts'
import { type Author, COMMUNITY, HOSPICE, MENTAL_HEALTH } from '../record/staff.ts'

/** Which source and team writes about a service. */
export interface Desk {
  source: SourceKind
  /** The team as places/rotherham names it; district nurses by locality. */
  team: string | 'by locality'
  type: string
  lead: Author
}

const community = (team: string, type: string, lead: Author): Desk => ({
  source: 'community',
  team,
  type,
  lead,
})
const mind = (team: string, type: string, lead: Author): Desk => ({
  source: 'mental-health',
  team,
  type,
  lead,
})

/**
 * Services left out send nothing to the record: drug and alcohol services keep what they know to themselves, telecare and social
 * prescribing have no system of the place's.
 */
export const DESKS: Partial<Record<ServiceId, Desk>> = {
  'district nursing': community('by locality', 'District nursing', COMMUNITY.central),
  'community matron': community('rfr-matrons', 'Community matron', COMMUNITY.matron),
  'urgent community response': community('rfr-rapid', 'Urgent community response', COMMUNITY.rapid),
  'virtual ward': community('rfr-virtual-ward', 'Virtual ward', COMMUNITY.virtualWard),
  'community therapy': community('rfr-therapy', 'Community therapy', COMMUNITY.physio),
  'intermediate care': community('rfr-intermediate', 'Intermediate care', COMMUNITY.therapist),
  podiatry: community('rfr-podiatry', 'Podiatry', COMMUNITY.podiatrist),
  'speech and language': community('rfr-speech', 'Speech and language therapy', COMMUNITY.speech),
  'health visiting': community('rfr-health-visiting', 'Health visiting', COMMUNITY.healthVisitor),
  'school nursing': community('rfr-school-nursing', 'School nursing', COMMUNITY.schoolNurse),
  'community mental health': mind('rxe-cmht', 'Community mental health', MENTAL_HEALTH.nurse),
  'crisis and home treatment': mind('rxe-crisis', 'Crisis and home treatment', MENTAL_HEALTH.crisis),
  'memory service': mind('rxe-memory', 'Memory service', MENTAL_HEALTH.memoryNurse),
  'talking therapies': mind('rxe-talking', 'Talking therapies', MENTAL_HEALTH.talking),
  'children’s mental health': mind('rxe-camhs', 'Children’s mental health', MENTAL_HEALTH.children),
  'mental health liaison': mind('rxe-liaison', 'Mental health liaison', MENTAL_HEALTH.liaison),
  'mental health inpatient': mind('rxe-inpatient', 'Mental health inpatient care', MENTAL_HEALTH.wardNurse),
  'learning disability': mind(
    'rxe-learning-disability',
    'Community learning disability team',
    MENTAL_HEALTH.learningDisability,
  ),
  'hospice community': {
    source: 'hospice',
    team: 'zhosp-community',
    type: 'Palliative care at home',
    lead: HOSPICE.nurse,
  },
  'hospice inpatient': {
    source: 'hospice',
    team: 'zhosp-inpatient',
    type: 'Hospice inpatient care',
    lead: HOSPICE.doctor,
  },
}
