import { once } from 'node:events'
import { createWriteStream, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { diceFor } from '../dice.ts'
import { livesOf } from '../lives/lives.ts'
import { calendar, dayOf, type Moment } from '../lives/moment.ts'
import type { World } from '../lives/world.ts'
import type { Place } from '../place.ts'
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
  progress?: (neighbourhoods: number) => void
}

const STATEMENT = 'These people are invented. Nobody in these files is real.'

const monthOf = (at: Moment): string => {
  const { year, month } = calendar(dayOf(at))
  return `${year}-${String(month).padStart(2, '0')}`
}

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

/**
 * Writes what every source of the record would have sent up to the window's end: FHIR by source, and the hospital's HL7 v2 in the order
 * in which its line carries it. The same world is the same bytes.
 * @returns how many bundles and messages
 */
export async function writeRecord({ dir, world, place: own, dirt, progress }: RecordFiles) {
  const place = placeOn(own, world.ground)
  const now = new Date(instantOf(world.window.until * 1440))
  for (const folder of ['fhir', 'hl7']) mkdirSync(join(dir, folder), { recursive: true })
  writeFileSync(join(dir, 'README.txt'), `${STATEMENT}\n`)
  const files = new Map<string, ReturnType<typeof createWriteStream>>()
  const sorter = messageSorter(join(dir, 'hl7'))
  const counts = { bundles: 0, messages: 0 }
  for (let index = 0; index < world.ground.neighbourhoods.length; index++) {
    for (const story of livesOf(world, index)) {
      const dice = diceFor(`${world.seed}/dirt/${story.resident.serial}`)
      const sent = retell(story, { seed: world.seed, place, now })
      for (const each of dirt ? sent.flatMap((one) => soiledBundle(one, dice)) : sent) {
        const file = files.get(each.source) ?? createWriteStream(join(dir, 'fhir', `${each.source}.ndjson`))
        files.set(each.source, file)
        counts.bundles += 1
        const { receivedAt, bundle } = each
        if (!file.write(`${JSON.stringify({ receivedAt, bundle })}\n`)) await once(file, 'drain')
      }
      const messages = hospitalMessages(story, place).filter(({ at }) => at < world.window.until * 1440)
      for (const message of dirt ? withDirt(messages, dice) : messages) {
        counts.messages += 1
        await sorter.add(message)
      }
    }
    progress?.(index + 1)
  }
  await sorter.finish(join(dir, 'hl7', 'rfr-hospital.hl7'))
  await Promise.all([...files.values()].map((file) => new Promise<void>((ended) => file.end(() => ended()))))
  return counts
}
