import { type RawBuilder, sql } from 'kysely'

/** The kinds of event, in the order of the filter. */
export const kinds = [
  'encounter',
  'episode',
  'referral',
  'results',
  'document',
  'medicine',
  'problem',
  'allergy',
  'procedure',
  'immunisation',
  'care plan',
] as const
export type Kind = (typeof kinds)[number]

/** How one view table tells of events: its columns in terms of an event's. */
export type Telling = {
  type: string
  table: string
  /** Columns that say when, the best first. */
  at: readonly string[]
  title: RawBuilder<unknown>
  detail?: RawBuilder<unknown>
  code?: RawBuilder<unknown>
  status: RawBuilder<unknown>
  author: string
  happening?: 'opened' | 'closed'
  /** Rows of one source and day that agree in this are told as one; it becomes the status of them all. */
  together?: RawBuilder<unknown>
  where?: RawBuilder<boolean>
}

const column = (name: string) => sql.ref(`v.${name}`)
const status = column('status')
const notWithdrawn = sql<boolean>`v.status is distinct from 'entered-in-error'`
/** Doubt comes before state: "refuted" matters more than "active". */
const doubtOrState = sql`coalesce(nullif(v.verification_status, 'confirmed'), v.clinical_status)`

const episode = (happening: 'opened' | 'closed'): Telling => ({
  type: 'EpisodeOfCare',
  table: 'v_episode',
  at: [happening === 'opened' ? 'started' : 'ended'],
  title: column('type_text'),
  detail: column('team_display'),
  status,
  author: 'care_manager_display',
  happening,
  ...(happening === 'closed' ? { where: sql<boolean>`v.ended_at is not null` } : {}),
})

/** A medicine that was stopped must not stand among those that were not, so they come together by state. */
const medicine = (type: string, table: string): Telling => ({
  type,
  table,
  at: ['started', 'authored'],
  title: column('title'),
  detail: column('dosage_text'),
  status,
  author: 'author_display',
  together: sql`coalesce(v.status, '')`,
  where: notWithdrawn,
})

export const tellings: Record<Kind, readonly Telling[]> = {
  encounter: [
    {
      type: 'Encounter',
      table: 'v_encounter',
      at: ['started'],
      title: column('type_text'),
      detail: column('reason_text'),
      code: column('class_code'),
      status,
      author: 'author_display',
    },
  ],
  episode: [episode('opened'), episode('closed')],
  referral: [
    {
      type: 'ServiceRequest',
      table: 'v_service_request',
      at: ['authored', 'occurrence'],
      title: column('title'),
      detail: column('reason_text'),
      code: column('performer_display'),
      status,
      author: 'requester_display',
    },
  ],
  results: [
    {
      type: 'Observation',
      table: 'v_observation',
      at: ['effective', 'issued'],
      title: column('title'),
      code: column('category_code'),
      status,
      author: 'performer_display',
      together: sql`''::text`,
      where: notWithdrawn,
    },
  ],
  document: [
    {
      type: 'DocumentReference',
      table: 'v_document',
      at: ['created'],
      title: sql`coalesce(v.title, v.description)`,
      code: column('type_title'),
      status,
      author: 'author_display',
    },
  ],
  medicine: [
    medicine('MedicationRequest', 'v_medication_request'),
    medicine('MedicationStatement', 'v_medication_statement'),
  ],
  problem: [
    {
      type: 'Condition',
      table: 'v_condition',
      at: ['recorded', 'onset'],
      title: column('title'),
      detail: column('severity'),
      status: doubtOrState,
      author: 'recorder_display',
    },
  ],
  allergy: [
    {
      type: 'AllergyIntolerance',
      table: 'v_allergy',
      at: ['recorded', 'onset'],
      title: column('title'),
      detail: column('manifestations'),
      status: doubtOrState,
      author: 'recorder_display',
    },
  ],
  procedure: [
    {
      type: 'Procedure',
      table: 'v_procedure',
      at: ['performed'],
      title: column('title'),
      status,
      author: 'performer_display',
    },
  ],
  immunisation: [
    {
      type: 'Immunization',
      table: 'v_immunization',
      at: ['occurred'],
      title: column('title'),
      status,
      author: 'performer_display',
    },
  ],
  'care plan': [
    {
      type: 'CarePlan',
      table: 'v_care_plan',
      at: ['started', 'created'],
      title: sql`coalesce(v.title, v.category_text)`,
      detail: column('description'),
      status,
      author: 'author_display',
    },
  ],
}
