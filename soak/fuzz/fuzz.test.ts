import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestApp, testApp } from '../../src/testing/app.ts'
import { fuzz } from './fuzz.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

it('answers whatever comes in, in time and in words, and keeps nothing of it in part', {
  timeout: 300_000,
}, async () => {
  const found = await fuzz(app, 600, 1)
  const faults = found.map(({ number, name, fault }) => `${number}, ${name}: ${fault.slice(0, 300)}`)
  expect(faults).toEqual([])
})
