import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Conflict, type Database, openDatabase } from '../platform/index.ts'
import {
  aSource,
  council,
  hospital,
  nurse,
  officer,
  peekAs,
  practice,
  speaking,
} from '../testing/a-source.ts'
import { type FreshDatabase, freshDatabase } from '../testing/index.ts'
import { nhsNumberFor } from '../testing/world-bundles.ts'
import { fileOf, linkFiles, neverTheSame, notSure, supersede, unlinkFile } from './links.ts'
import { nhsNumberSystem } from './nhs-number.ts'

let db: FreshDatabase
let owner: Database
let as: ReturnType<typeof speaking>['as']
let hears: ReturnType<typeof speaking>['hears']
beforeAll(async () => {
  db = await freshDatabase()
  ;({ as, hears } = speaking(db, new Date('2026-11-22T10:00:00Z')))
  owner = openDatabase(db.ownerUrl, 1)
})
afterAll(async () => {
  await owner.close()
  await db.close()
})

const peek = <Row>(query: RawBuilder<Row>) => peekAs(owner)(query)
/** Which of these files are one person, as access decides by: the groups, each in the order given. */
async function persons(...files: string[]): Promise<string[][]> {
  const rows = await peek(sql<{ person_key: string; person_id: string }>`
    select person_key, person_id from access.person_file where person_key = any (${files}::uuid[])`)
  return [...Map.groupBy(rows, (row) => row.person_id).values()].map((group) =>
    group.map((row) => row.person_key).sort((a, b) => files.indexOf(a) - files.indexOf(b)),
  )
}
const links = (file: string) =>
  peek(sql<{ id: number; act: string; why: string; recorded_by: string; replaces: number | null }>`
    select id, act, why, recorded_by, replaces from people.person_link where person_key = ${file} order by id`)

describe('a practitioner links and unlinks', () => {
  test('two files become one person and, unlinked, are exactly what they were', async () => {
    const [one, other] = [await hears(hospital), await hears(council)]
    const everything = () =>
      peek(sql`select f.*, r.principal, r.kind, r.origin from access.person_file f left join access.reach r using (person_key)
               where person_key in (${one}, ${other}) order by 1, 2, 3, 4, 5`)
    const before = await everything()
    await as(officer, (on) => linkFiles(on, { one, other, why: 'seen both passports' }))
    expect(await persons(one, other)).toEqual([[one, other]])
    expect((await links(other)).at(-1)).toMatchObject({
      act: 'link',
      why: 'seen both passports',
      recorded_by: 'dq',
    })
    await as(officer, (on) => unlinkFile(on, { one, other, why: 'the other passport was forged' }))
    expect(await everything()).toEqual(before)
    const rows = await links(other)
    expect(rows.map((row) => row.act)).toEqual(['alone', 'link', 'unlink'])
    // Each row says which one it replaces.
    expect(rows.map((row) => row.replaces)).toEqual([null, rows[0]?.id, rows[1]?.id])
  })

  test('whoever answers what has been answered meanwhile is told so, and nothing changes', async () => {
    const [one, other] = [await hears(hospital), await hears(council)]
    await as(officer, (on) => notSure(on, { one, other, why: 'rang the ward', replaces: null }))
    await expect(
      as(officer, (on) => linkFiles(on, { one, other, why: 'the same', replaces: null })),
    ).rejects.toThrow(Conflict)
    expect(await persons(one, other)).toHaveLength(2)
  })

  test('never the same parts them, and nobody joins them again: not directly, not through a third', async () => {
    const [one, other, third] = [await hears(hospital), await hears(council), await hears(practice)]
    await as(officer, (on) => linkFiles(on, { one, other, why: 'alike' }))
    await as(officer, (on) => neverTheSame(on, { one, other, why: 'sisters' }))
    expect(await persons(one, other)).toHaveLength(2)
    await expect(as(officer, (on) => linkFiles(on, { one, other, why: 'again' }))).rejects.toThrow(Conflict)
    await as(officer, (on) => linkFiles(on, { one, other: third, why: 'one person' }))
    await expect(
      as(officer, (on) => linkFiles(on, { one: third, other, why: 'one person' })),
    ).rejects.toThrow(Conflict)
    // Taken back, they can be.
    await as(officer, (on) => unlinkFile(on, { one, other, why: 'a mistake' }))
    await as(officer, (on) => linkFiles(on, { one: third, other, why: 'one person' }))
    expect(await persons(one, other, third)).toEqual([[one, other, third]])
  })

  test('what the rule joined stays parted once a practitioner has unlinked it', async () => {
    const who = { nhsNumber: '9990001235', family: 'Kay', localValue: 'K1' }
    const [one, other] = [await hears(hospital, who), await hears(practice, who)]
    expect(await persons(one, other)).toHaveLength(1)
    await as(officer, (on) => unlinkFile(on, { one, other, why: 'number given to two people' }))
    expect(await persons(one, other)).toHaveLength(2)
    await hears(hospital, { ...who, given: 'Margaret Anne' })
    expect(await persons(one, other)).toHaveLength(2)
  })

  test('where the rule would join two that are never the same through a third, it joins nobody', async () => {
    const who = { nhsNumber: '9990001308', family: 'Orr' }
    const [one, other] = [await hears(hospital, who), await hears(practice, who)]
    await as(officer, (on) => neverTheSame(on, { one, other, why: 'mother and daughter' }))
    const third = await hears(council, who)
    expect(await persons(one, other, third)).toHaveLength(3)
  })

  test('and linking one of them by hand, and taking it back, tells the rule nothing new', async () => {
    const who = { nhsNumber: '9990001375', family: 'Orme' }
    const [one, other, third] = [
      await hears(hospital, who),
      await hears(practice, who),
      await hears(council, who),
    ]
    await as(officer, (on) => neverTheSame(on, { one, other, why: 'mother and daughter' }))
    expect(await persons(one, other, third)).toHaveLength(3)
    await as(officer, (on) => linkFiles(on, { one, other: third, why: 'seen' }))
    expect(await persons(one, other, third)).toEqual([[one, third], [other]])
    await as(officer, (on) => unlinkFile(on, { one, other: third, why: 'a mistake' }))
    expect(await persons(one, other, third)).toHaveLength(3)
  })

  test('unlinking what the rule has come to join as well parts it', async () => {
    const who = { family: 'Ives', localValue: 'I1' }
    const one = await hears(hospital, who)
    const other = await hears(practice, { ...who, nhsNumber: '9990001383' })
    await as(officer, (on) => linkFiles(on, { one, other, why: 'seen' }))
    await hears(hospital, { ...who, nhsNumber: '9990001383' })
    await as(officer, (on) => unlinkFile(on, { one, other, why: 'her sister’s number' }))
    expect(await persons(one, other)).toHaveLength(2)
  })

  test('only a role that matches records may', async () => {
    const [one, other] = [await hears(hospital), await hears(council)]
    await expect(as(nurse, (on) => linkFiles(on, { one, other, why: 'mine' }))).rejects.toThrow(
      /only a role that matches/,
    )
  })
})

