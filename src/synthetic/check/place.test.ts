import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writePlace } from '../extracts/write-place.ts'
import { drawGround } from '../ground/draw.ts'
import { dayFrom } from '../lives/moment.ts'
import type { Finding } from './check.ts'
import { CHECKS } from './checks/all.ts'
import { wholeness } from './checks/wholeness.ts'
import { openPlace, type Place, plantedPlace, type Row } from './place.ts'
import { findings } from './run.ts'

const tool = resolve(import.meta.dirname, '../../../tools/place-check.ts')
const ran = async (...options: string[]) => {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      '--import',
      'tsx',
      tool,
      ...options,
    ])
    return { code: 0, stdout, stderr }
  } catch (problem) {
    return problem as { code: number; stdout: string; stderr: string }
  }
}

describe('a place of 2,000 people', () => {
  let folder: string
  let place: Place
  let found: Finding[]
  const dir = () => join(folder, 'place')
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'golden-thread-check-'))
    const window = { from: dayFrom('2023-10-01'), until: dayFrom('2026-10-01') }
    const ground = drawGround({ people: 2000, seed: '1' })
    await writePlace(
      { seed: '1', ground, people: 2000, window, format: 'parquet', out: dir(), workers: 1 },
      '0.0.0',
      () => undefined,
    )
    place = await openPlace(dir())
    found = []
    for await (const finding of findings(CHECKS, place)) found.push(finding)
  }, 120_000)
  afterAll(async () => {
    place.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('is asked every check', () => {
    expect(Math.abs(place.people - 2000)).toBeLessThan(20)
    expect(place.years).toBeCloseTo(3, 1)
    expect(found.map(({ check }) => check.id)).toEqual(CHECKS.map(({ id }) => id))
    expect(found.filter(({ verdict }) => verdict === 'passed').length).toBeGreaterThan(100)
  })

  test('is whole', () => {
    const whole = found.filter(({ check }) => check.group === 'Wholeness')
    expect(whole.filter(({ verdict }) => verdict !== 'passed').map(({ check }) => check.id)).toEqual([])
  })

  test('has its counts scaled to its people', () => {
    const deaths = found.find(({ check }) => check.id === 'deaths')
    expect(deaths?.target).toBeCloseTo((2900 * place.people) / 267_000, 10)
  })

  test('fails where twice as many die', async () => {
    const verdicts = async () => {
      const said: [string, string][] = []
      const asked = CHECKS.filter(({ id }) => id === 'deaths' || id === 'person-twice' || id === 'births')
      for await (const { check, verdict } of findings(asked, place)) said.push([check.id, verdict])
      return Object.fromEntries(said)
    }
    expect(await verdicts()).toEqual({ births: 'passed', deaths: 'passed', 'person-twice': 'passed' })
    await place.rows('alter view people rename to people_once')
    await place.rows(
      `create view people as select * from people_once union all select * from people_once where departure = 'died'`,
    )
    expect(await verdicts()).toEqual({ births: 'passed', deaths: 'failed', 'person-twice': 'failed' })
    await place.rows('drop view people')
    await place.rows('alter view people_once rename to people')
  })

  test('is told line by line, with the sum at the end', async () => {
    const { code, stdout } = await ran(dir())
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toBe('group | figure | target | measured | difference | allowed | verdict')
    const told = lines.filter((line) => line.split(' | ').length === 7).slice(1)
    expect(told).toHaveLength(CHECKS.length)
    const many = (verdict: string) => told.filter((line) => line.endsWith(` | ${verdict}`)).length
    expect(lines.at(-1)).toBe(`${many('pass')} passed, ${many('FAIL')} failed`)
    expect(code).toBe(many('FAIL') > 0 ? 1 : 0)
    const json = JSON.parse((await ran(dir(), '--json')).stdout)
    expect(json.findings).toHaveLength(CHECKS.length)
    expect(json.unmet.length).toBeGreaterThan(0)
  }, 60_000)
})

test('a place is read from CSV where there is no Parquet', async () => {
  const out = join(await mkdtemp(join(tmpdir(), 'golden-thread-csv-')), 'place')
  const window = { from: dayFrom('2025-10-01'), until: dayFrom('2026-10-01') }
  const order = { seed: '1', ground: drawGround({ people: 300, seed: '1' }), people: 300, window } as const
  await writePlace({ ...order, format: 'csv', out, workers: 1 }, '0.0.0', () => undefined)
  const place = await openPlace(out)
  for await (const { check, verdict } of findings(wholeness, place))
    expect([check.id, verdict]).toEqual([check.id, 'passed'])
  place.close()
  await rm(out, { recursive: true })
}, 60_000)

test('a folder that is no place is called so', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'golden-thread-no-place-'))
  const { code, stderr } = await ran(empty)
  expect(code).toBe(2)
  expect(stderr).toContain('is no place: it has neither')
  expect((await ran()).code).toBe(2)
  await rm(empty, { recursive: true })
}, 30_000)

