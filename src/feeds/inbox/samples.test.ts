import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aListeningPlace, inShort, type ListeningPlace } from '../../testing/listening-place.ts'
import { anAdt } from '../adt/an-adt.ts'
import { frame } from '../mllp/framing.ts'

/** Messages of several published collections, kept beside the project and not in it. */
const samples = resolve(import.meta.dirname, '../../../../shared/data/hl7v2')

let place: ListeningPlace
beforeAll(async () => {
  place = await aListeningPlace()
})
afterAll(() => place.close())

const answered = /^A[AER]\b/
const lives = async () =>
  expect(await place.told(anAdt('A31', { recorded: '20260612143500' }))).toMatch(answered)

/** As a known sender would have sent it, so that it gets past the door. */
function fromOurHospital(text: string, control: string): string {
  const [header = '', ...rest] = text.split(/\r\n|\r|\n/)
  const fields = header.split('|')
  return [fields.with(2, 'RFRPAS').with(3, 'RFR').with(9, control).join('|'), ...rest].join('\r')
}

test.skipIf(!existsSync(samples))('every sample message is answered', async () => {
  const files = readdirSync(samples, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.hl7'),
  )
  expect(files.length).toBeGreaterThan(0)
  const answers = new Map<string, number>()
  let count = 0
  for (const name of files) {
    const text = readFileSync(join(samples, name), 'utf8')
    for (const message of text.split(/[\r\n]+(?=MSH\|)/)) {
      count += 1
      expect(await place.told(message.replace(/\r?\n/g, '\r'))).toMatch(answered)
      if (!message.startsWith('MSH|^~\\&|')) continue
      const ours = await place.told(fromOurHospital(message, `S${count}`))
      expect(ours, `${name}: ${ours}`).toMatch(answered)
      answers.set(ours, (answers.get(ours) ?? 0) + 1)
    }
  }
  expect([...answers.keys()].some((answer) => answer.startsWith('AA'))).toBe(true)
  expect(place.logged.filter((entry) => entry['level'] === 'error')).toEqual([])
  await lives()
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
      expect(await place.told(message)).toMatch(answered)
    }),
    { numRuns: 100 },
  )
  expect(place.logged.filter((entry) => entry['level'] === 'error')).toEqual([])
  await lives()
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
