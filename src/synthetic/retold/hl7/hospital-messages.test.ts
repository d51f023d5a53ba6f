import { afterAll, beforeAll, expect, it } from 'vitest'
import { aListeningPlace, inShort, type ListeningPlace } from '../../../testing/listening-place.ts'
import { aBorough, livesIn } from '../../a-borough.ts'
import { diceFor } from '../../dice.ts'
import { thePlace } from '../../the-place.ts'
import { withDirt } from './dirt.ts'
import { hospitalMessages } from './hospital-messages.ts'
import { textOf } from './message.ts'

const world = aBorough({ until: '2026-06-01' })
const messages = livesIn(world, [7, 8])
  .flatMap((story) => hospitalMessages(story, thePlace))
  .sort((a, b) => a.at - b.at)

let place: ListeningPlace
beforeAll(async () => {
  place = await aListeningPlace()
})
afterAll(() => place.close())

it('sends what the product takes, every message of it', async () => {
  expect(messages.length).toBeGreaterThan(40)
  for (const message of messages) {
    const answer = inShort(await place.sender.send(textOf(message)))
    expect([message.segments[0], answer]).toEqual([message.segments[0], 'AA'])
  }
})

it('with the dirt of real feeds, only what is wrong waits', async () => {
  const dirty = withDirt(messages, diceFor('dirt'))
  expect(dirty.length).toBeGreaterThan(messages.length)
  const refused = new Set<string>()
  for (const message of dirty) {
    const answer = inShort(await place.sender.send(textOf(message)))
    if (answer !== 'AA') refused.add(answer)
  }
  expect([...refused].filter((each) => !/^AE/.test(each))).toEqual([])
})
