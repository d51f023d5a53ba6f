import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { type Database, openDatabase, stoppedClock } from '../../platform/index.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { signIn } from '../../testing/http.ts'
import { keepCharacters } from '../../testing/keep-characters.ts'

const now = '2026-11-20T09:00:00Z'
let app: TestApp
let owner: Database
let numbers: Map<string, string>
const cookies = new Map<string, string>()

beforeAll(async () => {
  app = await testApp(stoppedClock(now))
  owner = openDatabase(app.ownerUrl, 1)
  numbers = await keepCharacters(app.database, app.place, new Date(now))
  for (const staff of ['emergency-nurse', 'gp', 'community-nurse', 'social-worker']) {
    cookies.set(staff, await signIn(app.base, `demo-${staff}`))
  }
})
afterAll(async () => {
  await owner.close()
  await app.close()
})

const ask = <Row>(query: ReturnType<typeof sql<Row>>) =>
  owner.transaction('owner', {}, async (db) => (await query.execute(db)).rows)

/** The address of a character's record. */
async function record(character: string): Promise<string> {
  const number = numbers.get(character)
  const [row] = await ask(sql<{ ref: string }>`
    select people.ref_of(person_key) as ref from people.demographic where nhs_number = ${number} limit 1`)
  return `/people/${row?.ref}`
}

async function open(staff: string, path: string) {
  const answer = await fetch(app.base + path, {
    redirect: 'manual',
    headers: { cookie: cookies.get(staff) ?? '' },
  })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}

async function send(staff: string, path: string, form: Record<string, string>) {
  const headers = { cookie: cookies.get(staff) ?? '', 'content-type': 'application/x-www-form-urlencoded' }
  await fetch(app.base + path, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: new URLSearchParams(form),
  })
}
const stateReason = (staff: string, of: string) =>
  send(staff, `${of}/reason`, { reason: 'with me', words: 'Brought in by ambulance, breathless' })
const breakGlass = (staff: string, of: string) =>
  send(staff, `${of}/break-glass`, { words: 'Unconscious in the department' })

const everyPage = [
  '',
  '/timeline',
  '/problems',
  '/medicines',
  '/results',
  '/encounters',
  '/documents',
  '/frailty',
  '/looked',
  '/print',
]
const everySheet = ['/problems.csv', '/medicines.csv', '/results.csv', '/encounters.csv', '/documents.csv']

describe('the record of someone known to six sources', () => {
  it('opens on every page to whoever has a relationship, and each opening is audited', async () => {
    const of = await record('margaret-ashworth')
    for (const page of [...everyPage, ...everySheet])
      expect([page, (await open('gp', of + page)).status]).toEqual([page, 200])
    const acts = await ask(sql<{ action: string }>`
      select distinct action from access.audit where actor = 'demo-gp' and outcome = 'allowed' and basis = 'registered practice' order by 1`)
    expect(acts.map((row) => row.action)).toEqual([
      'record.documents',
      'record.documents.export',
      'record.encounters',
      'record.encounters.export',
      'record.looked',
      'record.medicines',
      'record.medicines.export',
      'record.print',
      'record.problems',
      'record.problems.export',
      'record.results',
      'record.results.export',
      'record.summary',
      'record.timeline',
      'record.view.frailty',
    ])
  })

  it('names every source of one problem, and says so where nothing is recorded', async () => {
    const { text } = await open('gp', await record('margaret-ashworth'))
    expect(text).toMatch(
      /Mild cognitive impairment[\s\S]*Clifton Vale Surgery[\s\S]*Mental health[\s\S]*Recurrent falls/,
    )
    const { text: darren } = await open('gp', await record('darren-stott'))
    expect(darren).toContain('No allergies have been recorded by any connected source that you can see.')
    const { text: joanne } = await open('gp', await record('joanne-cartwright'))
    expect(joanne).toContain('Asked and recorded')
  })

  it('goes through the timeline without losing or repeating an entry', async () => {
    let path = `${await record('margaret-ashworth')}/timeline`
    const seen: string[] = []
    for (let pages = 0; path && pages < 20; pages++) {
      const { text } = await open('gp', path)
      seen.push(
        ...text
          .split('class="gt-timeline__entry')
          .slice(1)
          .map((entry) => entry.split('</li>')[0] ?? ''),
      )
      path = /href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    }
    const [whole] = await ask(sql<{ contacts: number }>`
      select count(*) as contacts from record.v_encounter v join people.demographic d using (person_key) where d.nhs_number = '9990001235'`)
    expect(
      seen.filter((entry) => entry.includes('>Contact<') || entry.includes('>Hospital stay<')),
    ).toHaveLength(whole?.contacts ?? -1)
  })

  it('does not open without a relationship', async () =>
    expect((await open('emergency-nurse', await record('nasreen-akhtar'))).status).toBe(403))
})

