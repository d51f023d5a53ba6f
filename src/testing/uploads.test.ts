import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { authenticator, demoIssuer, keeperOf } from '../access/index.ts'
import { filesOf } from '../people/index.ts'
import { anyone, openDoor, openFigures, page, scannerOf, stoppedClock, uploaded } from '../platform/index.ts'
import { type FreshDatabase, freshDatabase } from './index.ts'

/** A page that takes one file, behind the real door. Its scanner finds the word "virus", and breaks on "trouble". */
const scanner = `${process.execPath} -e globalThis.all='';process.stdin.on('data',(d)=>(all+=d)).on('end',()=>process.exit(all.includes('virus')?1:all.includes('trouble')?2:0))`
const most = 64 * 1024
const taking = page({
  method: 'POST',
  path: '/take',
  may: anyone('a page of this test alone'),
  audit: 'take',
  takes: { file: { kinds: ['pdf', 'csv', 'docx'], mostBytes: most } },
  input: z.object({ file: uploaded, title: z.string().min(1, 'Give a title') }),
  run: ({ input: { file, title } }) => ({
    type: 'text/plain',
    body: `${title} ${file.name} ${file.kind} ${file.type} ${file.bytes.length}`,
  }),
})
const plain = page({
  method: 'POST',
  path: '/plain',
  may: anyone('a page of this test alone'),
  audit: 'plain',
  input: z.object({}),
  run: () => ({ redirect: '/' }),
})

let fresh: FreshDatabase
let door: Awaited<ReturnType<typeof openDoor>>
let base: string
beforeAll(async () => {
  fresh = await freshDatabase()
  const clock = stoppedClock('2026-06-16T12:00:00Z')
  const issuer = () => demoIssuer('http://localhost')
  door = await openDoor({
    database: fresh.database,
    clock,
    keeper: keeperOf(fresh.place, filesOf, authenticator(fresh.database, fresh.place, issuer, clock)),
    routes: { record: [taking, plain] },
    assets: new Map(),
    publicUrl: () => base,
    appOrigins: new Set(),
    scan: scannerOf(scanner),
    log: () => undefined,
    figures: openFigures(fresh.database),
    frame: {
      place: { name: 'Test' },
      roleName: () => '',
      navigation: () => [],
      demonstration: true,
      refusal: () => undefined,
      formTargets: () => [],
    },
  })
  base = await door.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await door?.close()
  await fresh?.close()
})

async function send(name: string, content: string | Buffer, fields = { title: 'A title' }, path = '/take') {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.append(field, value)
  form.append('file', new Blob([new Uint8Array(Buffer.from(content))]), name)
  const answer = await fetch(base + path, { method: 'POST', body: form })
  return { status: answer.status, text: await answer.text() }
}

describe('a page that takes a file', () => {
  test('is handed it with the fields of its form', async () => {
    expect(await send('Letter of 3 May.PDF', '%PDF-1.7 words')).toEqual({
      status: 200,
      text: 'A title Letter of 3 May.PDF pdf application/pdf 14',
    })
    expect((await send('people.csv', 'nhs,name\r\n1,Å\r\n')).text).toContain('people.csv csv text/csv 16')
    expect((await send('full.csv', 'x'.repeat(most))).status).toBe(200)
  })

  test.each([
    ['an empty one', 'a.pdf', '', 'The file is empty'],
    ['one byte too many', 'a.csv', 'x'.repeat(most + 1), 'The file must be smaller than 64 KB'],
    ['far too many', 'a.csv', 'x'.repeat(most * 40), 'The file must be smaller than 64 KB'],
    ['another kind', 'a.exe', 'MZ', 'The file must be PDF, CSV or Word (.docx)'],
    ['no kind', 'letter', 'words', 'The file must be PDF, CSV or Word (.docx)'],
    ['a PDF that is none', 'a.pdf', '<script>', 'says it is PDF, but its content is not'],
    ['a CSV that is a PDF', 'a.csv', '%PDF-1.7', 'says it is CSV, but its content is not'],
    ['a CSV of zero bytes', 'a.csv', Buffer.alloc(8), 'says it is CSV, but its content is not'],
    [
      'a Word file that is some zip',
      'a.docx',
      'PK\x03\x04 other',
      'says it is Word (.docx), but its content is not',
    ],
    ['an infected one', 'a.csv', 'a virus', 'The file was refused by the virus scanner'],
  ])('says one thing about %s', async (_, name, content, words) => {
    const { status, text } = await send(name, content)
    expect(status).toBe(422)
    expect([...text.matchAll(/<li>/g)].length).toBe(1)
    expect(text).toContain(words)
  })

  test('asks for one where none was chosen, which browsers send without a name', async () => {
    const nameless = await fetch(`${base}/take`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: '--b\r\ncontent-disposition: form-data; name="file"; filename=""\r\ncontent-type: application/octet-stream\r\n\r\n\r\n--b--\r\n',
    })
    expect([nameless.status, await nameless.text()]).toEqual([422, expect.stringContaining('Choose a file')])
  })

  test('takes nothing where the scanner cannot look', async () => {
    expect((await send('a.csv', 'trouble')).status).toBe(503)
  })

  test('says what is wrong with the other fields too', async () => {
    const { text } = await send('a.exe', 'x', { title: '' })
    expect(text).toContain('Give a title')
    expect(text).toContain('The file must be PDF, CSV or Word (.docx)')
  })

  test('goes on when a sender goes away in the middle', async () => {
    const { port } = new URL(base)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      `POST /take HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 50000\r\n\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nhalf`,
    )
    socket.end()
    await text(socket)
    expect((await send('a.csv', 'whole')).status).toBe(200)
  })

  test('says that a field was too long and never goes on with a part of it', async () => {
    const { status, text } = await send('a.csv', 'x', { title: 'x'.repeat(100_001) })
    expect([status, text]).toEqual([422, expect.stringContaining('must be shorter than 100,000 characters')])
  })

  test('reads many at once, each whole', async () => {
    const sizes = Array.from({ length: 40 }, (_, index) => 1000 + index)
    const answers = await Promise.all(sizes.map((size) => send('a.csv', 'x'.repeat(size))))
    expect(answers.map(({ text }) => Number(text.split(' ').at(-1)))).toEqual(sizes)
  })
})

test('a page that takes none turns a form with files away', async () => {
  expect((await send('a.csv', 'x', { title: 'x' }, '/plain')).status).toBe(415)
})
