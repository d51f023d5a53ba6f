import { Rows } from './rows.ts'

/** The extracts that have rows of people; the rest are tables of reference. */
export const SHEETS = [
  'people',
  'residences',
  'conditions',
  'risk_factors',
  'gp_appointments',
  'prescribing',
  'tests',
  'vaccinations',
  'calls',
  'ambulance',
  'emergency_care',
  'admitted_care',
  'ward_stays',
  'referrals',
  'outpatients',
  'births',
  'community_caseloads',
  'community_contacts',
  'mental_health_caseloads',
  'mental_health_contacts',
  'hospice_caseloads',
  'hospice_contacts',
  'social_prescribing_caseloads',
  'social_prescribing_contacts',
  'telecare_caseloads',
  'telecare_contacts',
  'home_signals',
  'adult_social_care',
  'care_home_stays',
] as const

export type SheetId = (typeof SHEETS)[number]
export type Sheets = Readonly<Record<SheetId, Rows>>

/** @param expected bytes of each, such as the last neighbourhood's: growing means copying */
export const emptySheets = (expected: ReadonlyMap<SheetId, number> = new Map()): Sheets =>
  Object.fromEntries(SHEETS.map((id) => [id, new Rows(expected.get(id))])) as unknown as Sheets
