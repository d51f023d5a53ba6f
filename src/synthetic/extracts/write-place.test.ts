import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allExtracts } from '../../datasets/extracts/all.ts'
import { faultsIn } from '../../datasets/extracts/faults.ts'
import type { FlatExtract } from '../../datasets/extracts/schema.ts'
import { drawGround } from '../ground/draw.ts'
import { livesOf } from '../lives/lives.ts'
import { ageOn, dayFrom } from '../lives/moment.ts'
import type { World } from '../lives/world.ts'
import { isFree, type PlaceOrder, STATEMENT, writePlace } from './write-place.ts'

const window = { from: dayFrom('2025-04-01'), until: dayFrom('2026-04-01') }
const world = (): World => ({ seed: '7', ground: drawGround({ people: 1200, seed: '7' }), window })

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'golden-thread-extracts-'))
  await write('place', 2)
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const write = (name: string, workers: number, more: Partial<PlaceOrder> = {}) => {
  const { ground, seed } = world()
  const order = { seed, ground, people: 1200, window, format: 'both', ...more } as const
  return writePlace({ ...order, out: join(folder, name), workers }, '0.0.0', () => undefined)
}

const csvOf = async (extract: FlatExtract): Promise<string[][]> =>
  parse(await readFile(join(folder, 'place', `${extract.id}.csv`)), { record_delimiter: '\n' })
const named = async (id: string): Promise<Record<string, string>[]> =>
  parse(await readFile(join(folder, 'place', `${id}.csv`)), { record_delimiter: '\n', columns: true })

const everyFile = async (name: string): Promise<Map<string, Buffer>> => {
  const files = (await readdir(join(folder, name))).sort()
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(folder, name, file))] as const)),
  )
}

describe('a small place', () => {
  test.each(allExtracts.map((extract) => [extract.id, extract] as const))(
    'has each row of %s as it is declared',
    async (_, extract) => {
      const [header, ...rows] = await csvOf(extract)
      expect(header).toEqual(extract.columns.map(({ name }) => name))
      expect(rows.flatMap((row) => faultsIn(extract, row)).slice(0, 5)).toEqual([])
      const at = extract.key.map((name) => header?.indexOf(name) ?? -1)
      expect(new Set(rows.map((row) => at.map((nth) => row[nth]).join('|'))).size).toBe(rows.length)
    },
  )

  test('has the same rows in Parquet, in the same order', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    for (const extract of allExtracts) {
      const asText = extract.columns.map(({ name, type }) =>
        type.kind === 'moment' ? `strftime("${name}", '%Y-%m-%dT%H:%M')` : `"${name}"::varchar`,
      )
      const file = join(folder, 'place', `${extract.id}.parquet`)
      const found = await connection.runAndReadAll(`select ${asText.join(', ')} from '${file}'`)
      const [, ...rows] = await csvOf(extract)
      expect(found.getRows()).toEqual(rows.map((row) => row.map((value) => (value === '' ? null : value))))
    }
    connection.closeSync()
  }, 60_000)

  test('is the same bytes with one thread and with three', async () => {
    const two = await everyFile('place')
    for (const workers of [1, 3]) {
      await write(`with-${workers}`, workers)
      const other = await everyFile(`with-${workers}`)
      expect([...other.keys()]).toEqual([...two.keys()])
      for (const [file, bytes] of other) expect(two.get(file)?.equals(bytes), file).toBe(true)
    }
  }, 60_000)

  test('tells of each person once, and as many of each age as live there', async () => {
    const ages = new Map<number, number>()
    const told = world()
    for (let nth = 0; nth < told.ground.neighbourhoods.length; nth++)
      for (const { resident } of livesOf(told, nth)) {
        const age = ageOn(resident.born, window.from)
        ages.set(age, (ages.get(age) ?? 0) + 1)
      }
    const written = new Map<number, number>()
    for (const { birth_date } of await named('people')) {
      const age = ageOn(dayFrom(birth_date ?? ''), window.from)
      written.set(age, (written.get(age) ?? 0) + 1)
    }
    expect(written).toEqual(ages)
  })

  test('joins: whoever something happened to is in people, and what led to it happened before', async () => {
    const people = new Set((await named('people')).map(({ person_id }) => person_id))
    const neighbourhoods = new Set((await named('neighbourhoods')).map(({ neighbourhood }) => neighbourhood))
    expect((await named('people')).every((each) => neighbourhoods.has(each['neighbourhood'] ?? ''))).toBe(
      true,
    )
    const ids = allExtracts.filter(({ key }) => key[0] === 'event_id').map(({ id }) => id)
    const tables = new Map<string, Record<string, string>[]>()
    for (const id of ids) tables.set(id, await named(id))
    const events = new Set([...tables.values()].flat().map(({ event_id }) => event_id))
    expect(events.size).toBe([...tables.values()].flat().length)
    for (const [id, rows] of tables)
      for (const row of rows) {
        expect(people.has(row['person_id'] ?? ''), `${id} of ${row['person_id']}`).toBe(true)
        if (row['because_id']) expect(events.has(row['because_id']), `${id} ${row['event_id']}`).toBe(true)
      }
    const numbers = (id: string) => new Set(tables.get(id)?.map(({ event_id }) => event_id))
    const leads = (from: string, column: string, to: string) => {
      const found = numbers(to)
      for (const row of tables.get(from) ?? []) if (row[column]) expect(found.has(row[column])).toBe(true)
    }
    leads('admitted_care', 'attendance_id', 'emergency_care')
    leads('outpatients', 'referral_id', 'referrals')
    for (const kind of ['community', 'mental_health', 'hospice', 'social_prescribing', 'telecare'])
      leads(`${kind}_contacts`, 'caseload_id', `${kind}_caseloads`)
  }, 60_000)

  test('says what it is: invented, by which seed, and what each file holds', async () => {
    const said = JSON.parse(await readFile(join(folder, 'place', 'place.json'), 'utf8'))
    expect(said).toMatchObject({ statement: STATEMENT, seed: '7', from: '2025-04-01', until: '2026-03-31' })
    expect(said.files).toHaveLength(allExtracts.length * 2)
    for (const { file, rows } of said.files.filter((each: { file: string }) => each.file.endsWith('.csv')))
      expect([file, rows]).toEqual([file, (await named(file.slice(0, -4))).length])
    expect(await readFile(join(folder, 'place', 'README.txt'), 'utf8')).toContain(STATEMENT)
  })
})

describe('the folder', () => {
  test('is written anew where an earlier place was, and only there', async () => {
    await write('again', 1, { format: 'csv' })
    expect(await isFree(join(folder, 'again'))).toBe(true)
    await write('again', 1, { format: 'parquet' })
    const files = await readdir(join(folder, 'again'))
    expect(files.filter((file) => file.endsWith('.csv'))).toEqual([])
    expect(files).toContain('people.parquet')

    await mkdir(join(folder, 'letters'))
    await writeFile(join(folder, 'letters', 'dear.txt'), 'Dear')
    expect(await isFree(join(folder, 'letters'))).toBe(false)
    expect(await isFree(join(folder, 'nowhere'))).toBe(true)
  }, 60_000)

  test('is left as it was when the telling fails', async () => {
    const broken = { ...world().ground, neighbourhoods: [null, null] } as never
    await expect(write('broken', 2, { ground: broken })).rejects.toThrow()
    expect((await readdir(folder)).filter((name) => name.includes('broken'))).toEqual([])
  })
})
