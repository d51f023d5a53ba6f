import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Database, openDatabase, stoppedClock } from '../platform/index.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { signIn } from '../testing/http.ts'
import { keepWorld } from '../testing/keep-world.ts'
import { numberOf } from '../testing/world-bundles.ts'
import { type World, worldNow } from '../testing/worlds.ts'

let app: TestApp
let owner: Database
let nurse: string
let number: string
let ref: string
beforeAll(async () => {
  app = await testApp(stoppedClock(worldNow.toISOString()))
  owner = openDatabase(app.ownerUrl, 1)
  nurse = await signIn(app.base, 'demo-emergency-nurse')
  const drawn: World = {
    readers: [],
    people: [
      {
        number: 7,
        own: [],
        practice: 'ZP001',
        protectedAddress: false,
        objection: false,
        files: [{ source: 'zp001-gp', items: [], ward: null, stay: 'now', team: null }],
      },
    ],
  }
  const kept = await keepWorld(app.database, app.place, drawn)
  number = kept.people[0] ? numberOf(kept.people[0]) : ''
  const { rows } = await owner.transaction('owner', {}, (on) =>
    sql<{ ref: string }>`select ref from people.file`.execute(on),
  )
  ref = rows[0]?.ref ?? ''
})
afterAll(async () => {
  await owner.close()
  await app.close()
})

async function post(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await fetch(app.base + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: nurse, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(form),
  })
  return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') }
}

describe('finding a person', () => {
  test('a number alone names nobody and opens nothing', async () => {
    const { status, text } = await post('/people/find', { nhsNumber: number })
    expect(status).toBe(200)
    expect(text).toContain('Confirm who this is')
    expect(text).not.toContain('Family')
    expect(text).not.toContain(ref)
  })

  test('with the birth date as well the person is found', async () => {
    const { text } = await post('/people/find', { nhsNumber: number, day: '4', month: '3', year: '1950' })
    expect(text).toContain(`/people/${ref}`)
  })

  test('with another birth date nobody is', async () => {
    const { text } = await post('/people/find', { nhsNumber: number, day: '5', month: '3', year: '1950' })
    expect(text).toContain('Nobody was found')
    expect(text).not.toContain(ref)
  })

  test.each([
    [{ nhsNumber: '999 000 1234' }, 'check that each digit is right'],
    [{ nhsNumber: 'QQ123456C' }, 'National Insurance number'],
    [{ family: 'Ashworth' }, 'Enter a date of birth or postcode as well'],
    [{ family: 'Ashworth', day: '31', month: '2', year: '1950' }, 'must be a real date'],
    [{}, 'Enter an NHS number, or a last name'],
  ])('%j: the form comes back with “%s”', async (form, words) => {
    const { status, text } = await post('/people/find', form as Record<string, string>)
    expect(status).toBe(422)
    expect(text).toContain(words)
    expect(text).toContain('<title>Error: ')
    // What was typed is there again.
    if ('family' in form) expect(text).toContain('value="Ashworth"')
  })

  test('a form of another site is refused', async () => {
    const { status } = await post(
      '/people/find',
      { nhsNumber: number },
      { origin: 'https://elsewhere.example' },
    )
    expect(status).toBe(403)
  })
})

describe('breaking the glass', () => {
  test('without saying what the emergency is, it stays whole', async () => {
    const { status, text } = await post(`/people/${ref}/break-glass`, { words: 'x' })
    expect(status).toBe(422)
    expect(text).toContain('Say in a few words why')
  })

  test('it opens the record to this reader alone, and the privacy officer is told once', async () => {
    const broken = await post(`/people/${ref}/break-glass`, { words: 'Unconscious, nobody with them' })
    expect(broken.location).toBe(`/people/${ref}`)
    const open = await fetch(`${app.base}/people/${ref}`, { headers: { cookie: nurse } })
    expect(open.status).toBe(200)
    const colleague = await signIn(app.base, 'demo-community-nurse')
    expect((await fetch(`${app.base}/people/${ref}`, { headers: { cookie: colleague } })).status).toBe(403)
    await vi.waitFor(
      async () => {
        const { rows } = await owner.transaction('owner', {}, (on) =>
          sql<{ words: string }>`select words from access.notice`.execute(on),
        )
        expect(rows).toHaveLength(1)
      },
      { timeout: 20_000 },
    )
    const officer = await signIn(app.base, 'demo-privacy-officer')
    const list = await (await fetch(`${app.base}/access-reviews`, { headers: { cookie: officer } })).text()
    expect(list).toContain('Unconscious, nobody with them')
    const [action = ''] = /\/access-reviews\/\d+/.exec(list) ?? []
    const empty = await fetch(`${app.base}${action}`, {
      method: 'POST',
      headers: { cookie: officer, origin: app.base, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'note=Rang+them',
    })
    expect(empty.status).toBe(422)
    const again = await empty.text()
    expect(again).toContain('Choose what you think of it')
    expect(again).toContain('Unconscious, nobody with them')
    expect(again).toContain('value="Rang them"')
  })
})
