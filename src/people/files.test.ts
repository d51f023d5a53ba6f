import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileScope, makeOwnBond, rulesOf, settingsOf } from '../access/index.ts'
import { type Actor, type Database, type Db, openDatabase } from '../platform/index.ts'
import { type FreshDatabase, freshDatabase } from '../testing/index.ts'
import { filesFor, filesOf, refOf, type Said } from './files.ts'
import { unlinkFile } from './links.ts'
import { trace } from './trace.queries.ts'

let db: FreshDatabase
let owner: Database
beforeAll(async () => {
  db = await freshDatabase()
  owner = openDatabase(db.ownerUrl, 1)
})
afterAll(async () => {
  await owner.close()
  await db.close()
})

const now = new Date('2026-11-22T10:00:00Z')
const said = (more: Partial<Said> = {}): Said => ({
  localSystem: 'local',
  localValue: randomUUID(),
  nhsNumber: null,
  family: 'Ashworth',
  given: 'Margaret',
  title: 'Mrs',
  birthDate: '1941-07-14',
  gender: 'female',
  postcode: 'S63 9ZA',
  died: false,
  ...more,
})

function as<Result>(
  actor: Actor,
  purpose: string,
  capability: string,
  work: (on: Db) => Promise<Result>,
): Promise<Result> {
  const scope = compileScope(actor, purpose, rulesOf(db.place), db.place.sources, now)
  return db.database.transaction(capability, settingsOf(actor, scope), work)
}

const hears = (source: string, organisation: string, what: Said) =>
  as(
    { id: source, name: source, kind: 'system', role: 'feed', organisation, teams: [], source },
    'feed',
    'people',
    async (on) => (await filesFor(on, source, organisation, [{ said: what }]))[0] ?? '',
  )
const hospital = (what: Said) => hears('rfr-hospital', 'RFR', what)
const practice = (what: Said) => hears('zp001-gp', 'ZP001', what)

const nurse: Actor = {
  id: 'n',
  name: 'N',
  kind: 'staff',
  role: 'emergency-nurse',
  organisation: 'RFR',
  teams: ['rfr-emergency'],
}
/** Whoever matches records; the place gives the role its name. */
const officer: Actor = { ...nurse, id: 'dq', name: 'DQ', role: 'data-quality-officer' }
const filesWith = (file: string) =>
  as(nurse, 'direct care', 'people', async (on) => {
    const { rows } = await sql<{
      files: string[]
    }>`select ${filesOf(await refOf(on, file))} as files`.execute(on)
    return rows[0]?.files ?? []
  })
const doubts = async (file: string) =>
  (
    await owner.transaction('owner', {}, (on) =>
      on.selectFrom('people.doubt').select('other_key').where('person_key', '=', file).execute(),
    )
  ).map((row) => row.other_key)

