import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from './app.ts'
import { signIn, systemToken } from './http.ts'

let app: TestApp
let owner: pg.Client
beforeAll(async () => {
  app = await testApp()
  owner = new pg.Client({ connectionString: app.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await app.close()
})

type Answer = { status: number; headers: Headers; body: string }
const ask = async (
  path: string,
  headers: Record<string, string>,
  redirect: 'manual' | 'follow' = 'follow',
): Promise<Answer> => {
  const answer = await fetch(app.base + path, { headers, redirect })
  return { status: answer.status, headers: answer.headers, body: await answer.text() }
}

const someTurnedAway = (answers: Promise<Answer>[]) =>
  Promise.any(
    answers.map(async (answer) => {
      if ((await answer).status !== 503) throw new Error('Let in')
    }),
  )

describe('more than can be done', () => {
  it('is turned away in words, and what was let in is done; afterwards all is as before', async () => {
    const cookie = await signIn(app.base, 'demo-gp')
    const bearer = await systemToken(app.base, 'demo-practice', 'demo-practice-secret')
    const page = () => ask('/access-reviews', { cookie })
    const caseload = () => ask('/caseload-in-hospital', { cookie })
    const system = () => ask('/fhir/Patient?identifier=1', { authorization: `Bearer ${bearer}` })
    const booking = () =>
      ask('/fhir/Patient?identifier=1', {
        authorization: `Bearer ${bearer}`,
        'nhsd-target-identifier': 'e30=',
      })
    expect((await caseload()).status).toBe(200)
    expect((await system()).status).toBe(200)

    // Nothing can be audited, so nothing ends, until this is over.
    await owner.query('begin; lock table access.audit in access exclusive mode')
    const pages = Array.from({ length: 900 }, caseload)
    const systems = [...Array.from({ length: 900 }, system), ...Array.from({ length: 20 }, booking)]
    // Until a page and a system have been turned away, which takes nothing of the database.
    await Promise.all([pages, systems].map(someTurnedAway))
    await owner.query('rollback')
    const answered = await Promise.all([...pages, ...systems])
    const seen = new Set(answered.map(({ status }) => status))
    expect(answered.filter(({ status }) => status >= 500 && status !== 503)).toEqual([])
    expect(seen.has(200) && seen.has(503)).toBe(true)

    for (const { headers, body } of answered.filter(({ status }) => status === 503)) {
      expect(headers.get('retry-after')).toBe('2')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      if (headers.get('content-type')?.includes('html')) {
        expect(body).toContain('Try again in 2 seconds')
        expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      } else {
        const outcome = JSON.parse(body) as {
          issue: { code: string; diagnostics: string; details?: unknown }[]
        }
        expect(outcome.issue[0]).toMatchObject({
          code: 'throttled',
          diagnostics: expect.stringContaining('Try again'),
        })
      }
    }
    const kinds = new Set(
      answered.filter(({ status }) => status === 503).map(({ headers }) => headers.get('content-type')),
    )
    expect([...kinds].sort()).toEqual(['application/fhir+json; charset=utf-8', 'text/html; charset=utf-8'])

    expect((await caseload()).status).toBe(200)
    expect((await system()).status).toBe(200)
    expect((await page()).status).toBe(403)
    expect((await ask('/health', {})).status).toBe(200)
  })

  it('and whoever has not signed in turns away nobody who has, however many they pretend to be', async () => {
    const cookie = await signIn(app.base, 'demo-gp')
    const caseload = () => ask('/caseload-in-hospital', { cookie })
    const pretending = (): Record<string, string> => ({ cookie: `session=${crypto.randomUUID()}; a=1` })
    expect((await caseload()).status).toBe(200)
    // A public way in that writes to the database, which does not answer until this is over.
    await owner.query('begin; lock table access.sign_in in access exclusive mode')
    try {
      const strangers = Array.from({ length: 1200 }, () => ask('/sign-in', pretending(), 'manual'))
      await Promise.race([someTurnedAway(strangers), new Promise((turn) => setTimeout(turn, 8000))])
      expect((await caseload()).status).toBe(200)
      await owner.query('rollback')
      const seen = new Set((await Promise.all(strangers)).map(({ status }) => status))
      expect(seen.has(503)).toBe(true)
    } finally {
      await owner.query('rollback')
    }
  })
})
