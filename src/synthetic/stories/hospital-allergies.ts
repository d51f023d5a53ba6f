import type { Health } from '../health/health.ts'
import { noteAllergy } from '../record/clinical.ts'
import type { Life } from '../record/file.ts'
import { HOSPITAL } from '../record/staff.ts'

/** The hospital asks about allergies too, and finds what the practice already knew. */
export function hospitalAllergies(life: Life, health: Health): void {
  const file = life.files.get('hospital')
  if (!file || typeof health.allergies === 'string') return
  const on = file.resources
    .flatMap((r) => (r.resourceType === 'Encounter' ? [r.period?.start ?? ''] : []))
    .sort()[0]
  if (!on) return
  for (const allergy of health.allergies) noteAllergy(file, allergy, { on, author: HOSPITAL.triage })
}
