import { sql } from 'kysely'
import { type Asking, inRecord } from '../frame/asking.ts'

/** Prescriptions, and medicines that someone says the person takes. */
export async function medicines(asking: Asking) {
  const columns = [
    'resource_id',
    'source',
    'received_at',
    'category',
    'code',
    'code_system',
    'title',
    'status',
    'intent',
    'dosage_text',
    'dose',
    'frequency',
    'route',
    'as_needed',
  ] as const
  const times = [
    'started',
    'started_at',
    'ended',
    'ended_at',
    'authored',
    'authored_at',
    'author_display',
    'reason_text',
    'course_type',
    'repeats_allowed',
    'note',
  ] as const
  return asking.db
    .selectFrom('record.v_medication_request as v')
    .select(columns)
    .select(times)
    .select(sql<boolean>`true`.as('prescribed'))
    .where(inRecord(asking, 'MedicationRequest'))
    .unionAll(
      asking.db
        .selectFrom('record.v_medication_statement as v')
        .select(columns)
        .select(times)
        .select(sql<boolean>`false`.as('prescribed'))
        .where(inRecord(asking, 'MedicationStatement')),
    )
    .orderBy('title')
    .orderBy('resource_id')
    .execute()
}

export type MedicineRow = Awaited<ReturnType<typeof medicines>>[number]
