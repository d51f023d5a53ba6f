import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { decide, regionalActor, rulesOf } from '../../access/index.ts'
import { type Actor, stoppedClock } from '../../platform/index.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { signIn, systemToken } from '../../testing/http.ts'
import { inWorlds } from '../../testing/in-worlds.ts'
import { keepWorld } from '../../testing/keep-world.ts'
import { aRegion, type Region } from '../../testing/region.ts'
import { practiceSends as asPractice, connected, someone } from '../../testing/regional-place.ts'
import { numberOf } from '../../testing/world-bundles.ts'
import { factsIn, itemIn } from '../../testing/world-facts.ts'
import { type World, type WorldPerson, world, worldNow } from '../../testing/worlds.ts'

let app: TestApp
let region: Region
let owner: pg.Client
const clock = stoppedClock(worldNow.toISOString())
beforeAll(async () => {
  region = await aRegion()
  app = await testApp(clock, undefined, { place: connected, config: { regionalRecord: region.endpoint } })
  owner = new pg.Client({ connectionString: app.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await app.close()
  await region.close()
})

/** Nothing waits any more: neither an event, nor a job, nor a file. */
async function calm(): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await owner.query(`select
        (select count(*)::int from feeds.regional_due where dead_since is null) as due,
        (select count(*)::int from graphile_worker.jobs where task_identifier in ('event', 'queue-for-region')) as jobs`)
      expect(rows[0]).toEqual({ due: 0, jobs: 0 })
    },
    { timeout: 30_000, interval: 100 },
  )
}

const marksHeld = () =>
  new Set(
    [...region.holds.values()].flatMap((body) =>
      [...body.matchAll(/Mark ([0-9a-f-]{36})/g)].map(([, mark]) => mark),
    ),
  )

const keep = (...people: WorldPerson[]): Promise<World> =>
  keepWorld(app.database, app.place, { people, readers: [regionalActor(app.place, worldNow) as Actor] })

const practiceSends = (method: string, path: string, body?: object) =>
  asPractice(app.base, method, path, body)
const patientOf = async (whom: WorldPerson) =>
  (await practiceSends('GET', `/Patient?identifier=${numberOf(whom)}`)).json.entry?.[0]?.resource as {
    id: string
  }
const condition = (patient: string, text: string) => ({
  resourceType: 'Condition',
  subject: { reference: `Patient/${patient}` },
  code: { text },
})
const objection = (patient: string, status: 'active' | 'inactive') => ({
  resourceType: 'Consent',
  id: `objection-${patient}`,
  status,
  scope: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
  },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  patient: { reference: `Patient/${patient}` },
  policyRule: { text: 'Objection to sharing' },
  provision: { type: 'deny' },
})

describe('what is sent', () => {
  test('in random worlds the region holds exactly what the decision allows it', async () => {
    let some = 0
    const holds = fc.asyncProperty(world(app.place), async (drawn) => {
      const kept = await keepWorld(app.database, app.place, drawn)
      await calm()
      const held = marksHeld()
      const actor = regionalActor(app.place, worldNow) as Actor
      for (const whom of kept.people)
        for (const file of whom.files)
          for (const one of file.items) {
            const item = itemIn(app.place, file, one, true)
            const person = factsIn(whom, app.place, kept.readers)
            const { allowed } = decide(
              { actor, purpose: 'direct care', item, person },
              rulesOf(app.place),
              worldNow,
            )
            expect(held.has(one.mark), JSON.stringify({ item, person })).toBe(allowed)
            some += Number(allowed)
          }
    })
    await inWorlds(holds, 10, () => some > 0)
    expect(some).toBeGreaterThan(0)
  }, 300_000)

  test('an objection withdraws everything there; its end sends it again', async () => {
    const { people } = await keep(someone())
    await calm()
    const [one, safeguarding, restricted] = people[0]?.files[0]?.items ?? []
    expect(marksHeld()).toContain(one?.mark)
    expect(marksHeld()).not.toContain(safeguarding?.mark)
    expect(marksHeld()).not.toContain(restricted?.mark)
    const { id } = await patientOf(people[0] as WorldPerson)
    await practiceSends('PUT', `/Consent/objection-${id}`, objection(id, 'active'))
    await calm()
    expect([...region.holds.keys()]).not.toContain(`Patient/${id}`)
    expect(marksHeld()).not.toContain(one?.mark)
    await practiceSends('PUT', `/Consent/objection-${id}`, objection(id, 'inactive'))
    await calm()
    expect(marksHeld()).toContain(one?.mark)
  })

  test('an item reported as somebody else’s is withdrawn there', async () => {
    const { people } = await keep(someone())
    await calm()
    const { id } = await patientOf(people[0] as WorldPerson)
    const made = await practiceSends('POST', '/Condition', condition(id, 'Not hers'))
    await calm()
    expect([...region.holds.keys()]).toContain(`Condition/${made.json.id}`)
    const gp = await signIn(app.base, 'demo-gp')
    const { rows } = await owner.query(
      "select people.ref_of(person_key) as ref from record.resource where type = 'Patient' and id = $1",
      [id],
    )
    const report = await fetch(`${app.base}/people/${rows[0].ref}/not-theirs`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: gp, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ item: `Condition/${made.json.id}`, why: 'She never had this, she says' }),
    })
    expect(report.status, await report.text()).toBe(303)
    await calm()
    expect([...region.holds.keys()]).not.toContain(`Condition/${made.json.id}`)
  })

  test('each disclosure is in the audit before it leaves, about the person', async () => {
    const { rows } = await owner.query(
      "select actor, role, organisation, person_key from access.audit where action = 'regional.send' limit 1",
    )
    expect(rows[0]).toMatchObject({
      actor: 'job:regional-feed',
      role: 'regional-record',
      organisation: 'ZREG',
    })
    expect(rows[0].person_key).not.toBeNull()
  })
})