describe('a protected address', () => {
  const secrets = /S62 9ZL|Haugh Top|Rawmarsh|07700 900109|Wentworth|Urgent and Emergency Care Centre/

  it('is in no page and no sheet, and neither is what gives it away', async () => {
    const of = await record('rebecca-lisle')
    await stateReason('emergency-nurse', of)
    for (const page of [...everyPage, ...everySheet]) {
      const { status, text } = await open('emergency-nurse', of + page)
      expect([page, status, secrets.exec(text)?.[0]]).toEqual([page, 200, undefined])
    }
    const { text } = await open('emergency-nurse', of)
    expect(text).toContain('Address protected')
    expect(text).toContain('General practice')
  })

  it('is seen by whoever broke the glass, and still not on paper', async () => {
    const of = await record('rebecca-lisle')
    await breakGlass('emergency-nurse', of)
    const { text } = await open('emergency-nurse', of)
    expect(text).toMatch(secrets)
    expect(text).toContain('You have broken the glass until')
    expect(text).toContain('class="gt-address-opened"')
  })
})

describe('what is withheld is said to be', () => {
  test.each<[string, string, RegExp]>([
    ['an objection', 'trevor-sykes', /Other organisations[\s\S]*asked that their record is not shared/],
    [
      'a specially protected item',
      'callum-firth',
      /Hospital[\s\S]*There is information here[\s\S]*specially protected/,
    ],
    [
      'a practice without an agreement',
      'patricia-housley',
      /Keppel Lane Surgery[\s\S]*no sharing agreement in force/,
    ],
  ])('%s', async (_name, character, words) => {
    const of = await record(character)
    await stateReason('emergency-nurse', of)
    const { text } = await open('emergency-nurse', of)
    expect(text).toContain('This record is not complete')
    expect(text).toMatch(words)
    expect(text).not.toMatch(/sexual health/i)
  })

  test('what a role does not see', async () => {
    const of = await record('margaret-ashworth')
    const { text } = await open('social-worker', of)
    expect(text).toContain('Current medicines are not part of the role of social worker')
    expect(text).not.toContain('Apixaban')
    expect((await open('social-worker', `${of}/medicines`)).status).toBe(403)
  })
})

describe('safeguarding', () => {
  it('stands on the screen of whoever may see it, and never on paper', async () => {
    const [row] = await ask(
      sql<{
        ref: string
      }>`select f.ref from record.v_flag v join people.file f using (person_key) where v.category = 'safeguarding'`,
    )
    const of = `/people/${row?.ref}`
    const { text } = await open('social-worker', of)
    const lines = text.split('money missing').length - 1
    expect(lines).toBeGreaterThan(1)
    for (const before of text.split('money missing').slice(0, -1))
      expect(
        before.slice(before.lastIndexOf('<li')) + before.slice(before.lastIndexOf('<p class')),
      ).toContain('gt-screen-only')
    expect((await open('social-worker', `${of}/print`)).text).not.toContain('money missing')
  })
})

describe('the list of caseloads in hospital', () => {
  it('shows who is there, notes each in the audit, and never shows anyone else', async () => {
    const { text } = await open('community-nurse', '/caseload-in-hospital')
    for (const name of ['BRAMWELL', 'OGLEY', 'NOWAK', 'THORPE']) expect(text).toContain(name)
    expect(text).not.toContain('WRAGG')
    const rows = await ask(sql<{ count: number }>`
      select count(distinct person_key) from access.audit where action = 'caseload-in-hospital.list' and actor = 'demo-community-nurse'`)
    expect(rows[0]?.count).toBe(4)
  })

  it('is narrowed by ward in its address', async () => {
    const { text } = await open('community-nurse', '/caseload-in-hospital?ward=Ward+A5')
    expect(text).toContain('BRAMWELL')
    expect(text).not.toContain('OGLEY')
  })
})

test('a document of a source runs nothing and stands in no other site', async () => {
  const of = await record('margaret-ashworth')
  const id = /documents\/([0-9a-f-]{36})/.exec((await open('gp', `${of}/documents`)).text)?.[1]
  expect((await open('gp', `${of}/documents/${id}`)).text).toContain('class="gt-document gt-document--text"')
  const { headers } = await open('gp', `${of}/documents/${id}/content`)
  expect(headers.get('content-security-policy')).toMatch(
    /default-src 'none'.*frame-ancestors 'self'; sandbox/,
  )
  // Another person's document is not found through this person's address.
  expect((await open('gp', `${await record('darren-stott')}/documents/${id}`)).status).toBe(404)
})

test('a sheet says UTF-8 and is a file', async () => {
  const answer = await fetch(`${app.base}${await record('margaret-ashworth')}/problems.csv`, {
    headers: { cookie: cookies.get('gp') ?? '' },
  })
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="problems-2026-11-20.csv"')
})
