/** The kinds of event in a person's timeline, in the order of its filter. */
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

/** What a resource tells the timeline: columns of record.timeline_event that are its own. `at` null: it has no date, and stands where it was received. */
export type TimelineEvent = {
  type: string
  kind: Kind
  /** Tells an episode's opening from its closing. */
  happening: 'opened' | 'closed' | null
  at: Date | string | null
  /** As the source wrote it, to its own precision. */
  at_text: string | null
  title: string | null
  detail: string | null
  /** The class of an encounter, the category of results. */
  code: string | null
  status: string | null
  author: string | null
  /** Rows of one source and day that agree in this are told as one; it becomes the status of them all. */
  together: string | null
}

/** A row of a view table, by its columns' names. */
type ViewRow = Record<string, unknown>
type Cell = string | null

/** How the rows of one view table are told. Columns that say when: the best first. */
type Telling = {
  type: string
  kind: Kind
  at: readonly string[]
  title: (row: ViewRow) => Cell
  detail?: (row: ViewRow) => Cell
  code?: (row: ViewRow) => Cell
  status?: (row: ViewRow) => Cell
  author: string
  happening?: 'opened' | 'closed'
  together?: (row: ViewRow) => string
  tells?: (row: ViewRow) => boolean
}

const cell = (value: unknown): Cell => (value === null || value === undefined ? null : String(value))

/** The first of these columns that is filled. */
const first =
  (...names: string[]) =>
  (row: ViewRow): Cell =>
    cell(names.map((name) => row[name]).find((value) => value !== null && value !== undefined))

const notWithdrawn = (row: ViewRow): boolean => row['status'] !== 'entered-in-error'

/** Doubt comes before state: "refuted" matters more than "active". */
const doubtOrState = (row: ViewRow): Cell =>
  cell(row['verification_status'] === 'confirmed' ? null : row['verification_status']) ??
  cell(row['clinical_status'])

const episode = {
  type: 'EpisodeOfCare',
  kind: 'episode',
  title: first('type_text'),
  detail: first('team_display'),
} as const

/** A medicine that was stopped must not stand among those that were not, so they come together by state. */
const medicine = (type: string): Telling => ({
  type,
  kind: 'medicine',
  at: ['started', 'authored'],
  title: first('title'),
  detail: first('dosage_text'),
  author: 'author_display',
  together: (row) => cell(row['status']) ?? '',
  tells: notWithdrawn,
})

const tellings: Readonly<Record<string, readonly Telling[]>> = {
  v_encounter: [
    {
      type: 'Encounter',
      kind: 'encounter',
      at: ['started'],
      title: first('type_text'),
      detail: first('reason_text'),
      code: first('class_code'),
      author: 'author_display',
    },
  ],
  v_episode: [
    { ...episode, at: ['started'], author: 'care_manager_display', happening: 'opened' },
    {
      ...episode,
      at: ['ended'],
      author: 'care_manager_display',
      happening: 'closed',
      tells: (row) => row['ended_at'] !== null,
    },
  ],
  v_service_request: [
    {
      type: 'ServiceRequest',
      kind: 'referral',
      at: ['authored', 'occurrence'],
      title: first('title'),
      detail: first('reason_text'),
      code: first('performer_display'),
      author: 'requester_display',
    },
  ],
  v_observation: [
    {
      type: 'Observation',
      kind: 'results',
      at: ['effective', 'issued'],
      title: first('title'),
      code: first('category_code'),
      author: 'performer_display',
      together: () => '',
      tells: notWithdrawn,
    },
  ],
  v_document: [
    {
      type: 'DocumentReference',
      kind: 'document',
      at: ['created'],
      title: first('title', 'description'),
      code: first('type_title'),
      author: 'author_display',
    },
  ],
  v_medication_request: [medicine('MedicationRequest')],
  v_medication_statement: [medicine('MedicationStatement')],
  v_condition: [
    {
      type: 'Condition',
      kind: 'problem',
      at: ['recorded', 'onset'],
      title: first('title'),
      detail: first('severity'),
      status: doubtOrState,
      author: 'recorder_display',
    },
  ],
  v_allergy: [
    {
      type: 'AllergyIntolerance',
      kind: 'allergy',
      at: ['recorded', 'onset'],
      title: first('title'),
      detail: first('manifestations'),
      status: doubtOrState,
      author: 'recorder_display',
    },
  ],
  v_procedure: [
    {
      type: 'Procedure',
      kind: 'procedure',
      at: ['performed'],
      title: first('title'),
      author: 'performer_display',
    },
  ],
  v_immunization: [
    {
      type: 'Immunization',
      kind: 'immunisation',
      at: ['occurred'],
      title: first('title'),
      author: 'performer_display',
    },
  ],
  v_care_plan: [
    {
      type: 'CarePlan',
      kind: 'care plan',
      at: ['started', 'created'],
      title: first('title', 'category_text'),
      detail: first('description'),
      author: 'author_display',
    },
  ],
}

/** The types of resource that the timeline tells of. */
export const told: ReadonlySet<string> = new Set(
  Object.values(tellings).flatMap((those) => those.map(({ type }) => type)),
)

/** Whether the rows of this table are told at all. */
export const tellsTimeline = (table: string): boolean => table in tellings

/** What one row of a view table tells the timeline; nothing for a table that it does not tell of. */
export function timelineEvents(table: string, row: ViewRow): TimelineEvent[] {
  return (tellings[table] ?? [])
    .filter(({ tells }) => tells?.(row) ?? true)
    .map(({ type, kind, at, title, detail, code, status, author, happening, together }) => ({
      type,
      kind,
      happening: happening ?? null,
      at: (at.map((name) => row[`${name}_at`]).find((value) => value) ?? null) as Date | string | null,
      at_text: first(...at)(row),
      title: title(row),
      detail: detail?.(row) ?? null,
      code: code?.(row) ?? null,
      status: (status ?? first('status'))(row),
      author: cell(row[author]),
      together: together?.(row) ?? null,
    }))
}