describe('one person, several files', () => {
  test('the same NHS number with the same birth date and name joins two sources’ files', async () => {
    const one = await hospital(said({ nhsNumber: '9990001235' }))
    const other = await practice(said({ nhsNumber: '9990001235', given: 'Margaret Anne' }))
    expect(await filesWith(one)).toEqual([one, other].sort())
    expect(await doubts(other)).toEqual([])
  })

  test('the same NHS number with another birth date does not, and somebody is asked', async () => {
    const one = await hospital(said({ nhsNumber: '9990001308', birthDate: '1938-02-03' }))
    const other = await practice(
      said({ nhsNumber: '9990001308', birthDate: '1983-03-02', family: 'Other', given: 'Someone' }),
    )
    expect(await filesWith(one)).toEqual([one])
    expect(await filesWith(other)).toEqual([other])
    expect(await doubts(other)).toEqual([one])
  })

  test('the same name and birth date without a number are two people', async () => {
    const one = await hospital(said())
    const other = await practice(said())
    expect(await filesWith(one)).toEqual([one])
    expect(await filesWith(other)).toEqual([other])
  })

  test('a source that says the same person again writes in the same file; a number learned later joins it', async () => {
    const first = said({ localValue: 'R1', family: 'Later', given: 'Una' })
    const one = await hospital(first)
    const other = await practice(said({ nhsNumber: '9990001316', family: 'Later', given: 'Una' }))
    expect(await hospital({ ...first, nhsNumber: '9990001316' })).toBe(one)
    expect(await filesWith(one)).toEqual([one, other].sort())
  })

  test('two sources at the same moment make one person of one number', async () => {
    const both = await Promise.all([
      hospital(said({ nhsNumber: '9990001324' })),
      practice(said({ nhsNumber: '9990001324' })),
    ])
    expect(await filesWith(both[0] ?? '')).toEqual([...both].sort())
  })

  test('after an unlink nobody reaches the parted file by the other’s bonds', async () => {
    const one = await hospital(said({ nhsNumber: '9990001332' }))
    const other = await practice(said({ nhsNumber: '9990001332' }))
    await as(nurse, 'direct care', 'people', (on) =>
      makeOwnBond(on, db.place, {
        actor: nurse,
        file: one,
        kind: 'stated reason',
        reason: 'with me',
        request: randomUUID(),
        now,
      }),
    )
    const reached = async () =>
      (
        await as(nurse, 'direct care', 'people', (on) =>
          sql<{
            person_key: string
          }>`select person_key from access.reach where person_key in (${one}, ${other})`.execute(on),
        )
      ).rows.map((row) => row.person_key)
    expect((await reached()).sort()).toEqual([one, other].sort())
    await as(officer, 'record matching', 'people', (on) =>
      unlinkFile(on, { one, other, why: 'two people, says the practice' }),
    )
    expect(await reached()).toEqual([one])
  })
})

describe('tracing', () => {
  const tracing = (clues: Parameters<typeof trace>[1]) =>
    as(nurse, 'direct care', 'people', (on) => trace(on, clues))

  test('one identifier of a name finds nobody', async () => {
    await hospital(said({ family: 'Lonely' }))
    expect(await tracing({ family: 'Lonely' })).toEqual([])
    expect(await tracing({ birthDate: '1941-07-14' })).toEqual([])
  })

  test('names are found however they are written, and by their first letters', async () => {
    await hospital(said({ family: 'O’Neill-Jones', given: 'Zoë' }))
    expect(await tracing({ family: "o'neill jones", birthDate: '1941-07-14' })).toHaveLength(1)
    expect(await tracing({ family: 'ONEILL-JONES', given: 'zo', postcode: 's639za' })).toHaveLength(1)
    expect(await tracing({ family: 'ONeill-Jones', given: 'Ann', postcode: 'S63 9ZA' })).toHaveLength(0)
  })

  test('a protected address is not given, by whichever file it was protected', async () => {
    const one = await hospital(said({ nhsNumber: '9990001367', family: 'Lisle' }))
    const other = await practice(said({ nhsNumber: '9990001367', family: 'Lisle' }))
    await as(
      {
        id: 'gp',
        name: 'gp',
        kind: 'system',
        role: 'feed',
        organisation: 'ZP001',
        teams: [],
        source: 'zp001-gp',
      },
      'feed',
      'record',
      (on) =>
        on
          .insertInto('access.protection')
          .values({ person_key: other, kind: 'protected address', basis: 'Patient/1', in_force: true })
          .execute(),
    )
    const [found] = await tracing({ nhsNumber: '9990001367' })
    expect(found?.files).toContain(one)
    expect(found?.postcode).toBeNull()
  })
})

describe('why somebody may read', () => {
  const bond = (principal: string, kind: 'stated reason' | 'registered practice', reason: string | null) =>
    as(nurse, 'direct care', 'people', (on) =>
      on
        .insertInto('access.relationship')
        .values({ person_key: randomUUID(), principal, kind, basis: 'x', since: now, until: now, reason })
        .execute(),
    )
  test.each([
    ['for somebody else', 'actor:another', 'stated reason', 'because'],
    ['for the whole team', 'rfr-emergency', 'stated reason', 'because'],
    ['of a kind that only a source makes', 'actor:n', 'registered practice', 'because'],
    ['without saying why', 'actor:n', 'stated reason', null],
  ] as const)('nobody can make a bond %s', async (_words, principal, kind, reason) => {
    await expect(bond(principal, kind, reason)).rejects.toThrow(/row-level security/)
  })
})
