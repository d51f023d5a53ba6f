import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hospitalDocument } from '../../../testing/hospital-document.ts'
import { signIn } from '../../../testing/http.ts'
import { aReportingPlace } from '../../../testing/reporting-place.ts'

let place: Awaited<ReturnType<typeof aReportingPlace>>
let margaret: { ref: string; patient: string; person_key: string }
beforeAll(async () => {
  place = await aReportingPlace()
  margaret = await place.fileOf('margaret-ashworth')
  for (const staff of ['social-worker', 'co-ordinator', 'emergency-nurse'])
    place.cookies.set(staff, await signIn(place.app.base, `demo-${staff}`))
})
afterAll(() => place.close())

const form = {
  kind: 'Clinic letter',
  title: 'Heart clinic',
  author: 'Dr Hill',
  day: '1',
  month: '11',
  year: '2026',
}

async function add(
  staff: string,
  content: string | Buffer,
  name: string,
  fields: Record<string, string> = {},
) {
  const body = new FormData()
  for (const [field, value] of Object.entries({ ...form, ...fields })) body.append(field, value)
  body.append('file', new Blob([new Uint8Array(Buffer.from(content))]), name)
  const answer = await fetch(`${place.app.base}/people/${margaret.ref}/documents/new`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: place.cookies.get(staff) ?? '' },
    body,
  })
  const to = answer.headers.get('location') ?? ''
  return { status: answer.status, text: await answer.text(), to, id: to.split('/').at(-1) ?? '' }
}

async function content(staff: string, path: string) {
  const answer = await fetch(`${place.app.base}${path}`, {
    headers: { cookie: place.cookies.get(staff) ?? '' },
  })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}

const list = () => place.open('gp', `/people/${margaret.ref}/documents`)

describe('a practitioner adds a document', () => {
  test('and everybody who may read documents finds it, with who wrote it and who added it', async () => {
    const { status, to } = await add('gp', 'Dear colleague,\nPotassium is high.', 'letter.txt')
    expect(status).toBe(303)
    const { text } = await place.open('community-nurse', to)
    for (const words of [
      'Heart clinic',
      '1 November 2026',
      'Dr Hill',
      'Potassium is high.',
      'Clifton Vale Surgery (added by hand)',
    ])
      expect(text).toContain(words)
    const saved = await content('gp', `${to}/content?save=yes`)
    expect([saved.text, saved.headers.get('content-disposition')]).toEqual([
      'Dear colleague,\nPotassium is high.',
      'attachment; filename="document.txt"',
    ])
    const [kept] = await place.ask(sql<{ source: string; organisation: string; hash: string; size: number }>`
      select source, organisation, hash, size from record.v_document where resource_id = ${to.split('/').at(-1) ?? ''}`)
    expect(kept).toMatchObject({
      source: 'zp001-added-here',
      organisation: 'ZP001',
      size: 34,
      hash: expect.any(String),
    })
  })

  test.each<[string, string | Buffer, string, Record<string, string>, string]>([
    ['that is empty', '', 'a.txt', {}, 'The file is empty'],
    ['that is no PDF', 'words', 'a.pdf', {}, 'but its content is not'],
    ['that is a program', 'MZ', 'a.exe', {}, 'The file must be PDF'],
    [
      'that is too large',
      Buffer.alloc(15 * 1024 * 1024 + 1, 'x'),
      'a.txt',
      {},
      'The file must be smaller than 15 MB',
    ],
    ['of no kind', 'words', 'a.txt', { kind: 'Nonsense' }, 'Choose what kind of document it is'],
    ['without a title', 'words', 'a.txt', { title: ' ' }, 'Give the document a title'],
    ['from tomorrow', 'words', 'a.txt', { day: '21' }, 'The date must be today or in the past'],
    ['of no day', 'words', 'a.txt', { day: '31' }, 'The date must be a real date'],
  ])(
    'but not one %s; the form says so with the person’s name above it',
    async (_, bytes, name, fields, words) => {
      const { status, text } = await add('gp', bytes, name, fields)
      expect([status, text]).toEqual([422, expect.stringContaining(words)])
      expect(text).toContain('ASHWORTH, Margaret')
      expect(text).toContain('value="Dr Hill"')
    },
  )

  test('only about a person with whom they have a relationship, and only where their role holds documents', async () => {
    expect((await add('emergency-nurse', 'x', 'a.txt')).status).toBe(403)
    expect((await add('social-worker', 'x', 'a.txt')).status).toBe(403)
  })

  test('as no other source than their own organisation’s', async () => {
    const settings = {
      'gt.actor': 'x',
      'gt.organisation': 'ZP001',
      'gt.categories': 'document',
      'gt.sources': 'zp001-added-here',
      'gt.principals': 'nobody',
    }
    const begun = await place.app.database.transaction(
      'record',
      settings,
      async (db) =>
        (await sql`select * from record.begin_adding(array[${margaret.person_key}]::uuid[])`.execute(db))
          .rows,
    )
    expect(begun).toEqual([])
  })
})

