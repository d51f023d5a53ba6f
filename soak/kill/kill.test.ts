import { describe, expect, it } from 'vitest'
import { randomFrom } from '../random.ts'
import { killInRounds, undone } from './rounds.ts'
import { canKill, kills } from './victim.ts'

/** What somebody could break behind the product's back, and what is then said: the look after the kills must be able to see it. */
const planted: { what: string; break: string; found: RegExp }[] = [
  {
    what: 'an answer’s row of the audit is gone',
    break:
      "delete from access.audit where request in (select request from access.audit where action like 'fhir.%' order by id desc limit 30)",
    found: /^the answer \S+ is not in the audit$/,
  },
  {
    what: 'the same, by the seal',
    break: 'delete from access.audit where id = (select min(id) from access.audit)',
    found: /^seal \d+ \(.*\) was made over \d+ rows/,
  },
  {
    what: 'a message is lost',
    break: `delete from feeds.message_now where message_id in (
      select a.request from access.audit a where a.action = 'feed.hl7' order by a.id desc limit 20)`,
    found: /^message \S+ was acknowledged and is lost$/,
  },
  {
    what: 'a transaction is there in part',
    break: `delete from record.resource where (type, id) = (
      select type, id from record.resource_identifier where value like 'whole-%' order by value desc limit 1)`,
    found: /^transaction \S+ is there in part/,
  },
  {
    what: 'a version stands that is not the newest',
    break: `update record.resource set version = 1, body = replace(body, '7.4', '7.5') where id = (
      select id from record.resource where type = 'Observation' order by version desc limit 1)`,
    found: /^record\.resource has 1 rows .* lacks 1:/,
  },
  {
    what: 'a row of a view says something else',
    break:
      "update record.v_observation set title = 'Other' where resource_id = (select max(resource_id) from record.v_observation)",
    found: /^record\.v_observation has 1 rows/,
  },
  {
    what: 'the timeline forgets something',
    break:
      'delete from record.timeline_event where resource_id = (select max(resource_id) from record.timeline_event)',
    found: /^record\.timeline_event has 0 rows .* lacks/,
  },
  {
    what: 'a team keeps a bond that nothing gives it',
    break: `insert into access.reach select person_key, 'team:nobody', kind, origin, basis, since, until, own_only, sees_restricted, sees_location
      from access.reach limit 1`,
    found: /^access\.reach has \d+ rows/,
  },
  {
    what: 'a file is in two persons’ hands',
    break:
      'update access.person_file set person_id = gen_random_uuid() where person_key = (select person_key from access.person_file limit 1)',
    found: /^access\.person_file has 1 rows/,
  },
  {
    what: 'a reason is there twice',
    break: `insert into access.relationship (person_key, principal, kind, basis, since, until, reason, recorded_by)
      select person_key, principal, kind, basis || 'again', since, until, reason, recorded_by from access.relationship
      where kind = 'stated reason' order by id desc limit 1`,
    found: /^reason .* is there 2 times$/,
  },
]

describe.skipIf(!canKill)('kills, while everything comes in', () => {
  it('lose nothing that was acknowledged and leave nothing half done; and what is broken behind the product’s back is seen', async () => {
    const seen: string[] = []
    const report = await killInRounds(
      { kills, rounds: 5, killsEach: 4, projectionsEvery: 5, random: randomFrom(20), say: () => undefined },
      async (owner, faults) => {
        for (const each of planted) {
          const found = await undone(owner, async () => {
            await owner.query(each.break)
            return faults()
          })
          if (found.some((words) => each.found.test(words))) seen.push(each.what)
        }
      },
    )
    expect(report.faults).toEqual([])
    expect(Object.values(report.kills).reduce((sum, count) => sum + count, 0)).toBe(20)
    for (const [what, count] of Object.entries(report.acknowledged)) expect(count, what).toBeGreaterThan(0)
    expect(seen).toEqual(planted.map(({ what }) => what))
  }, 600_000)
})
