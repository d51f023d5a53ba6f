/** What one unit of an activity costs. Each says where its figure comes from; an assumption says that it is one. */
export interface UnitCost {
  what: string
  unit: string
  pounds: number
  source: string
  year: string
  /** Of what it is the mean, so that a test can take it again. */
  mean?: { department: string; codes: readonly string[] }
}

export type UnitCosts = Readonly<Record<string, UnitCost>>

const NATIONAL = 'NHS England, National Cost Collection'
/**
 * The collection's mean, weighted by activity.
 * @param codes how the currency codes begin that it is the mean of, with spaces between; none for the whole department
 */
export const national = (
  what: string,
  unit: string,
  pounds: number,
  department: string,
  codes = '',
): UnitCost => ({
  what,
  unit,
  pounds,
  source: `${NATIONAL}, ${department}, ${codes === '' ? 'all currencies' : codes}`,
  year: '2024-25',
  mean: { department, codes: codes === '' ? [] : codes.split(' ') },
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