describe('a document is shown', () => {
  test('as a PDF in a frame that runs nothing of ours, and to be saved', async () => {
    const { to } = await add('gp', '%PDF-1.4 x', 'scan.pdf', { title: 'A scan' })
    const { text } = await place.open('gp', to)
    expect(text).toContain(`src="${to}/content"`)
    expect(text).toContain(`href="${to}/content?save=yes"`)
    const { headers } = await content('gp', `${to}/content`)
    expect([headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([
      'application/pdf',
      'nosniff',
    ])
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test('as HTML made safe, in a sandbox', async () => {
    const { to } = await add(
      'gp',
      '<p>Hello é</p><script>alert(1)</script><img src=x onerror=alert(1)>',
      'letter.html',
    )
    expect((await place.open('gp', to)).text).toMatch(/<iframe[^>]*sandbox/)
    const { text, headers } = await content('gp', `${to}/content`)
    expect(text).toContain('<p>Hello é</p>')
    expect(text).not.toMatch(/script|onerror/)
    expect(headers.get('content-security-policy')).toContain('sandbox')
  })

  test('not at all where it can only be saved, as Word', async () => {
    const { to } = await add('gp', '{\\rtf1 words}', 'letter.rtf')
    expect((await place.open('gp', to)).text).toContain('This kind of document cannot be shown here.')
    expect((await content('gp', `${to}/content`)).headers.get('content-type')).toBe(
      'application/octet-stream',
    )
  })
})

describe('versions', () => {
  test('a new version replaces the old, which says so and leads to it', async () => {
    const first = await add('gp', 'First', 'a.txt', { kind: 'ReSPECT form', title: 'ReSPECT form, first' })
    expect((await place.open('gp', `/people/${margaret.ref}`)).text).toContain('ReSPECT form, first')
    const offered = await place.open('gp', `/people/${margaret.ref}/documents/new?replaces=${first.id}`)
    expect(offered.text).toContain('It replaces “ReSPECT form, first”')
    const second = await add('gp', 'Second', 'b.txt', {
      kind: 'ReSPECT form',
      title: 'ReSPECT form, second',
      replaces: first.id,
      day: '2',
    })
    const summary = (await place.open('gp', `/people/${margaret.ref}`)).text
    const standing = /id="standing"[\s\S]*?<\/section>/.exec(summary)?.[0] ?? ''
    expect(standing).toContain('ReSPECT form, second')
    expect(standing).not.toContain('ReSPECT form, first')
    const old = (await place.open('gp', first.to)).text
    expect(old).toContain('Replaced by a later version')
    expect(old).toContain(`href="${second.to}"`)
    expect((await place.open('gp', second.to)).text).toContain(`href="${first.to}"`)
    // Nobody replaces what is replaced already: two would both be the newest.
    expect((await add('gp', 'Third', 'c.txt', { replaces: first.id })).status).toBe(404)
  })

  test('of another source’s document, which stays as that source has it', async () => {
    const theirs = await hospitalDocument(place, margaret.patient, {
      type: { text: 'ReSPECT form' },
      title: 'ReSPECT from the hospital',
    })
    const mine = await add('gp', 'New', 'a.txt', {
      kind: 'ReSPECT form',
      title: 'ReSPECT, reviewed',
      replaces: theirs,
      day: '3',
    })
    const standing = /id="standing"[\s\S]*?<\/section>/.exec((await list()).text)?.[0] ?? ''
    expect(standing).toContain('ReSPECT, reviewed')
    expect(standing).not.toContain('ReSPECT from the hospital')
    expect((await place.open('gp', `/people/${margaret.ref}/documents/${theirs}`)).text).toContain(
      `href="${mine.to}"`,
    )
    expect(JSON.parse(await (await place.fhir(`/DocumentReference/${theirs}`)).text()).status).toBe('current')
  })
})

test('documents are found by words and by date', async () => {
  await add('gp', 'x', 'a.txt', { title: 'Café visit, unusual', day: '5' })
  const search = (query: string) => place.open('gp', `/people/${margaret.ref}/documents?${query}`)
  expect((await search('words=cafe+UNUSUAL')).text).toMatch(/1 document of \d+ shown/)
  expect((await search('words=nowhere-at-all')).text).toMatch(/0 documents of \d+ shown/)
  expect((await search('words=unusual&period=older')).text).toMatch(/0 documents of \d+ shown/)
})
