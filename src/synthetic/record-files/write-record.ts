import { once } from 'node:events'
import { createWriteStream, mkdirSync, readFileSync, rmSync, type WriteStream, writeFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { diceFor } from '../dice.ts'
import { sha256Of, type WrittenFile } from '../extracts/sheet-files.ts'
import { livesOf } from '../lives/lives.ts'
import { dayOf, isoDay, MINUTES_A_DAY, type Moment } from '../lives/moment.ts'
import type { World } from '../lives/world.ts'
import type { Place } from '../place.ts'
import type { Sent } from '../record/file.ts'
import { withDirt } from '../retold/hl7/dirt.ts'
import { hospitalMessages } from '../retold/hl7/hospital-messages.ts'
import { type Message, textOf } from '../retold/hl7/message.ts'
import { instantOf } from '../retold/instant.ts'
import { retell } from '../retold/retell.ts'
import { soiledBundle } from './fhir-dirt.ts'
import { placeOn } from './place-on.ts'

export interface RecordFiles {
  /** The folder to write: fhir/<source>.ndjson, one bundle of one person a line, and hl7/<source>.hl7. */
  dir: string
  world: World
  place: Place
  /** Whether the dirt of real feeds is on them. */
  dirt: boolean
}

const STATEMENT = 'These people are invented. Nobody in these files is real.'
const HL7_FILE = 'hl7/rfr-hospital.hl7'
const README = `${STATEMENT}

fhir/SOURCE.ndjson: what that source would have sent, one line for each person: receivedAt, and a FHIR R4 (UK Core) transaction bundle.
hl7/rfr-hospital.hl7: the hospital’s messages in the order in which its line carries them, one a line, segments parted by carriage returns.
`

const monthOf = (at: Moment): string => isoDay(dayOf(at)).slice(0, 7)

/** Messages are kept by month until all are there, then put in order: a year of a borough does not fit into memory. */
function messageSorter(dir: string) {
  const waiting = new Map<string, string[]>()
  const months = new Set<string>()
  const fileOf = (month: string) => join(dir, `.${month}.part`)
  const flush = async (month: string, lines: string[]) => {
    months.add(month)
    await appendFile(fileOf(month), lines.join(''))
    lines.length = 0
  }
  return {
    async add(message: Message) {
      const month = monthOf(message.at)
      const lines = waiting.get(month) ?? []
      waiting.set(month, lines)
      lines.push(`${String(message.at).padStart(9, '0')} ${message.control}\t${textOf(message)}\n`)
      if (lines.length >= 2000) await flush(month, lines)
    },
    async finish(file: string) {
      for (const [month, lines] of waiting) if (lines.length > 0) await flush(month, lines)
      writeFileSync(file, '')
      for (const month of [...months].sort()) {
        const lines = readFileSync(fileOf(month), 'utf8').split('\n').filter(Boolean).sort()
        await appendFile(file, lines.map((line) => `${line.slice(line.indexOf('\t') + 1)}\n`).join(''))
        rmSync(fileOf(month))
      }
    },
  }
}

/** One file for each source, opened when it first has something to say. */
function bundleFiles(dir: string) {
  const files = new Map<string, { stream: WriteStream; rows: number }>()
  return {
    async add({ source, receivedAt, bundle }: Sent) {
      const file = files.get(source) ?? { stream: createWriteStream(join(dir, `${source}.ndjson`)), rows: 0 }
      files.set(source, file)
      file.rows += 1
      if (!file.stream.write(`${JSON.stringify({ receivedAt, bundle })}\n`)) await once(file.stream, 'drain')
    },
    /** @returns how many bundles each source sent */
    async finish(): Promise<[string, number][]> {
      await Promise.all(
        [...files.values()].map(({ stream }) => new Promise<void>((ended) => stream.end(() => ended()))),
      )
      return [...files].map(([source, { rows }]) => [source, rows])
    },
  }
}

/**
 * Writes what every source of the record would have sent up to the window's end: FHIR by source, and the hospital's HL7 v2 in the order
 * in which its line carries it. The same world is the same bytes.
 * @returns the files, with how many bundles or messages each holds
 */
export async function writeRecord({ dir, world, place: own, dirt }: RecordFiles): Promise<WrittenFile[]> {
  const place = placeOn(own, world.ground)
  const end = world.window.until * MINUTES_A_DAY
  const now = new Date(instantOf(end))
  for (const folder of ['fhir', 'hl7']) mkdirSync(join(dir, folder), { recursive: true })
  writeFileSync(join(dir, 'README.txt'), README)
  const bundles = bundleFiles(join(dir, 'fhir'))
  const sorter = messageSorter(join(dir, 'hl7'))
  let messages = 0
  for (let index = 0; index < world.ground.neighbourhoods.length; index++) {
    for (const story of livesOf(world, index)) {
      const dice = diceFor(`${world.seed}/dirt/${story.resident.serial}`)
      for (const sent of retell(story, { seed: world.seed, place, now }))
        for (const each of dirt ? soiledBundle(sent, dice) : [sent]) await bundles.add(each)
      const told = hospitalMessages(story, place).filter(({ at }) => at < end)
      for (const message of dirt ? withDirt(told, dice) : told) {
        messages += 1
        await sorter.add(message)
      }
    }
  }
  await sorter.finish(join(dir, HL7_FILE))
  const written = (await bundles.finish()).map(([source, rows]) => ({ file: `fhir/${source}.ndjson`, rows }))
  written.sort((a, b) => (a.file < b.file ? -1 : 1)).push({ file: HL7_FILE, rows: messages })
  return Promise.all(
    written.map(async ({ file, rows }) => ({ file, rows, ...(await sha256Of(join(dir, file))) })),
  )
}
