import { withWrongDigit } from './identifiers.ts'
import { storiesOfPlace } from './invent-place.ts'
import { ageOn, type Day, dayOf, isoDay } from './lives/moment.ts'
import type { Resident } from './residents/resident.ts'
import { momentOf } from './retold/instant.ts'

/** A file as its sender would put it into its folder. */
export type InventedFile = { sender: string; name: string; text: string }

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** As spreadsheets write it. */
export const csvOf = (titles: readonly string[], lines: readonly (readonly string[])[]): string =>
  [titles, ...lines].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')

const titles = [
  'Extract date',
  'Home code',
  'Home name',
  'Resident ID',
  'NHS number',
  'Family name',
  'Given name',
  'Date of birth',
  'Gender',
  'Address',
  'Postcode',
  'Moved in',
  'Moved out',
  'Stay',
]

/** Old enough, here today, at home, and with a number. */
const mayRest = ({ born, present, nhsNumber, homes }: Resident, today: Day): boolean =>
  nhsNumber !== null &&
  ageOn(born, today) >= 78 &&
  present.from < today - 40 &&
  today < present.until &&
  homes.every(({ household }) => household.careHome === undefined)

/**
 * The council's list of care home residents as of yesterday, which waits for its data officer: some of the oldest residents on a respite
 * stay. It has the dirt of a real one: a number with a digit wrong, and a stay that begins after the day of the file.
 */
export function inventCareHomeList({
  people,
  seed,
  now,
}: {
  people: number
  seed: string
  now: Date
}): InventedFile {
  const today = dayOf(momentOf(now))
  const lines: string[][] = []
  for (const { resident } of storiesOfPlace({ people, seed, now })) {
    if (!mayRest(resident, today)) continue
    const number = resident.nhsNumber ?? ''
    const at = lines.length + 1
    lines.push([
      isoDay(today - 1),
      'VLZ01',
      'Barrow Lodge',
      `BL-${String(at).padStart(3, '0')}`,
      at === 3 ? withWrongDigit(number) : number,
      resident.family,
      resident.given.join(' '),
      isoDay(resident.born),
      resident.sex === 'male' ? '1' : '2',
      '1 Barrow Field Lane',
      'S63 9ZZ',
      isoDay(at === 6 ? today + 9 : today - 3 - 2 * at),
      '',
      'R',
    ])
    if (lines.length === 8) break
  }
  return {
    sender: 'demo-council',
    name: `care-home-residents-${isoDay(today - 1)}.csv`,
    text: csvOf(titles, lines),
  }
}
