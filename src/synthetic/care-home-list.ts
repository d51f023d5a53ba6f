import { randomPeople } from './people/households.ts'
import { dateDaysAgo } from './when.ts'

/** A file as its sender would put it into its folder. */
export type InventedFile = { sender: string; name: string; text: string }

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

/**
 * The council's list of care home residents as of yesterday, which waits for its data officer: some of the oldest residents on a respite
 * stay. It has the dirt of a real one: a number with a digit wrong, and a stay that begins after the day of the file.
 */
export function inventCareHomeList({ seed, now }: { seed: string; now: Date }): InventedFile {
  const day = dateDaysAgo(now, 1)
  const bornBefore = dateDaysAgo(now, 78 * 365.25)
  const lines: string[][] = []
  for (const person of randomPeople(seed, now)) {
    if (person.born >= bornBefore || person.nhsNumber === null) continue
    const at = lines.length + 1
    lines.push([
      day,
      'VLZ01',
      'Barrow Lodge',
      `BL-${String(at).padStart(3, '0')}`,
      at === 3 ? wrongDigit(person.nhsNumber) : person.nhsNumber,
      person.family,
      person.given.join(' '),
      person.born,
      person.sex === 'male' ? '1' : '2',
      '1 Barrow Field Lane',
      'S63 9ZZ',
      at === 6 ? dateDaysAgo(now, -9) : dateDaysAgo(now, 3 + 2 * at),
      '',
      'R',
    ])
    if (lines.length === 8) break
  }
  const text = [titles, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('')
  return { sender: 'demo-council', name: `care-home-residents-${day}.csv`, text }
}

/** The last digit checks the others, so any other one is wrong. */
const wrongDigit = (number: string): string => `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`
