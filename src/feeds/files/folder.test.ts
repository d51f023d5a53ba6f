import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, stoppedClock } from '../../platform/index.ts'
import { testApp } from '../../testing/app.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/index.ts'
import { aFile } from './a-file.ts'
import type { FileParts } from './as-sender.ts'
import { folderOf } from './folder.ts'

let fresh: FreshDatabase
let root: string
let folder: string
const logged: unknown[] = []
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.close())
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'golden-thread-drop-'))
  folder = join(root, 'demo-council')
  mkdirSync(folder)
  logged.length = 0
  return () => rmSync(root, { recursive: true, force: true })
})

const parts = (): FileParts & { folder: string } => ({
  place: fresh.place,
  database: fresh.database,
  clock: stoppedClock('2026-11-22T10:00:00Z'),
  log: (entry) => logged.push(entry),
  folder: root,
})
const names = (...path: string[]) => readdirSync(join(folder, ...path)).sort()
const residents = (id: string) => aFile('care-home-residents', [{ resident_id: id, nhs_number: '' }])

async function received(): Promise<number> {
  const owner = openDatabase(fresh.ownerUrl, 1)
  try {
    const { rows } = await owner.transaction('owner', {}, (db) =>
      sql<{ n: number }>`select count(*) as n from feeds.extract`.execute(db),
    )
    return rows[0]?.n ?? 0
  } finally {
    await owner.close()
  }
}

test('a file is taken when two looks find it the same, moved, and reported beside it without anybody’s name', async () => {
  const look = folderOf(parts())
  writeFileSync(join(folder, 'care-home-residents-1.csv'), residents('1').slice(0, 40))
  expect(await look()).toBe(0)
  appendFileSync(join(folder, 'care-home-residents-1.csv'), residents('1').slice(40))
  expect(await look()).toBe(0)
  expect(await look()).toBe(1)
  expect(names()).toEqual(['taken'])
  expect(names('taken')).toEqual(['care-home-residents-1.csv', 'care-home-residents-1.csv.txt'])
  const report = readFileSync(join(folder, 'taken', 'care-home-residents-1.csv.txt'), 'utf8')
  expect(report).toContain('Care home residents: Checked. It waits for somebody to accept it.')
  expect(report).toContain('- New: 1')
  expect(report).not.toContain('Ashworth')
})

test('what is still being written is left alone', async () => {
  const look = folderOf(parts())
  for (const name of [
    '.hidden.csv',
    'care-home-residents.csv.part',
    'care-home-residents.tmp',
    'x.csv.filepart',
  ])
    writeFileSync(join(folder, name), residents('2'))
  for (let looks = 0; looks < 3; looks++) expect(await look()).toBe(0)
  expect(names()).toHaveLength(4)
})

test('a process that died after receiving and before moving receives the file no second time', async () => {
  writeFileSync(join(folder, 'care-home-residents.csv'), residents('3'))
  const before = await received()
  const first = folderOf(parts())
  await first()
  await first()
  // As it was before it was moved; another process looks.
  writeFileSync(join(folder, 'care-home-residents.csv'), residents('3'))
  const second = folderOf(parts())
  await second()
  await second()
  expect(await received()).toBe(before + 1)
  expect(names('taken')).toEqual([
    '2-care-home-residents.csv',
    '2-care-home-residents.csv.txt',
    'care-home-residents.csv',
    'care-home-residents.csv.txt',
  ])
  expect(readFileSync(join(folder, 'taken', '2-care-home-residents.csv.txt'), 'utf8')).toContain(
    'The same file was received before',
  )
})

test('what cannot be used is refused with its faults, and what it is for must be told by its name', async () => {
  const look = folderOf(parts())
  writeFileSync(join(folder, 'care-home-residents.csv'), 'Home code\nZCH01\n')
  writeFileSync(join(folder, 'list of today.csv'), residents('4'))
  await look()
  expect(await look()).toBe(2)
  expect(readFileSync(join(folder, 'refused', 'care-home-residents.csv.txt'), 'utf8')).toContain(
    '- The file has no column “Resident ID”.',
  )
  expect(readFileSync(join(folder, 'refused', 'list of today.csv.txt'), 'utf8')).toContain(
    'adult-social-care, care-home-residents',
  )
})