describe('a source links and unlinks its own files', () => {
  const a40 = { localSystem: 'hospital number' }
  test('two of its numbers are one person; said again nothing changes; taken back they are two', async () => {
    const one = await hears(hospital, { ...a40, localValue: 'H1' })
    const other = await hears(hospital, { ...a40, localValue: 'H2' })
    await as(hospital, async (on) => {
      const surviving = await fileOf(on, 'rfr-hospital', { system: 'hospital number', value: 'H1' })
      const merged = await fileOf(on, 'rfr-hospital', { system: 'hospital number', value: 'H2' })
      expect([surviving, merged]).toEqual([one, other])
      await linkFiles(on, { one, other, why: 'A40' })
      await linkFiles(on, { one, other, why: 'A40' })
    })
    expect(await persons(one, other)).toHaveLength(1)
    expect(await links(other)).toHaveLength(2)
    await as(hospital, (on) => unlinkFile(on, { one, other, why: 'A37' }))
    expect(await persons(one, other)).toHaveLength(2)
  })

  test('its word does not join what carries two NHS numbers: not when it says so, and not when the second number comes later', async () => {
    const [x, y] = [nhsNumberFor(7001), nhsNumberFor(7002)]
    const [atPractice, elsewhere] = [
      await hears(practice, { nhsNumber: x, family: 'Adams' }),
      await hears(council, { nhsNumber: y, family: 'Brown' }),
    ]
    const [one, other] = [
      await hears(hospital, { localValue: 'M1', family: 'Adams' }),
      await hears(hospital, { localValue: 'M2', family: 'Brown' }),
    ]
    await as(hospital, (on) => linkFiles(on, { one, other, why: 'A40' }))
    expect(await persons(one, other)).toHaveLength(1)
    await hears(hospital, { localValue: 'M1', family: 'Adams', nhsNumber: x })
    expect(await persons(one, other, atPractice)).toHaveLength(1)
    await hears(hospital, { localValue: 'M2', family: 'Brown', nhsNumber: y })
    const parted = [
      [one, atPractice],
      [other, elsewhere],
    ]
    expect(await persons(one, atPractice, other, elsewhere)).toEqual(parted)
    await expect(as(hospital, (on) => linkFiles(on, { one, other, why: 'A40' }))).rejects.toThrow(Conflict)
    // A practitioner who has looked may.
    await as(officer, (on) => linkFiles(on, { one, other, why: 'two numbers were issued' }))
    expect(await persons(one, other)).toHaveLength(1)
    await hears(hospital, { localValue: 'M2', family: 'Browne', nhsNumber: y })
    expect(await persons(one, other)).toHaveLength(1)
  })

  test('it takes back nothing that a practitioner has said', async () => {
    const [one, other] = [await hears(hospital), await hears(hospital)]
    await as(officer, (on) => neverTheSame(on, { one, other, why: 'twins' }))
    await expect(as(hospital, (on) => unlinkFile(on, { one, other, why: 'A37' }))).rejects.toThrow(Conflict)
    await expect(as(hospital, (on) => linkFiles(on, { one, other, why: 'A40' }))).rejects.toThrow(Conflict)
    expect(await persons(one, other)).toHaveLength(2)
    const [third, fourth] = [await hears(hospital), await hears(hospital)]
    await as(officer, (on) => linkFiles(on, { one: third, other: fourth, why: 'seen both passports' }))
    await expect(
      as(hospital, (on) => unlinkFile(on, { one: third, other: fourth, why: 'A37' })),
    ).rejects.toThrow(Conflict)
    expect(await persons(third, fourth)).toHaveLength(1)
  })

  test('but not another source’s, and not what a practitioner has parted', async () => {
    const [one, other] = [await hears(hospital), await hears(hospital)]
    const foreign = await hears(practice)
    await expect(as(hospital, (on) => linkFiles(on, { one, other: foreign, why: 'A40' }))).rejects.toThrow(
      /its own files/,
    )
    await as(officer, (on) => neverTheSame(on, { one, other, why: 'twins' }))
    await expect(as(hospital, (on) => linkFiles(on, { one, other, why: 'A40' }))).rejects.toThrow(Conflict)
  })

  test('a merge that cannot be leaves the other messages of its transaction whole', async () => {
    const [one, other, third] = [await hears(hospital), await hears(hospital), await hears(hospital)]
    await as(officer, (on) => neverTheSame(on, { one, other, why: 'twins' }))
    await as(hospital, async (on) => {
      await linkFiles(on, { one: other, other: third, why: 'A40' })
      await expect(linkFiles(on, { one, other: third, why: 'A40' })).rejects.toThrow(Conflict)
    })
    expect(await persons(one, other, third)).toEqual([[one], [other, third]])
  })
})

