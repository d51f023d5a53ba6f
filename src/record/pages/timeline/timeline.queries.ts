import { type RawBuilder, sql } from 'kysely'
import { type Asking, inRecord } from '../frame/asking.ts'

/** The kinds of event, in the words of the filter. */
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

/** Something that happened. `happening` tells an episode's opening from its closing. */
export type Event = {
  kind: Kind
  happening: 'opened' | 'closed' | null
  id: string
  at: Date
  /** As the source wrote it, to its own precision; null where it gave none, and then `at` is when it was received. */
  at_text: string | null
  title: string | null
  detail: string | null
  /** The class of an encounter, the category of results. */
  code: string | null
  status: string | null
  author: string | null
  source: string
  category: string
  received_at: Date
  /** Of several things told as one: their names and their resources. */
  names: string[] | null
  ids: string[] | null
}

/** The place in the timeline after which to go on. */
export type Cursor = { at: Date; kind: string; id: string }

export type Wanted = {
  kinds: readonly Kind[]
  sources: readonly string[]
  since: Date | undefined
  before: Cursor | undefined
  most: number
}

/** Events newest first, of these kinds, sources and times. */
export async function events(asking: Asking, wanted: Wanted): Promise<Event[]> {
  const branches = wanted.kinds.flatMap((kind) => {
    if (kind === 'results') return [together(asking, wanted, results)]
    if (kind === 'medicine') return prescriptions.map((one) => together(asking, wanted, one))
    return tellings[kind].map((one) => branch(asking, kind, one, wanted))
  })
  if (branches.length === 0) return []
  const { before } = wanted
  const after = before
    ? sql`where (at, kind || '/' || id) < (${before.at}, ${`${before.kind}/${before.id}`})`
    : sql``
  const { rows } = await sql<Event>`
    select * from (${sql.join(branches, sql` union all `)}) as event
    ${after}
    order by at desc, kind || '/' || id desc limit ${wanted.most}`.execute(asking.db)
  return rows
}

/** How one view table tells of events: its columns by the names of Event. */
type Telling = {
  type: string
  table: string
  at: readonly string[]
  title: RawBuilder<unknown>
  detail?: RawBuilder<unknown>
  code?: RawBuilder<unknown>
  author: string
  happening?: 'opened' | 'closed'
  where?: RawBuilder<boolean>
}

const column = (name: string) => sql.ref(`v.${name}`)
const nothing = sql`null::text`

const tellings: Record<Exclude<Kind, 'results' | 'medicine'>, readonly Telling[]> = {
  encounter: [
    {
      type: 'Encounter',
      table: 'v_encounter',
      at: ['started'],
      title: column('type_text'),
      detail: column('reason_text'),
      code: column('class_code'),
      author: 'author_display',
    },
  ],
  episode: (['opened', 'closed'] as const).map((happening) => ({
    type: 'EpisodeOfCare',
    table: 'v_episode',
    at: [happening === 'opened' ? 'started' : 'ended'],
    title: column('type_text'),
    detail: column('team_display'),
    author: 'care_manager_display',
    happening,
    where: happening === 'opened' ? sql<boolean>`true` : sql<boolean>`v.ended_at is not null`,
  })),
  referral: [
    {
      type: 'ServiceRequest',
      table: 'v_service_request',
      at: ['authored', 'occurrence'],
      title: column('title'),
      detail: column('reason_text'),
      code: column('performer_display'),
      author: 'requester_display',
    },
  ],
  document: [
    {
      type: 'DocumentReference',
      table: 'v_document',
      at: ['created'],
      title: sql`coalesce(v.title, v.description)`,
      detail: nothing,
      code: column('type_title'),
      author: 'author_display',
    },
  ],
  problem: [
    {
      type: 'Condition',
      table: 'v_condition',
      at: ['recorded', 'onset'],
      title: column('title'),
      detail: column('severity'),
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
      author: 'recorder_display',
    },
  ],
  procedure: [
    {
      type: 'Procedure',
      table: 'v_procedure',
      at: ['performed'],
      title: column('title'),
      author: 'performer_display',
    },
  ],
  immunisation: [
    {
      type: 'Immunization',
      table: 'v_immunization',
      at: ['occurred'],
      title: column('title'),
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
      author: 'author_display',
    },
  ],
}

