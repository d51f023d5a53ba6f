import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiveOne } from '../demo.ts'
import { isNhsNumber } from '../people/index.ts'
import { aBorough } from '../synthetic/a-borough.ts'
import { NHS_NUMBER } from '../synthetic/index.ts'
import { writeRecord } from '../synthetic/record-files/write-record.ts'
import { type FreshDatabase, freshDatabase } from './index.ts'

const world = aBorough({ people: 300, from: '2025-06-01', until: '2026-06-01' })
let folder: string
let place: FreshDatabase
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'golden-thread-records-'))
  place = await freshDatabase()
}, 60_000)
afterAll(async () => {
  await place.close()
  await rm(folder, { recursive: true })
})

const written = async (name: string, dirt: boolean) =>
  writeRecord({ dir: join(folder, name), world, place: place.place, dirt })

type Line = { receivedAt: string; bundle: { type: 'transaction'; resourceType: 'Bundle'; entry: never[] } }
const bundlesIn = async (name: string): Promise<(Line & { source: string })[]> => {
  const dir = join(folder, name, 'fhir')
  const files = (await readdir(dir)).sort()
  const lines = await Promise.all(
    files.map(async (file) =>
      (await readFile(join(dir, file), 'utf8'))
        .trim()
        .split('\n')
        .map((line) => ({ source: file.replace('.ndjson', ''), ...(JSON.parse(line) as Line) })),
    ),
  )
  return lines.flat()
}
const numbersIn = (bundle: unknown): string[] =>
  [...JSON.stringify(bundle).matchAll(new RegExp(`"${NHS_NUMBER}","value":"(\\d+)"`, 'g'))].map(
    ([, n]) => n ?? '',
  )

async function claims(ownerUrl: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  const { rows } = await owner.query<{ value: string }>('select value from people.identifier_claim')
  await owner.end()
  return rows.map(({ value }) => value)
}

describe('the record written as files', () => {
  it('is the same bytes for the same seed, clean and with dirt, and says that its people are invented', async () => {
    for (const dirt of [false, true]) {
      const [one, two] = [await written('one', dirt), await written('two', dirt)]
      expect(two).toEqual(one)
      await rm(join(folder, 'two'), { recursive: true })
    }
    expect(await readFile(join(folder, 'one', 'README.txt'), 'utf8')).toContain('These people are invented.')
  }, 60_000)

  it('with the dirt of real feeds is taken whole, and nobody is known by a wrong number', async () => {
    await written('dirty', true)
    const sent = await bundlesIn('dirty')
    const numbers = sent.map(({ bundle }) => numbersIn(bundle))
    expect(numbers.some((each) => each.length === 0)).toBe(true)
    const wrong = new Set(numbers.flat().filter((each) => !isNhsNumber(each)))
    expect(wrong.size).toBeGreaterThan(0)
    for (const message of sent) await receiveOne(place.database, place.place, message)
    const claimed = new Set(await claims(place.ownerUrl))
    expect([...wrong].filter((each) => claimed.has(each))).toEqual([])
    expect(claimed.size).toBeGreaterThan(250)
  }, 120_000)
})
