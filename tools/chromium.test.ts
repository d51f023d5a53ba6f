import { expect, test } from 'vitest'
import { findChromium } from './chromium.ts'

test('the setting decides, and a wrong one finds nothing rather than another browser', () => {
  expect(findChromium({ CHROMIUM: process.execPath })).toBe(process.execPath)
  expect(findChromium({ CHROMIUM: 'no/such/browser' })).toBeUndefined()
})

// Journeys are skipped where there is no browser. Where everything must be proved, that would be silence.
test.runIf(process.env['CI'] === 'true')('there is a Chromium for the journeys', () => {
  expect(findChromium()).toEqual(expect.any(String))
})
