import type { EncounterRow } from './encounters.queries.ts'

type Kind = Pick<EncounterRow, 'class_code' | 'type_text'>

/** HL7 v3 ActCode encounter classes, in words. */
const classes: Record<string, string> = {
  IMP: 'Hospital stay',
  ACUTE: 'Hospital stay',
  NONAC: 'Hospital stay',
  OBSENC: 'Stay for observation',
  SS: 'Day case',
  PRENC: 'Pre-admission',
  EMER: 'Emergency attendance',
  AMB: 'Appointment',
  HH: 'Visit at home',
  VR: 'Phone or video contact',
  FLD: 'Contact in the community',
}

export const classInWords = (code: string | null): string => classes[code ?? ''] ?? 'Contact'

/** What kind of contact it was, as the source calls it; only the class where a clinic's name would say where the person lives. */
export const encounterTitle = ({ class_code, type_text }: Kind, hides: boolean): string =>
  hides ? classInWords(class_code) : (type_text ?? classInWords(class_code))

/** The ward or clinic; a visit was at the person's home, not at the organisation that made it. */
export function whereWasIt(
  row: Pick<EncounterRow, 'class_code' | 'location_display' | 'provider_display'>,
): string | undefined {
  if (row.location_display !== null) return row.location_display
  if (row.class_code === 'HH') return 'At home'
  if (row.class_code === 'VR') return 'By phone or video'
  return row.provider_display ?? undefined
}

const stays = new Set(['IMP', 'ACUTE', 'NONAC', 'OBSENC', 'SS'])
export const isStay = ({ class_code }: Pick<Kind, 'class_code'>): boolean => stays.has(class_code ?? '')

const ongoing = new Set(['arrived', 'triaged', 'in-progress', 'onleave'])

/** The person is there now, as far as the source has said. */
export const goesOn = ({ status, ended_at }: Pick<EncounterRow, 'status' | 'ended_at'>, now: Date): boolean =>
  ongoing.has(status ?? '') && (ended_at === null || ended_at > now)

const statuses: Record<string, string> = {
  planned: 'Planned',
  arrived: 'Arrived',
  triaged: 'Triaged',
  'in-progress': 'Now',
  onleave: 'On leave',
  finished: 'Finished',
  cancelled: 'Cancelled',
  'entered-in-error': 'Entered in error',
}
export const encounterStatus = (status: string | null): string => statuses[status ?? ''] ?? 'Not known'

/** "Day 5": the day someone was admitted is day 1, as wards count. Days are days on the calendar in England. */
export function dayOfStay(admitted: string, today: string): number {
  return Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${admitted}T00:00:00Z`)) / 86_400_000) + 1
}