const statusOf: Record<string, RawBuilder<unknown>> = {
  v_condition: sql`coalesce(nullif(v.verification_status, 'confirmed'), v.clinical_status)`,
  v_allergy: sql`coalesce(nullif(v.verification_status, 'confirmed'), v.clinical_status)`,
}

function branch(
  asking: Asking,
  kind: Kind,
  telling: Telling,
  { sources, since }: Wanted,
): RawBuilder<unknown> {
  const texts = sql.join(telling.at.map((name) => column(name)))
  // What has no date of its own stands where it was received, rather than nowhere.
  const at = sql`coalesce(${sql.join(telling.at.map((name) => column(`${name}_at`)))}, v.received_at)`
  return sql`
    select ${kind}::text as kind, ${telling.happening ?? null}::text as happening, v.resource_id || ${telling.happening === 'closed' ? ' closed' : ''} as id,
      ${at} as at, coalesce(${texts}) as at_text, ${telling.title} as title, ${telling.detail ?? nothing} as detail, ${telling.code ?? nothing} as code,
      ${statusOf[telling.table] ?? sql`v.status`} as status, ${column(telling.author)} as author,
      v.source, v.category, v.received_at, null::text[] as names, null::text[] as ids
    from ${sql.table(`record.${telling.table}`)} v
    where ${inRecord(asking, telling.type)} and ${telling.where ?? sql<boolean>`true`}
      and v.source = any (${[...sources]}::text[]) ${since ? sql`and ${at} >= ${since}` : sql``}`
}

/** What one source says on one day that a reader takes as one event: a blood test, not nine; a repeat prescription, not ten. */
type Together = {
  kind: Kind
  type: string
  table: string
  at: RawBuilder<Date>
  at_text: RawBuilder<string>
  detail: RawBuilder<unknown>
  code: RawBuilder<unknown>
  author: RawBuilder<unknown>
}

const results: Together = {
  kind: 'results',
  type: 'Observation',
  table: 'v_observation',
  at: sql`coalesce(v.effective_at, v.issued_at, v.received_at)`,
  at_text: sql`coalesce(v.effective, v.issued)`,
  detail: nothing,
  code: sql`v.category_code`,
  author: sql`v.performer_display`,
}

const prescriptions: Together[] = [
  ['MedicationRequest', 'v_medication_request'],
  ['MedicationStatement', 'v_medication_statement'],
].map(([type = '', table = '']) => ({
  kind: 'medicine',
  type,
  table,
  at: sql`coalesce(v.started_at, v.authored_at, v.received_at)`,
  at_text: sql`coalesce(v.started, v.authored)`,
  detail: sql`v.dosage_text`,
  code: nothing,
  author: sql`v.author_display`,
}))

function together(
  asking: Asking,
  { sources, since }: Wanted,
  { kind, type, table, at, at_text, detail, code, author }: Together,
): RawBuilder<unknown> {
  // The state of a test says nothing to a reader; a medicine that was stopped must not stand among those that were not.
  const status = kind === 'results' ? nothing : sql`v.status`
  return sql`
    select ${kind}::text as kind, null::text as happening, min(v.resource_id) as id, max(${at}) as at, max(${at_text}) as at_text,
      case when count(*) = 1 then max(v.title) end as title, case when count(*) = 1 then max(${detail}) end as detail, ${code} as code,
      ${status} as status, max(${author}) as author, v.source, v.category, max(v.received_at) as received_at,
      array_agg(distinct v.title) filter (where v.title is not null) as names, array_agg(v.resource_id order by v.resource_id) as ids
    from ${sql.table(`record.${table}`)} v
    where ${inRecord(asking, type)} and coalesce(v.status, '') <> 'entered-in-error'
      and v.source = any (${[...sources]}::text[]) ${since ? sql`and ${at} >= ${since}` : sql``}
    group by v.source, v.category, ${code}, ${status}, (${at} at time zone 'Europe/London')::date`
}
