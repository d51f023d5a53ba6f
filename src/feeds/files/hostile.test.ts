import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../platform/index.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { signIn, systemToken } from '../../testing/http.ts'
import { aFile } from './a-file.ts'
import { readCsv } from './read/read-csv.ts'

/** What should not be sent, is. Nothing of it may stop the product, vanish, or be run by whoever looks at it. */
let app: TestApp
let owner: Database
let officer: string
let token: string
beforeAll(async () => {
  app = await testApp()
  owner = openDatabase(app.ownerUrl, 1)
  officer = await signIn(app.base, 'demo-data-officer')
  token = await systemToken(app.base, 'demo-council', 'demo-council-secret')
})
afterAll(async () => {
  await owner.close()
  await app.close()
})

const send = (body: Uint8Array, type = 'text/csv') =>
  fetch(`${app.base}/files/care-home-residents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    body: new Uint8Array(body),
  })

type Checks = { state: string; counts: { refused: number }; faults: unknown[]; refusedLines: unknown[] }

const received = async (): Promise<number> =>
  (
    await owner.transaction('owner', {}, (db) =>
      sql<{ n: number }>`select count(*) as n from feeds.extract`.execute(db),
    )
  ).rows[0]?.n ?? 0

async function upload(name: string, bytes: Buffer, set = 'demo-council care-home-residents') {
  const form = new FormData()
  form.set('set', set)
  form.set('file', new Blob([new Uint8Array(bytes)]), name)
  const answer = await fetch(`${app.base}/files/send`, {
    method: 'POST',
    headers: { cookie: officer },
    body: form,
    redirect: 'manual',
  })
  return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() }
}

const page = async (path: string) => (await fetch(app.base + path, { headers: { cookie: officer } })).text()

describe('files of any bytes', () => {
  test('are kept, each with what is wrong with it', async () => {
    const good = Buffer.from(
      aFile('care-home-residents', [
        {},
        { resident_id: '2', nhs_number: '' },
        { resident_id: '3', family_name: 'Zoë 🙂'.repeat(20) },
      ]),
    )
    let sent = 0
    const before = await received()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat(good.length), byte: fc.nat(255), cut: fc.nat(3) }), {
          minLength: 1,
          maxLength: 30,
        }),
        async (changes) => {
          let bytes = Buffer.from(good)
          for (const { at, byte, cut } of changes)
            bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at + cut)])
          const answer = await send(bytes)
          expect([200, 201, 422]).toContain(answer.status)
          const { state, counts, faults, refusedLines } = (await answer.json()) as Checks
          if (answer.status !== 200) sent += 1
          if (state === 'refused') expect(faults).not.toEqual([])
          else if (answer.status === 201) expect(refusedLines).toHaveLength(counts.refused)
        },
      ),
      { numRuns: 150 },
    )
    expect(await received()).toBe(before + sent)
    expect(sent).toBeGreaterThan(100)
  }, 120_000)

  test('such as NUL characters, are told', async () => {
    const answer = await send(
      Buffer.from(aFile('care-home-residents', [{ family_name: 'A\0B', resident_id: '\0' }])),
    )
    const { refusedLines } = (await answer.json()) as { refusedLines: { words: string }[] }
    expect(refusedLines[0]?.words).toContain('“A␀B” holds a character that is no text')
  })

  test('in another wrapping are turned away', async () => {
    for (const type of ['application/json', 'text/plain', 'application/fhir+json'])
      expect((await send(Buffer.from('{}'), type)).status, type).toBe(400)
    expect((await send(Buffer.from('PK'), 'application/zip')).status).toBe(415)
    expect((await send(Buffer.alloc(33 * 1024 * 1024, 'a,'))).status).toBe(413)
  })

  test('are no form: what a body of CSV says is not taken for fields', async () => {
    const answer = await fetch(`${app.base}/files/send`, {
      method: 'POST',
      headers: { cookie: officer, 'content-type': 'text/csv' },
      body: 'set,file\na,b\n',
    })
    expect([answer.status, (await answer.text()).includes('Choose what the file holds')]).toEqual([422, true])
  })
})

describe('by the page', () => {
  test('a file is checked at once and shown', async () => {
    const sent = await upload(
      'residents <b>.csv',
      Buffer.from(
        aFile('care-home-residents', [{ resident_id: 'U1', nhs_number: '', family_name: 'Uploaded' }]),
      ),
    )
    expect([sent.status, sent.location]).toEqual([
      303,
      expect.stringMatching(/^\/files\/received\/[0-9a-f-]{36}$/),
    ])
    const shown = await page(sent.location)
    expect(shown).toContain('residents &lt;b')
    expect(shown).toContain('by Nadia Price')
    expect(await page('/files')).toContain(sent.location)
    const again = await upload(
      'again.csv',
      Buffer.from(
        aFile('care-home-residents', [{ resident_id: 'U1', nhs_number: '', family_name: 'Uploaded' }]),
      ),
    )
    expect(again.location).toBe(`${sent.location}?repeat=yes`)
    expect(await page(again.location)).toContain('This is the same file as one that was received before')
  })

  test.each<[string, () => ReturnType<typeof upload>, string]>([
    ['no file', () => upload('', Buffer.from('')), 'Choose a file'],
    [
      'a file of another kind',
      () => upload('a.pdf', Buffer.from('%PDF-1.7')),
      'The file must be CSV or plain text',
    ],
    [
      'a binary file under the name of CSV',
      () => upload('a.csv', Buffer.from([0, 1, 2, 3])),
      'its content is not',
    ],
    [
      'another organisation’s set',
      () => upload('a.csv', Buffer.from('a'), 'demo-hospice hospice'),
      'Choose what the file holds',
    ],
    ['no set', () => upload('a.csv', Buffer.from('a'), ''), 'Choose what the file holds'],
  ])('%s is told beside the form', async (_, by, words) => {
    const answer = await by()
    expect([answer.status, answer.text.includes(words)]).toEqual([422, true])
    expect(answer.text).toContain('Send and check')
  })

  test('what a line says is shown as text, and a sheet runs nothing', async () => {
    const evil = '<script>alert(1)</script>'
    const file = aFile('care-home-residents', [
      { resident_id: 'X1', nhs_number: '', family_name: evil, home_name: '=1+1' },
      { extract_date: '=2026-10-01', resident_id: 'X2', nhs_number: '=cmd|calc', family_name: evil },
    ])
    const { location } = await upload('evil.csv', Buffer.from(file))
    for (const path of [location, `${location}/added`, '/files/quarantine']) {
      const shown = await page(path)
      expect(shown, path).not.toContain(evil)
      expect(shown, path).toMatch(/&lt;script|cmd/)
    }
    const sheet = await page(`${location}/refused.csv`)
    let cells = 0
    for await (const { values } of readCsv(Buffer.from(sheet)))
      for (const cell of values) {
        expect(cell).not.toMatch(/^\s*[=+@-]/)
        cells += 1
      }
    expect(cells).toBe(16)
  })
})
