import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkDigit } from '../../people/index.ts'
import { aListeningPlace, inShort, type ListeningPlace } from '../../testing/listening-place.ts'
import { ukCoreFaults } from '../../testing/uk-core.ts'
import { anAdt } from '../adt/an-adt.ts'
import { frame } from '../mllp/framing.ts'

/** Messages of several published collections, kept beside the project and not in it. */
const samples = resolve(import.meta.dirname, '../../../../shared/data/hl7v2')

let place: ListeningPlace
beforeEach(async () => {
  place = await aListeningPlace()
})
afterEach(() => place.close())

const answered = /^A[AER]\b/
const lives = async () =>
  expect(await place.told(anAdt('A31', { recorded: '20260612143500' }))).toMatch(answered)

/** Random NHS numbers become ones of the range that belongs to nobody, the same one always the same. */
function withInventedNumbers(text: string): string {
  return text.replace(/(\d{10})(\^\^\^NHSNBR\^)/g, (_all, number: string, rest: string) => {
    for (let add = 0; ; add++) {
      const nine = `999${String((Number(number.slice(0, 9)) + add) % 1_000_000).padStart(6, '0')}`
      const digit = checkDigit(nine)
      if (digit !== undefined) return nine + digit + rest
    }
  })
}

/** As a known sender would have sent it, so that it gets past the door. */
function fromOurHospital(text: string, control: string): string {
  const [header = '', ...rest] = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  const fields = header.split('|')
  const msh = fields.with(2, 'RFRPAS').with(3, 'RFR').with(9, control).join('|')
  return withInventedNumbers([msh, ...rest].join('\r'))
}

const samplesOf = (folder: string): string[] =>
  readdirSync(join(samples, folder), { encoding: 'utf8' })
    .filter((name) => name.endsWith('.hl7'))
    .sort()
    .flatMap((name) => readFileSync(join(samples, folder, name), 'utf8').split(/[\r\n]+(?=\uFEFF?MSH\|)/))

/** What became of them, by message and reason: a change of either shows here. */
async function outcomes(): Promise<Record<string, number>> {
  const rows = await place.look<{ kind: string; count: string }>(
    `select concat_ws(' ', m.message_type, m.event, s.state, case when s.state = 'quarantined' then s.reason || ' ' || s.place end) as kind, count(*) as count
     from feeds.message m cross join lateral (select * from feeds.message_state where message_id = m.id order by id desc limit 1) s
     where m.source <> 'unknown' group by 1 order by 1`,
  )
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, Number(count)]))
}

describe.skipIf(!existsSync(samples))('samples', () => {
  test.each(['simhospital', 'fhir-converter', 'linuxforhealth'])(
    'every message of %s is taken or refused with a reason',
    async (folder) => {
      let count = 0
      for (const message of samplesOf(folder)) {
        count += 1
        // As it is, nobody here knows its sender.
        expect(await place.told(message.replace(/\r?\n/g, '\r'))).toMatch(/^AR \(MSH/)
        const ours = await place.told(fromOurHospital(message, `${folder}${count}`))
        expect(ours, message.slice(0, 80)).toMatch(answered)
      }
      expect(await outcomes()).toMatchSnapshot()
      const kept = await place.look<{ body: string }>('select body from record.resource')
      // None of the third collection is about somebody our place can tell from others.
      expect(kept.length > 0).toBe(folder !== 'linuxforhealth')
      expect(ukCoreFaults(kept.map(({ body }) => body))).toEqual([])
      expect(place.logged.filter((entry) => entry['level'] === 'error')).toEqual([])
      await lives()
    },
    120_000,
  )
})

test('a message with any of its bytes changed is answered', async () => {
  const whole = Buffer.from(
    anAdt('A01', {
      control: 'FUZZ',
      name: 'Ashworth^Margaret',
      consultant: 'C1^Pryce^Gethin',
      reason: '^Fall',
    }),
  )
  const change = fc.record({
    at: fc.nat(whole.length - 1),
    byte: fc.integer({ min: 0, max: 255 }).filter((byte) => byte !== 0x0b && byte !== 0x1c),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
      const message = Buffer.from(whole)
      for (const { at, byte } of changes) message[at] = byte
      const answer = await place.told(message).catch((problem: Error) => {
        throw new Error(`${problem.message}; the log says ${JSON.stringify(place.logged)}`)
      })
      expect(answer).toMatch(answered)
    }),
    { numRuns: 100 },
  )
  expect(place.logged.filter((entry) => entry['level'] === 'error')).toEqual([])
  await lives()
})

test('a NUL is answered and kept wherever it stands', async () => {
  const whole = Buffer.from(anAdt('A01', { control: 'NUL' }))
  for (let at = 0; at < whole.length; at++) {
    const message = Buffer.from(whole)
    message[at] = 0
    expect(await place.told(message), `at ${at}`).toMatch(/^A[ER] /)
  }
})

test('a message cut short or made of pieces is answered', async () => {
  const whole = anAdt('A01', { control: 'CUT' })
  for (let length = 0; length < whole.length; length += 7) {
    expect(await place.told(whole.slice(0, length))).toMatch(answered)
    expect(await place.told(whole.slice(0, length) + whole.slice(length / 2))).toMatch(answered)
  }
})

test('bytes at random, framed or not, stop nothing', async () => {
  const connection = await place.connect()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, framed) => {
      connection.socket.write(framed ? frame(bytes) : bytes)
      await lives()
    }),
    { numRuns: 40 },
  )
  connection.close()
  expect(inShort(await place.sender.send('x'))).toBe('AR (MSH)')
})
