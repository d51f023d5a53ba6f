import { BODY } from './formulary/body.ts'
import { BREATHING } from './formulary/breathing.ts'
import { HEART } from './formulary/heart.ts'
import { MIND } from './formulary/mind.ts'
import type { MedicineFacts } from './formulary/pack.ts'

const MEDICINES = { ...HEART, ...BREATHING, ...MIND, ...BODY } as const satisfies Record<
  string,
  MedicineFacts
>

export type MedicineId = keyof typeof MEDICINES

export const medicineFacts = (id: MedicineId): MedicineFacts => MEDICINES[id]
export const medicineIds = Object.keys(MEDICINES) as MedicineId[]
