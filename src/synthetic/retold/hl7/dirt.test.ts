import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isNhsNumber } from '../../../people/index.ts'
import { aBorough, livesIn } from '../../a-borough.ts'
import { diceFor } from '../../dice.ts'
import { thePlace } from '../../the-place.ts'
import { DIRT, withDirt } from './dirt.ts'
import { hospitalMessages } from './hospital-messages.ts'

const messages = livesIn(aBorough(), [1, 2, 3, 4, 5]).flatMap((story) => hospitalMessages(story, thePlace))
const numberIn = (text: string) => /999\d{7}(?=\^\^\^NHS)/.exec(text)?.[0]

it('loses no news: every message, or the same news put right, still comes', () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const sent = new Set(
        withDirt(messages, diceFor(seed)).map(({ control }) => control.replace(/-A08$/, '')),
      )
      expect(messages.filter(({ control }) => !sent.has(control))).toEqual([])
    }),
    { numRuns: 20 },
  )
})

it('is as frequent as its table says', () => {
  const shares = { missing: 0, wrong: 0, all: 0 }
  for (let run = 0; run < 20; run++) {
    for (const { segments } of withDirt(messages, diceFor(`run ${run}`))) {
      const number = numberIn(segments.find((each) => each.startsWith('PID')) ?? '')
      shares.all += 1
      if (number === undefined) shares.missing += 1
      else if (!isNhsNumber(number)) shares.wrong += 1
    }
  }
  expect(shares.missing / shares.all).toBeCloseTo(DIRT.withoutNhsNumber, 2)
  expect(shares.wrong / shares.all).toBeCloseTo(DIRT.wrongNhsNumber, 2)
})
