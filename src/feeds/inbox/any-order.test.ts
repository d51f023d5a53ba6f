import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aListeningPlace, type ListeningPlace } from '../../testing/listening-place.ts'
import { emptyRecord, wholeRecord } from '../../testing/whole-record.ts'
import { dirt, lives } from './lives.ts'

let place: ListeningPlace
beforeAll(async () => {
  place = await aListeningPlace()
})
afterAll(() => place.close())

/** Some at once over several connections, as senders do, so that batches are cut at random places. */
async function send(messages: string[], connections: number): Promise<void> {
  const senders = await Promise.all(Array.from({ length: connections }, () => place.connect()))
  let next = 0
  await Promise.all(
    senders.map(async (sender) => {
      for (let text = messages[next++]; text !== undefined; text = messages[next++]) {
        const answer = await sender.send(text)
        expect(answer).toMatch(/\rMSA\|A[AE]\|/)
      }
      sender.close()
    }),
  )
}

test('the messages of random lives, shuffled, delayed and repeated, end in the record that they make in perfect order', async () => {
  await fc.assert(
    fc.asyncProperty(
      lives.chain((life) => fc.tuple(fc.constant(life), dirt(life.length), fc.integer({ min: 1, max: 5 }))),
      async ([life, order, connections]) => {
        await emptyRecord(place.look)
        await send(
          life.map(({ text }) => text),
          1,
        )
        const inOrder = await wholeRecord(place.look)
        await emptyRecord(place.look)
        await send(
          order.map((index) => life[index]?.text ?? ''),
          connections,
        )
        expect(await wholeRecord(place.look)).toEqual(inOrder)
      },
    ),
    { numRuns: 15 },
  )
}, 600_000)
