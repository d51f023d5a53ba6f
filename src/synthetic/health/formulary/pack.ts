/**
 * Medicines as a practice prints them. A dm+d code is given only for the few that were checked; a wrong code on a
 * medicine would be worse than none.
 */
export interface MedicineFacts {
  text: string
  code?: string
  dose: string
  /** Amount supplied at a time, in `unit`. */
  supply: number
  unit: string
  days: number
  /** Short courses are issued once; everything else is on repeat. */
  short?: true
  /** Chapter and section in the order of the British National Formulary, as prescribing data is grouped: 2.12 are statins. */
  section: string
  /**
   * Net ingredient cost of `supply`, in pence. Chosen near what the Drug Tariff and the Prescription Cost Analysis of the NHS
   * Business Services Authority showed for such packs in 2024 and 2025; prices move monthly, so none is exact.
   */
  pence: number
}

export const tablets = (
  text: string,
  dose: string,
  section: string,
  pence: number,
  perDay = 1,
): MedicineFacts => ({ text, dose, supply: 28 * perDay, unit: 'tablet', days: 28, section, pence })

export const capsules = (
  text: string,
  dose: string,
  section: string,
  pence: number,
  perDay = 1,
): MedicineFacts => ({ ...tablets(text, dose, section, pence, perDay), unit: 'capsule' })

export const pack = (
  text: string,
  dose: string,
  supply: number,
  unit: string,
  section: string,
  pence: number,
): MedicineFacts => ({ text, dose, supply, unit, days: 28, section, pence })

export const course = (
  text: string,
  dose: string,
  supply: number,
  unit: string,
  days: number,
  section: string,
  pence: number,
): MedicineFacts => ({ text, dose, supply, unit, days, short: true, section, pence })