describe('links that a sender has put into its folder are not followed', () => {
  test('to a file elsewhere, such as another sender’s: it is not read', async () => {
    const look = folderOf(parts())
    const elsewhere = join(root, 'secret.csv')
    writeFileSync(elsewhere, residents('6'))
    symlinkSync(elsewhere, join(folder, 'care-home-residents.csv'))
    symlinkSync(join(root, 'nothing'), join(folder, 'care-home-residents-2.csv'))
    const before = await received()
    for (let looks = 0; looks < 3; looks++) expect(await look()).toBe(0)
    expect(await received()).toBe(before)
    expect(logged).toEqual([])
  })

  test('to another sender’s folder, in place of where its files are moved to: nothing is put there', async () => {
    const look = folderOf(parts())
    const others = join(root, 'demo-hospice')
    mkdirSync(others)
    symlinkSync(others, join(folder, 'taken'))
    symlinkSync(others, join(folder, 'refused'))
    writeFileSync(join(folder, 'care-home-residents.csv'), residents('7'))
    writeFileSync(join(folder, 'other.csv'), residents('8'))
    for (let looks = 0; looks < 3; looks++) expect(await look()).toBe(0)
    expect(readdirSync(others)).toEqual([])
    expect(names()).toContain('care-home-residents.csv')
    expect(JSON.stringify(logged)).not.toContain('care-home-residents.csv')
  })

  test('in place of a report: another name is found', async () => {
    const look = folderOf(parts())
    const elsewhere = join(root, 'theirs.txt')
    writeFileSync(elsewhere, 'as it was')
    mkdirSync(join(folder, 'taken'))
    symlinkSync(elsewhere, join(folder, 'taken', 'care-home-residents.csv.txt'))
    writeFileSync(join(folder, 'care-home-residents.csv'), residents('9'))
    await look()
    expect(await look()).toBe(1)
    expect(readFileSync(elsewhere, 'utf8')).toBe('as it was')
    expect(names('taken')).toContain('2-care-home-residents.csv.txt')
  })
})

test('without the database a file stays, and is taken when the database is back', async () => {
  const broken = parts()
  const look = folderOf({
    ...broken,
    database: {
      ...broken.database,
      transaction: () => Promise.reject(Object.assign(new Error('connection'), { code: 'ECONNREFUSED' })),
    },
  })
  writeFileSync(join(folder, 'care-home-residents.csv'), residents('5'))
  for (let looks = 0; looks < 4; looks++) expect(await look()).toBe(0)
  expect(names()).toEqual(['care-home-residents.csv'])
  expect(JSON.stringify(logged)).not.toContain('care-home-residents.csv')
  const again = folderOf(parts())
  await again()
  expect(await again()).toBe(1)
})

test('the running product looks by itself', async () => {
  const app = await testApp()
  try {
    const drop = join(app.filesDir, 'demo-hospice')
    await expect.poll(() => readdirSync(app.filesDir), { timeout: 5000 }).toContain('demo-hospice')
    writeFileSync(join(drop, 'anything.csv'), aFile('hospice', [{ nhs_number: '9990000018' }]))
    await expect.poll(() => readdirSync(drop), { timeout: 10_000, interval: 100 }).toContain('taken')
    const owner = openDatabase(app.ownerUrl, 1)
    const plans = async () =>
      (
        await owner.transaction('owner', {}, (db) =>
          sql<{
            description: string
          }>`select description from record.v_care_plan where source = 'zhosp-hospice'`.execute(db),
        )
      ).rows
    await expect
      .poll(plans, { timeout: 10_000, interval: 200 })
      .toEqual([{ description: 'Heart failure. Preferred place of care: Own home' }])
    await owner.close()
  } finally {
    await app.close()
  }
})