describe('when the region does not do well', () => {
  const failures = async () =>
    (
      await owner.query(
        "select outcome, status, key from feeds.regional_delivery where outcome <> 'delivered' order by at, id",
      )
    ).rows

  test.each(['never', 503, 429] as const)(
    '%s: it is tried again later, in order, under the same key',
    async (how) => {
      const { people } = await keep(someone())
      await calm()
      const { id } = await patientOf(people[0] as WorldPerson)
      const before = region.asked.length
      region.answers(how)
      const made = await practiceSends('POST', '/Condition', condition(id, 'First words'))
      const { id: own } = made.json
      await vi.waitFor(() => expect(region.asked.length).toBeGreaterThan(before), { timeout: 20_000 })
      await vi.waitFor(async () => expect((await failures()).length).toBeGreaterThan(0), { timeout: 20_000 })
      // While it waits it is not asked again, whatever changes.
      const tried = region.asked.length
      await practiceSends('PUT', `/Condition/${own}`, { ...condition(id, 'Second words'), id: own })
      await new Promise((later) => setTimeout(later, 1500))
      expect(region.asked.length).toBe(tried)
      region.answers('well')
      clock.set(new Date(clock.now().getTime() + 60_000).toISOString())
      await calm()
      expect(region.holds.get(`Condition/${own}`)).toContain('Second words')
    },
  )

  test('the same sending has the same key, so that one that arrived twice is known', async () => {
    const { people } = await keep(someone())
    await calm()
    const { id } = await patientOf(people[0] as WorldPerson)
    region.answers(503)
    const before = region.asked.length
    await practiceSends('POST', '/Condition', condition(id, 'Once'))
    await vi.waitFor(() => expect(region.asked.length).toBe(before + 1), { timeout: 20_000 })
    region.answers('well')
    await vi.waitFor(async () => expect((await failures()).at(-1).key).toBe(region.asked.at(-1)?.key), {
      timeout: 20_000,
    })
    clock.set(new Date(clock.now().getTime() + 60_000).toISOString())
    await calm()
    expect(region.asked.slice(before).map(({ status }) => status)).toEqual([503, 200])
    expect(new Set(region.asked.slice(before).map(({ key }) => key)).size).toBe(1)
  })

  test('what it refuses is given up, seen, and sent again by hand', async () => {
    const { people } = await keep(someone())
    await calm()
    const { id } = await patientOf(people[0] as WorldPerson)
    region.answers(422)
    await practiceSends('POST', '/Condition', condition(id, 'Refused there'))
    await vi.waitFor(
      async () => expect((await failures()).at(-1)).toMatchObject({ outcome: 'given up', status: 422 }),
      {
        timeout: 20_000,
      },
    )
    region.answers('well')
    const officer = await signIn(app.base, 'demo-privacy-officer')
    const shown = await (await fetch(`${app.base}/regional-record`, { headers: { cookie: officer } })).text()
    expect(shown).toContain('Given up (1)')
    expect(shown).toContain('The region answered 422')
    const path = /\/regional-record\/[0-9a-f-]{36}\/again/.exec(shown)?.[0] ?? ''
    const again = await fetch(app.base + path, {
      method: 'POST',
      headers: { cookie: officer },
      redirect: 'manual',
    })
    expect(again.status).toBe(303)
    await calm()
    expect([...region.holds.values()].some((body) => body.includes('Refused there'))).toBe(true)
    const nurse = await signIn(app.base, 'demo-emergency-nurse')
    expect((await fetch(`${app.base}/regional-record`, { headers: { cookie: nurse } })).status).toBe(403)
  })
})

test('it is off unless it is switched on: nobody hears of changes, its client cannot sign in', async () => {
  const off = await testApp()
  try {
    const look = new pg.Client({ connectionString: off.ownerUrl })
    await look.connect()
    const { rows } = await look.query('select type from platform.heard_event')
    await look.end()
    expect(rows).not.toContainEqual({ type: 'record changed' })
    expect(await systemToken(off.base, 'region', 'region-secret')).toBeUndefined()
  } finally {
    await off.close()
  }
})
