/** What one unit of an activity costs. Each says where its figure comes from; an assumption says that it is one. */
export interface UnitCost {
  what: string
  unit: string
  pounds: number
  source: string
  year: string
}

export type UnitCosts = Readonly<Record<string, UnitCost>>

const NATIONAL = 'NHS England, National Cost Collection'
/** @param currency department and currency code, as the collection names them */
export const national = (what: string, unit: string, pounds: number, currency: string): UnitCost => ({
  what,
  unit,
  pounds,
  source: `${NATIONAL}, ${currency}`,
  year: '2024-25',
})

/** Suffolk and North East Essex's published linked data model, which takes most of them from the Unit Costs of Health and Social Care. */
export const linkedModel = (what: string, unit: string, pounds: number): UnitCost => ({
  what,
  unit,
  pounds,
  source: 'Suffolk and North East Essex ICS, unit costs of its linked data model (after PSSRU)',
  year: '2024',
})

/** @param why what it was reckoned from */
export const assumed = (what: string, unit: string, pounds: number, why: string): UnitCost => ({
  what,
  unit,
  pounds,
  source: `Assumption: ${why}`,
  year: '2024-25',
})

export const penceOf = (cost: UnitCost): number => Math.round(cost.pounds * 100)
