import { randomUUID } from 'node:crypto'
import type { RawBuilder } from 'kysely'
import { compileScope, type Place, rulesOf, settingsOf } from '../access/index.ts'
import { filesFor, type Said } from '../people/index.ts'
import type { Actor, Database, Db } from '../platform/index.ts'

/** For tests: sources that say who somebody is, somebody who matches records, and a look behind the walls. */

export const aSource = (source: string, organisation: string): Actor => ({
  id: source,
  name: source,
  kind: 'system',
  role: 'feed',
  organisation,
  teams: [],
  source,
})
export const hospital = aSource('rfr-hospital', 'RFR')
export const practice = aSource('zp001-gp', 'ZP001')
export const council = aSource('rmbc-social-care', 'RMBC')

export const officer: Actor = {
  id: 'dq',
  name: 'DQ',
  kind: 'staff',
  role: 'data-quality-officer',
  organisation: 'ZPLACE',
  teams: [],
}
export const nurse: Actor = { ...officer, id: 'n', role: 'emergency-nurse', organisation: 'RFR' }

const purposes: Record<string, string> = { feed: 'feed', 'data-quality-officer': 'record matching' }

/** Whoever acts, each a second after the one before. */
export function speaking({ database, place }: { database: Database; place: Place }, from: Date) {
  let now = from.getTime()
  const as = <Result>(actor: Actor, work: (on: Db) => Promise<Result>): Promise<Result> => {
    now += 1000
    const scope = compileScope(
      actor,
      purposes[actor.role] ?? 'direct care',
      rulesOf(place),
      place.sources,
      new Date(now),
    )
    return database.transaction('people', settingsOf(actor, scope), work)
  }
  const hears = (source: Actor, what: Partial<Said> = {}): Promise<string> =>
    as(source, async (on) => {
      const said: Said = {
        localSystem: 'local',
        localValue: randomUUID(),
        nhsNumber: null,
        family: `Family${randomUUID().replace(/[^a-z]/g, '')}`,
        given: 'Margaret',
        title: null,
        birthDate: '1941-07-14',
        gender: 'female',
        postcode: null,
        died: false,
        ...what,
      }
      const [file] = await filesFor(on, source.source ?? '', source.organisation, [{ said }])
      return file ?? ''
    })
  return { as, hears }
}

/** What stands in the tables, as their owner sees it. */
export const peekAs =
  (owner: Database) =>
  <Row>(query: RawBuilder<Row>): Promise<Row[]> =>
    owner.transaction('owner', {}, async (on) => (await query.execute(on)).rows)
