import { livesOf } from '../lives/lives.ts'
import type { World } from '../lives/world.ts'
import { writeLife } from './write/life.ts'
import { Pen } from './write/pen.ts'
import { writePeople } from './write/people.ts'
import { emptySheets, SHEETS, type SheetId } from './write/sheets.ts'

/** The rows of one neighbourhood, extract by extract. */
export interface Fragment {
  neighbourhood: number
  /** People told, and days of their lives in the window. */
  people: number
  days: number
  sheets: readonly { id: SheetId; rows: number; bytes: Uint8Array<ArrayBuffer> }[]
}

const SPARE = 1.25

/**
 * Tells every life of one neighbourhood and writes it down.
 * @param sizes bytes that each extract's last fragment took, kept from one to the next
 */
export function fragmentOf(
  world: World,
  neighbourhood: number,
  sizes = new Map<SheetId, number>(),
): Fragment {
  const pen = new Pen(emptySheets(sizes), world)
  let people = 0
  let days = 0
  for (const story of livesOf(world, neighbourhood)) {
    writeLife(pen, story)
    people++
    days += story.resident.present.until - story.resident.present.from
  }
  writePeople(pen)
  const sheets = SHEETS.map((id) => {
    const { bytes, length, count } = pen.sheets[id]
    sizes.set(id, Math.round(length * SPARE))
    return { id, rows: count, bytes: bytes.subarray(0, length) as Uint8Array<ArrayBuffer> }
  })
  return { neighbourhood, people, days, sheets }
}
