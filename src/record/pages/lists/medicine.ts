import { type Group, grouped } from '../frame/grouping.ts'
import type { MedicineRow } from './medicines.queries.ts'

type State = Pick<MedicineRow, 'status' | 'ended_at'>

/**
 * Whether a medicine is one that the person has now.
 *
 * | status | end | |
 * |---|---|---|
 * | active, on-hold, intended, or none given | none, or still to come | now |
 * | the same | past | past: nobody closes a short course |
 * | stopped, completed, cancelled, draft, not-taken, unknown, entered-in-error | any | past |
 */
export function isCurrent({ status, ended_at }: State, now: Date): boolean {
  if (ended_at !== null && ended_at <= now) return false
  return status === null || status === 'active' || status === 'on-hold' || status === 'intended'
}

const statuses: Record<string, string> = {
  active: 'Current',
  'on-hold': 'On hold',
  intended: 'To be started',
  stopped: 'Stopped',
  completed: 'Completed',
  cancelled: 'Cancelled',
  draft: 'Draft',
  'not-taken': 'Not taken',
  'entered-in-error': 'Entered in error',
}

/** "Ended" where its time has passed and its source still calls it active. */
export function medicineStatus(row: State, now: Date): string {
  if (isCurrent(row, now)) return statuses[row.status ?? 'active'] ?? 'Current'
  return row.status === 'active' ? 'Ended' : (statuses[row.status ?? ''] ?? 'Not known')
}

/** Repeat or acute, by the course type of UK Core; a prescription that may be repeated is a repeat too. */
export function course({
  course_type,
  repeats_allowed,
}: Pick<MedicineRow, 'course_type' | 'repeats_allowed'>): 'Repeat' | 'Acute' | 'Not stated' {
  if (/continuous|repeat|long.term/i.test(course_type ?? '') || (repeats_allowed ?? 0) > 0) return 'Repeat'
  return /acute|short|once/i.test(course_type ?? '') ? 'Acute' : 'Not stated'
}

/** How it is taken, as written; put together from its parts only where nothing was written. */
export function dosage(
  row: Pick<MedicineRow, 'dosage_text' | 'dose' | 'frequency' | 'route' | 'as_needed'>,
): string | undefined {
  const asNeeded =
    row.as_needed === true && !/need|prn|required/i.test(row.dosage_text ?? '') ? 'when needed' : undefined
  const parts = row.dosage_text ? [row.dosage_text, asNeeded] : [row.dose, row.frequency, row.route, asNeeded]
  return parts.filter(Boolean).join(', ') || undefined
}

/** Current medicines and past ones apart, so that one stopped is never read as one taken; each with everyone who says so. */
export function sortOutMedicines(
  rows: readonly MedicineRow[],
  now: Date,
): { current: Group<MedicineRow>[]; past: Group<MedicineRow>[] } {
  return {
    current: grouped(rows.filter((row) => isCurrent(row, now))),
    past: grouped(rows.filter((row) => !isCurrent(row, now))),
  }
}
