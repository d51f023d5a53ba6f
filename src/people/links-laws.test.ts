import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Conflict, type Database, openDatabase } from '../platform/index.ts'
import { council, hospital, officer, peekAs, practice, speaking } from '../testing/a-source.ts'
import { type FreshDatabase, freshDatabase } from '../testing/index.ts'
import { nhsNumberFor } from '../testing/world-bundles.ts'
import type { Said } from './files.ts'
import { linkFiles, neverTheSame, supersede, unlinkFile } from './links.ts'
import { nhsNumberSystem } from './nhs-number.ts'

/**
 * The laws of files and links, over random lives: Patients of several sources and their corrections, links, unlinks, never the same, numbers
 * superseded; shuffled and repeated as feeds do.
 */
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

const sources = [hospital, practice, council] as const

/** A file by its place among six: source and local number. Numbers, names and days are few, so that they meet. */
type Act =
  | { act: 'says'; file: number; number: number | null; given: string; born: string }
  | { act: 'link' | 'unlink' | 'never'; one: number; other: number }
  | { act: 'superseded'; number: number }
const file = fc.nat({ max: 5 })
const says: fc.Arbitrary<Act> = fc.record({
  act: fc.constant('says' as const),
  file,
  number: fc.option(fc.nat({ max: 2 }), { freq: 3, nil: null }),
  given: fc.constantFrom('Margaret', 'Peggy', 'Ivy', 'Baby'),
  born: fc.constantFrom('1941-07-14', '1941-07-14', '1950-02-03'),
})
const decision: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom('link' as const, 'link' as const, 'unlink' as const, 'never' as const),
  one: file,
  other: file,
})
const superseded: fc.Arbitrary<Act> = fc.record({
  act: fc.constant('superseded' as const),
  number: fc.nat({ max: 2 }),
})

/** One life in a world of its own: its numbers and local numbers are nobody else's. */
class Life {
  readonly files = new Map<number, string>()
  readonly #world = randomUUID()
  readonly #serial: number
  static #worlds = 0
  constructor() {
    this.#serial = 2000 + Life.#worlds++ * 3
  }

