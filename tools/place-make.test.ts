import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from './tree.ts'

const folder = mkdtempSync(join(tmpdir(), 'golden-thread-place-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', join(root, 'tools/place-make.ts'), ...args], {
    cwd: root,
    encoding: 'utf8',
  })
const order = ['--people', '300', '--years', '1', '--seed', '1', '--out']

test('what is asked for wrongly is named, and nothing is written', () => {
  const { status, stderr } = run(...order, join(folder, 'a'), '--format', 'xlsx')
  expect([status, stderr.split('\n')[0]]).toEqual([2, expect.stringContaining('--format')])
  expect(readdirSync(folder)).toEqual([])
})

test('a place is told with its progress, and says that its people are invented', () => {
  const { status, stdout, stderr } = run(...order, join(folder, 'new', 'place'), '--format', 'csv')
  expect(status).toBe(0)
  expect(stderr).toContain('These people are invented.')
  expect(stderr).toMatch(/170 of 170 neighbourhoods, [\d,]+ rows, [\d.]+ s/)
  expect(JSON.parse(stdout)).toMatchObject({ rows: expect.any(Number), peakMegabytes: expect.any(Number) })
  expect(readdirSync(join(folder, 'new'))).toEqual(['place'])
}, 30_000)

test('with --record the same people’s records are there too, listed with their checksums', () => {
  const out = join(folder, 'records')
  expect(run(...order, out, '--format', 'csv', '--record', '--dirt').status).toBe(0)
  const { files } = JSON.parse(readFileSync(join(out, 'place.json'), 'utf8')) as {
    files: { file: string; rows: number; sha256: string }[]
  }
  const records = files.filter(({ file }) => file.startsWith('record/'))
  expect(records.map(({ file }) => file)).toContain('record/hl7/rfr-hospital.hl7')
  for (const { file, rows, sha256 } of records) {
    const bytes = readFileSync(join(out, file))
    expect([file, createHash('sha256').update(bytes).digest('hex')]).toEqual([file, sha256])
    expect([file, bytes.toString('utf8').split('\n').length - 1]).toEqual([file, rows])
  }
}, 30_000)

test('somebody’s files are left alone', () => {
  writeFileSync(join(folder, 'letter.txt'), 'Dear')
  const { status, stderr } = run(...order, folder)
  expect([status, stderr]).toEqual([2, expect.stringContaining('holds files')])
  expect(readdirSync(folder)).toContain('letter.txt')
})

const real = join(root, '../shared/data/rotherham')
test.skipIf(!existsSync(real))(
  'real ground is read from a place’s own files, and lived on by invented people',
  () => {
    const { status } = run(...order, join(folder, 'real'), '--format', 'csv', '--reference', real)
    expect(status).toBe(0)
    const said = JSON.parse(readFileSync(join(folder, 'real', 'place.json'), 'utf8'))
    expect(said).toMatchObject({ ground: 'reference', statement: expect.stringContaining('invented') })
    expect(readFileSync(join(folder, 'real', 'practices.csv'), 'utf8')).toContain('\nC87')
  },
  30_000,
)

test('ground that cannot be read is said in a sentence', () => {
  const { status, stderr } = run(...order, join(folder, 'none'), '--reference', folder)
  expect(status).toBe(2)
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringContaining('invented'),
    expect.stringContaining('missing in'),
  ])
})
