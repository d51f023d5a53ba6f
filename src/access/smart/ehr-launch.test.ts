import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allow, authorising, refuse } from '../../testing/apps/authorising.ts'
import { type SmartPlace, type Somebody, smartPlace } from '../../testing/apps/smart-place.ts'
import { type Visitor, visitor } from '../../testing/apps/visitor.ts'

/** EHR launch: a practitioner opens an app on somebody’s record. */

let place: SmartPlace
let margaret: Somebody
let gp: Visitor
beforeAll(async () => {
  place = await smartPlace()
  margaret = await place.somebody('9990001235')
  gp = visitor(place.app.base)
  await gp.chooseStaff(await gp.go('/sign-in'), 'demo-gp')
})
afterAll(() => place.close())

/** Opens the app on the record, as far as its own launch page. */
async function open(who = gp, app = 'observations') {
  const { url, status } = await who.go(`/people/${margaret.ref}/apps/${app}`, {})
  return { url, status, launch: url.searchParams.get('launch') ?? '' }
}

const asking = (launch: string, changed: Partial<Parameters<typeof authorising>[1]> = {}) =>
  authorising(place, {
    client: 'observations',
    redirect: 'https://app.example/',
    scope: 'launch openid patient/Observation.rs',
    launch,
    ...changed,
  })

describe('an app opened on a record', () => {
  test('is listed there, and told about whom it was opened', async () => {
    const list = await gp.go(`/people/${margaret.ref}/apps`)
    expect(list.text).toContain('Observations at a glance')
    // It has no address at which the record could open it.
    expect(list.text).not.toContain('Whole record')
    const { url, launch } = await open()
    expect([url.origin + url.pathname, url.searchParams.get('iss')]).toEqual([
      'https://app.example/launch.html',
      `${place.app.base}/fhir`,
    ])
    const flow = asking(launch)
    const consent = await flow.begin(gp, 'demo-gp')
    expect(consent.text).toContain('ASHWORTH, Margaret')
    const { json } = await flow.exchange(await allow(gp, consent))
    expect(margaret.patients).toContain(json['patient'])
    expect(json['id_token']).toBeDefined()
    const rows = await place.asOwner(sql<{ action: string; app: string; who: string }>`
      select distinct action, detail ->> 'app' as app, actor as who from access.audit where action in ('record.app.open', 'app.ask', 'app.allow')`)
    expect(rows.toSorted((one, other) => one.action.localeCompare(other.action))).toEqual(
      ['app.allow', 'app.ask', 'record.app.open'].map((action) => ({
        action,
        app: 'observations',
        who: 'demo-gp',
      })),
    )
  })

  test('is told of the contact that goes on, if there is one', async () => {
    const goingOn = await place.asOwner(sql<{ ref: string; id: string }>`
      select people.ref_of(person_key) as ref, min(resource_id) as id from record.v_encounter
      where status = 'in-progress' group by person_key`)
    for (const { ref, id } of goingOn) {
      const { url } = await gp.go(`/people/${ref}/apps/observations`, {})
      if (url.origin !== 'https://app.example') continue
      const flow = asking(url.searchParams.get('launch') ?? '')
      const { json } = await flow.exchange(await allow(gp, await flow.begin(gp, 'demo-gp')))
      expect([undefined, id]).toContain(json['encounter'])
      if (json['encounter']) return
    }
    throw new Error('Nobody on this GP’s list is anywhere: this proves nothing')
  })
})

describe('the handle', () => {
  test('opens one token, once', async () => {
    const { launch } = await open()
    const first = asking(launch)
    await first.exchange(await allow(gp, await first.begin(gp, 'demo-gp')))
    const again = await asking(launch).begin(gp, 'demo-gp')
    expect([again.status, again.text.includes('cannot be opened from here any more')]).toEqual([403, true])
    expect((await refuse(gp, again)).url.searchParams.get('error')).toBe('access_denied')
  })

  test('of two that ask at once, one gets it', async () => {
    const { launch } = await open()
    const pages = [await asking(launch).begin(gp, 'demo-gp'), await asking(launch).begin(gp, 'demo-gp')]
    const landed = await Promise.all(pages.map((page) => allow(gp, page)))
    expect(landed.filter(({ url }) => url.searchParams.has('code'))).toHaveLength(1)
  })

  test('expires', async () => {
    const { launch } = await open()
    await place.asOwner(
      sql`update access.app_launch set ends = ends - interval '10 minutes' where used_at is null returning 1`,
    )
    const late = await asking(launch).begin(gp, 'demo-gp')
    expect(late.text).toContain('cannot be opened from here any more')
  })

  test.each([
    ['another app', 'demo-gp', { client: 'whole-record', redirect: 'https://app.example/whole' }],
    ['another practitioner', 'demo-social-worker', {}],
  ])('is nothing to %s', async (_, staff, changed) => {
    const { launch } = await open()
    const who = visitor(place.app.base)
    const page = await asking(launch, changed).begin(who, staff)
    expect([page.status, page.text.includes('cannot be opened from here any more')]).toEqual([403, true])
    expect(page.text).not.toContain('ASHWORTH')
    const forced = await who.go(`${page.url.pathname}/people/${margaret.ref}/allow`, {})
    expect([forced.url.origin, forced.status]).toEqual([place.app.base, 403])
  })

  test('that was made up is nothing, and tells nothing', async () => {
    const page = await asking('made-up').begin(gp, 'demo-gp')
    expect([page.status, page.text.includes('cannot be opened from here any more')]).toEqual([403, true])
  })

  test('does not open another person than it was made for', async () => {
    const other = await place.asOwner(sql<{ ref: string }>`
      select distinct people.ref_of(r.person_key) as ref from access.reach r
      where r.principal = 'zp001-practice' and people.ref_of(r.person_key) <> ${margaret.ref}::uuid limit 1`)
    const { launch } = await open()
    const page = await asking(launch).begin(gp, 'demo-gp')
    const path = page.url.pathname.replace(margaret.ref, other[0]?.ref ?? '')
    const forced = await gp.go(`${path}/allow`, {})
    expect([forced.url.origin, forced.status]).toEqual([place.app.base, 403])
  })

  test('is made only by whoever may see the record', async () => {
    const stranger = visitor(place.app.base)
    await stranger.chooseStaff(await stranger.go('/sign-in'), 'demo-gp-other')
    expect(await open(stranger)).toMatchObject({ status: 403, launch: '' })
    expect(await open(gp, 'no-such-app')).toMatchObject({ status: 404, launch: '' })
  })
})