  number(which: number): string {
    return nhsNumberFor(this.#serial + which)
  }

  said(act: Extract<Act, { act: 'says' }>): Partial<Said> {
    return {
      localValue: `${this.#world} ${act.file}`,
      nhsNumber: act.number === null ? null : this.number(act.number),
      family: `Family${this.#world.replace(/[^a-z]/g, '')}`,
      given: act.given,
      birthDate: act.born,
      postcode: 'S60 1AA',
    }
  }

  /** @returns whether it was done; a link that cannot be is refused with Conflict and leaves everything as it was */
  async does(act: Act): Promise<boolean> {
    if (act.act === 'says') {
      const key = await hears(sources[act.file % 3] ?? hospital, this.said(act))
      expect(this.files.get(act.file) ?? key).toBe(key)
      this.files.set(act.file, key)
      return true
    }
    if (act.act === 'superseded') {
      await as(officer, (on) => supersede(on, { system: nhsNumberSystem, value: this.number(act.number) }))
      return true
    }
    const [one, other] = [this.files.get(act.one), this.files.get(act.other)]
    if (!one || !other || one === other) return false
    const say = { link: linkFiles, unlink: unlinkFile, never: neverTheSame }[act.act]
    try {
      await as(officer, (on) => say(on, { one, other, why: act.act }))
      return true
    } catch (problem) {
      if (problem instanceof Conflict) return false
      throw problem
    }
  }

  /** Which files are one person now, by their places; the same whatever the keys. */
  async persons(): Promise<string> {
    const placeOf = new Map([...this.files].map(([place, key]) => [key, place]))
    const rows = await peek(
      sql<{
        person_key: string
        person_id: string
      }>`select person_key, person_id from access.person_file where person_key = any (${[...this.files.values()]}::uuid[])`,
    )
    return [...Map.groupBy(rows, (row) => row.person_id).values()]
      .map((group) =>
        group
          .map((row) => placeOf.get(row.person_key) ?? -1)
          .sort()
          .join('+'),
      )
      .sort()
      .join(' ')
  }
}

const peek = <Row>(query: RawBuilder<Row>) => peekAs(owner)(query)

/** What must hold of a life at every moment. */
async function mustHold(life: Life): Promise<void> {
  const keys = [...life.files.values()]
  // The projection agrees with the latest row of the log, and each row replaces the one before it.
  expect(
    await peek(sql`
      select f.person_key from access.person_file f
      where f.person_key = any (${keys}::uuid[]) and f.person_id is distinct from
        (select l.person_id from people.person_link l where l.person_key = f.person_key order by l.id desc limit 1)
      union all
      select l.person_key from people.person_link l
      where l.person_key = any (${keys}::uuid[]) and l.replaces is distinct from
        (select max(before.id) from people.person_link before where before.person_key = l.person_key and before.id < l.id)`),
  ).toEqual([])
  // Two files that were declared never the same are never in one person.
  expect(
    await peek(sql`
      select p.person_key from people.pair p
      join access.person_file one on one.person_key = p.person_key join access.person_file other on other.person_key = p.other_key
      where p.person_key = any (${keys}::uuid[]) and p.verdict = 'never the same' and one.person_id = other.person_id`),
  ).toEqual([])
  // A number that some file carries is claimed by one file that carries it; one that none carries is claimed by none.
  const numbers = [0, 1, 2].map((which) => life.number(which))
  expect(
    await peek(sql`
      select number from unnest(${numbers}::text[]) number
      where (select count(*) from people.identifier_claim c where c.value = number) <>
            (select least(count(*), 1) from people.demographic d where d.nhs_number = number)
         or exists (select from people.identifier_claim c join people.demographic d on d.person_key = c.person_key
                    where c.value = number and d.nhs_number is distinct from number)`),
  ).toEqual([])
  // What carries a superseded number stands alone.
  expect(
    await peek(sql`
      select d.person_key from people.demographic d join access.person_file f on f.person_key = d.person_key
      where d.person_key = any (${keys}::uuid[]) and d.nhs_number in (select s.value from people.superseded_claim s)
        and exists (select from access.person_file other where other.person_id = f.person_id and other.person_key <> f.person_key)`),
  ).toEqual([])
  // How a pair stands is the same from both sides.
  expect(
    await peek(sql`
      select p.person_key from people.pair p
      left join people.pair mirror on mirror.person_key = p.other_key and mirror.other_key = p.person_key
      where p.person_key = any (${keys}::uuid[]) and (p.rule, p.score, p.verdict, p.verdict_id) is distinct from (mirror.rule, mirror.score, mirror.verdict, mirror.verdict_id)`),
  ).toEqual([])
}

test('whatever is said and decided, in whatever order, the laws hold; a link taken back leaves nothing behind', async () => {
  let linked = 0
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(says, says, says, says),
      fc.array(
        fc.oneof(
          { weight: 8, arbitrary: says },
          { weight: 10, arbitrary: decision },
          { weight: 1, arbitrary: superseded },
        ),
        {
          minLength: 6,
          maxLength: 22,
        },
      ),
      async (first, then) => {
        const life = new Life()
        const everybody = first.map((act, place) => ({ ...act, file: place }) as Act)
        for (const act of [...everybody, ...then]) {
          const before = await life.persons()
          const done = await life.does(act)
          if (!done) expect(await life.persons()).toBe(before)
          await mustHold(life)
          if (!done || act.act !== 'link') continue
          const after = await life.persons()
          if (after === before) continue
          // Straight back, and again: exactly what it was, twice.
          expect(await life.does({ ...act, act: 'unlink' })).toBe(true)
          expect(await life.persons()).toBe(before)
          expect(await life.does(act)).toBe(true)
          expect(await life.persons()).toBe(after)
          linked++
        }
      },
    ),
    { numRuns: 25, endOnFailure: true },
  )
  expect(linked).toBeGreaterThan(5)
}, 120_000)

test('what sources say last decides, whatever the order in which their messages came, and however often', async () => {
  let joined = 0
  await fc.assert(
    fc.asyncProperty(
      // Each file’s last word, and then the decisions on them, said in two orders; some words come twice, some are corrected first.
      fc.uniqueArray(says, {
        minLength: 3,
        maxLength: 7,
        selector: (act) => (act.act === 'says' ? act.file : 0),
      }),
      fc.array(says, { maxLength: 5 }),
      fc.array(fc.tuple(file, file), { maxLength: 3 }),
      fc.option(fc.nat({ max: 2 }), { freq: 4, nil: null }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      async (last, earlier, never, gone, dice) => {
        const shuffled = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item) => ({ item, at: dice.next().value as number }))
            .sort((one, other) => one.at - other.at)
            .map(({ item }) => item)
        const live = async (corrected: boolean) => {
          const life = new Life()
          const known = new Set(last.flatMap((act) => (act.act === 'says' ? [act.file] : [])))
          if (corrected)
            for (const act of shuffled(earlier))
              if (act.act === 'says' && known.has(act.file)) await life.does(act)
          const words = shuffled([...last, ...(corrected ? last : [])])
          const decisions: Act[] = never.map(([one, other]) => ({ act: 'never', one, other }))
          if (gone !== null && corrected) decisions.unshift({ act: 'superseded', number: gone })
          if (!corrected) for (const act of last) await life.does(act)
          for (const act of shuffled(decisions)) if (!corrected) await life.does(act)
          for (const act of words) await life.does(act)
          if (corrected) for (const act of shuffled(decisions)) await life.does(act)
          else if (gone !== null) await life.does({ act: 'superseded', number: gone })
          await mustHold(life)
          return life.persons()
        }
        const one = await live(false)
        expect(await live(true)).toBe(one)
        if (one.includes('+')) joined++
      },
    ),
    { numRuns: 25, endOnFailure: true },
  )
  expect(joined).toBeGreaterThan(2)
}, 120_000)
