import type { Dice } from '../dice.ts'
import type { IllnessFacts } from '../health/illnesses.ts'
import type { Vitals } from './observations.ts'

/** What a grown-up's signs settle to, and by how much one reading differs from the next. */
export interface Settled {
  systolic: number
  spread: Record<'systolic' | 'breathing' | 'oxygen' | 'pulse' | 'temperature', number>
}

/**
 * A grown-up's signs on the way from an illness to health.
 * @param share 0 on arrival to 1 when mended
 */
export function settling(
  { vitals, oxygenScale2 }: Pick<IllnessFacts, 'vitals' | 'oxygenScale2'>,
  share: number,
  dice: Dice,
  { systolic: well, spread }: Settled,
): Vitals {
  const settle = (ill: number, mended: number, by: number) => ill + (mended - ill) * share + dice.near(0, by)
  const systolic = Math.round(settle(vitals.systolic, well, spread.systolic))
  return {
    breathing: Math.round(settle(vitals.breathing, 17, spread.breathing)),
    oxygen: Math.min(Math.round(settle(vitals.oxygen, oxygenScale2 ? 91 : 96, spread.oxygen)), 99),
    onOxygen: vitals.oxygen < 93 && share < 0.4,
    scale2: oxygenScale2 ?? false,
    systolic,
    diastolic: Math.round(systolic * 0.58),
    pulse: Math.round(settle(vitals.pulse, 78, spread.pulse)),
    temperature: settle(vitals.temperature, 36.8, spread.temperature),
  }
}
