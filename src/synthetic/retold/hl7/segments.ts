import { isoMoment, type Moment } from '../../lives/moment.ts'

/** 202609301405: as hospitals write it, by the clock on the wall and without an offset. */
export const hl7Time = (moment: Moment): string => isoMoment(moment).replace(/\D/g, '')

const ESCAPES: Record<string, string> = {
  '\\': '\\E\\',
  '|': '\\F\\',
  '^': '\\S\\',
  '&': '\\T\\',
  '~': '\\R\\',
}

/** Text in which nothing is taken for a separator. */
export const escaped = (text: string): string => text.replace(/[\\|^&~]/g, (found) => ESCAPES[found] ?? found)

export const components = (...parts: string[]): string => parts.map(escaped).join('^').replace(/\^+$/, '')

/** A segment with fields by their number, as HL7 counts them. Fields hold components already. */
export function segment(name: string, fields: Readonly<Record<number, string>>): string {
  const last = Math.max(...Object.keys(fields).map(Number))
  const all = Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')
  return [name, ...all].join('|')
}
