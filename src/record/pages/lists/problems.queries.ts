import { sql } from 'kysely'
import { type Asking, inRecord } from '../frame/asking.ts'

/** Every problem that a source has recorded, in whatever state. */
export function problems(asking: Asking) {
  return asking.db
    .selectFrom('record.v_condition as v')
    .select([
      'resource_id',
      'source',
      'received_at',
      'category',
      'code',
      'code_system',
      'title',
      'clinical_status',
      'verification_status',
      'severity',
    ])
    .select([
      'onset',
      'onset_at',
      'onset_text',
      'abated',
      'abated_at',
      'abated_text',
      'recorded',
      'recorded_at',
      'recorder_display',
      'asserter_display',
      'note',
    ])
    .where(inRecord(asking, 'Condition'))
    .orderBy(sql`coalesce(v.onset_at, v.recorded_at) desc nulls last`)
    .orderBy('v.resource_id')
    .execute()
}

export type ProblemRow = Awaited<ReturnType<typeof problems>>[number]