describe('an NHS number', () => {
  const claims = (number: string) =>
    peek(sql<{ person_key: string }>`select person_key from people.identifier_claim where value = ${number}`)

  test('that a source corrects joins and parts by itself', async () => {
    const who = { family: 'Lund', localValue: 'L1', nhsNumber: '9990001316' }
    const [one, other] = [await hears(hospital, who), await hears(practice, who)]
    expect(await persons(one, other)).toHaveLength(1)
    await hears(hospital, { ...who, nhsNumber: '9990001324' })
    expect(await persons(one, other)).toHaveLength(2)
    // The claim on the old number passed to whoever still carries it.
    expect(await claims('9990001316')).toEqual([{ person_key: other }])
    await hears(hospital, who)
    expect(await persons(one, other)).toHaveLength(1)
    expect(await claims('9990001324')).toEqual([])
  })

  test('claimed by four sources at one moment makes one person', async () => {
    const sources = [hospital, practice, council, aSource('zp002-gp', 'ZP002')]
    for (let round = 0; round < 5; round++) {
      const who = { family: `Race ${round}`, nhsNumber: nhsNumberFor(500 + round) }
      const files = await Promise.all(sources.map((source) => hears(source, who)))
      expect(await persons(...files), `round ${round}`).toHaveLength(1)
      expect(await claims(who.nhsNumber)).toHaveLength(1)
    }
  })
})

describe('a number superseded', () => {
  test('its files stand alone and are doubted with nobody, whatever was said and whatever comes', async () => {
    const old = { family: 'Vale', given: 'Thomas', nhsNumber: '9990001340', localValue: 'V1' }
    const [one, other, manual] = [
      await hears(hospital, old),
      await hears(practice, old),
      await hears(council),
    ]
    await as(officer, (on) => linkFiles(on, { one, other: manual, why: 'seen' }))
    expect(await persons(one, other, manual)).toHaveLength(1)
    await as(practice, (on) => supersede(on, { system: nhsNumberSystem, value: old.nhsNumber }))
    expect(await persons(one, other, manual)).toHaveLength(3)
    const late = await hears(council, { ...old, family: 'Other' })
    await hears(hospital, { ...old, given: 'Tom' })
    expect(await persons(one, other, manual, late)).toHaveLength(4)
    expect(await peek(sql`select from people.doubt where ${late} in (person_key, other_key)`)).toEqual([])
    await expect(as(officer, (on) => linkFiles(on, { one, other: late, why: 'x' }))).rejects.toThrow(Conflict)
  })
})