/** 10 digits of the 999 range with their check digit: 9990000018 is 11 − (9·10 + 9·9 + 9·8 + 1·2) mod 11. */
const NUMBER = '9990000018'
const mary: Row = {
  person_id: 1,
  nhs_number: NUMBER,
  birth_date: '1950-05-05',
  sex: 'female',
  decile: 1,
  neighbourhood: 'N1',
  here_from: '2024-01-01',
  arrival: 'here at the start',
  lives_alone: true,
  household: 1,
}
const about = { person_id: 1, nhs_number: NUMBER }
const stay = (event: number, from: string, to: string): Row => ({
  event_id: event,
  ...about,
  method: 'emergency',
  admitted_at: from,
  discharged_at: to,
  destination: 'usual home',
  nights: 1,
})
const DEAD = { departure: 'died', death_date: '2024-06-01', here_until: '2024-06-01', death_place: 'home' }

describe('a planted fault fails the check that looks for it, and no other', () => {
  test.each<[check: string, rows: Record<string, Row[]>]>([
    ['', {}],
    [
      'two-beds',
      {
        admitted_care: [
          stay(1, '2024-02-01 10:00', '2024-02-05 10:00'),
          stay(2, '2024-02-04 10:00', '2024-02-06 10:00'),
        ],
      },
    ],
    [
      '',
      {
        admitted_care: [
          stay(1, '2024-02-01 10:00', '2024-02-05 10:00'),
          stay(2, '2024-02-05 10:00', '2024-02-06 10:00'),
        ],
      },
    ],
    [
      'after-death',
      {
        people: [{ ...mary, ...DEAD }],
        tests: [{ event_id: 1, ...about, taken_at: '2024-06-02 09:00', test: 'weight' }],
      },
    ],
    [
      '',
      {
        people: [{ ...mary, ...DEAD }],
        tests: [{ event_id: 1, ...about, taken_at: '2024-06-01 09:00', test: 'weight' }],
      },
    ],
    ['died-there', { people: [{ ...mary, ...DEAD, death_place: 'hospital' }] }],
    [
      'died-elsewhere',
      {
        people: [{ ...mary, ...DEAD }],
        admitted_care: [{ ...stay(1, '2024-05-30 10:00', '2024-06-01 10:00'), destination: 'died' }],
      },
    ],
    ['number-range', { people: [{ ...mary, nhs_number: '9434765919' }] }],
    ['number-check', { people: [{ ...mary, nhs_number: '9990000019' }] }],
    ['number-twice', { people: [mary, { ...mary, person_id: 2 }] }],
    ['person-twice', { people: [mary, { ...mary, nhs_number: null }] }],
    [
      'known-people',
      { tests: [{ event_id: 1, ...about, person_id: 9, taken_at: '2024-03-01 09:00', test: 'weight' }] },
    ],
    [
      'same-number',
      { tests: [{ event_id: 1, ...about, nhs_number: null, taken_at: '2024-03-01 09:00', test: 'weight' }] },
    ],
    [
      'before-birth',
      {
        people: [{ ...mary, birth_date: '2024-03-02', lives_alone: false }],
        tests: [{ event_id: 1, ...about, taken_at: '2024-03-01 09:00', test: 'weight' }],
      },
    ],
    [
      'while-here',
      {
        people: [{ ...mary, departure: 'moved away', here_until: '2024-03-01' }],
        tests: [{ event_id: 1, ...about, taken_at: '2024-03-09 09:00', test: 'weight' }],
      },
    ],
    [
      'causes-first',
      {
        tests: [
          { event_id: 1, ...about, taken_at: '2024-03-01 09:00', test: 'weight', because_id: 2 },
          { event_id: 2, ...about, taken_at: '2024-03-02 09:00', test: 'weight' },
        ],
      },
    ],
    [
      'times-in-order',
      {
        emergency_care: [
          {
            event_id: 1,
            ...about,
            arrived_at: '2024-03-01 09:00',
            seen_at: '2024-03-01 08:00',
            left_at: '2024-03-01 10:00',
            outcome: 'discharged',
          },
        ],
      },
    ],
    [
      'contacts-of-caseloads',
      {
        hospice_contacts: [
          {
            event_id: 1,
            ...about,
            caseload_id: 7,
            service: 'hospice community',
            contact_at: '2024-03-01 09:00',
          },
        ],
      },
    ],
    [
      'two-wards',
      {
        ward_stays: [
          {
            admission_id: 1,
            ...about,
            ward_order: 1,
            ward_from: '2024-03-01 09:00',
            ward_until: '2024-03-03 09:00',
          },
          {
            admission_id: 1,
            ...about,
            ward_order: 2,
            ward_from: '2024-03-02 09:00',
            ward_until: '2024-03-04 09:00',
          },
        ],
      },
    ],
    ['men-with-child', { births: [{ event_id: 1, ...about, born_at: '2024-03-01 09:00', child_id: 5 }] }],
    ['children-alone', { people: [{ ...mary, birth_date: '2015-01-01' }] }],
    [
      'illness-of-the-other-sex',
      {
        conditions: [
          { ...about, condition: 'prostateCancer', onset_date: '2024-02-01', found_date: '2024-02-01' },
        ],
      },
    ],
  ])('%s', async (id, rows) => {
    const calendar = ['2024-01-01', '2024-12-31'].map((day) => ({ day }))
    const place = await plantedPlace({ calendar, people: [mary], ...rows })
    const failed: string[] = []
    for await (const { check, verdict } of findings(wholeness, place))
      if (verdict !== 'passed') failed.push(check.id)
    place.close()
    expect(failed).toEqual(id === '' ? [] : [id])
  })
})
