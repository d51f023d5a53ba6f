import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aReportingPlace } from '../../testing/reporting-place.ts'

let place: Awaited<ReturnType<typeof aReportingPlace>>
beforeAll(async () => {
  place = await aReportingPlace()
})
afterAll(() => place.close())

describe('disposing of it', () => {
  test('needs two different people, and leaves a proof and nothing else', async () => {
    const item = await place.aResult()
    await place.reported(item)
    expect((await place.decide('data-quality-officer', await place.latest(item.id), 'propose')).status).toBe(
      303,
    )
    const proposed = await place.latest(item.id)
    expect((await place.decide('data-quality-officer', proposed, 'dispose')).status).toBe(403)
    expect((await place.latest(item.id)).state).toBe('disposal proposed')
    expect((await place.open('data-quality-officer', `/wrong-person/${proposed.report}`)).text).not.toContain(
      'Dispose of it for ever',
    )
    expect((await place.decide('privacy-officer', proposed, 'dispose')).status).toBe(303)

    expect(await place.ask(sql`select 1 from record.resource where id = ${item.id}`)).toEqual([])
    expect(await place.ask(sql`select 1 from record.v_observation where resource_id = ${item.id}`)).toEqual(
      [],
    )
    expect(
      await place.ask(sql`select version, body from record.resource_history where id = ${item.id}`),
    ).toEqual([{ version: 1, body: null }])
    const [{ detail } = { detail: undefined }] = await place.ask(sql<{
      detail: { proof: Record<string, unknown> }
    }>`
      select detail from access.audit where action = 'wrong-person.dispose' and outcome = 'allowed' order by id desc limit 1`)
    expect(detail?.proof).toMatchObject({
      id: item.id,
      proposed: { name: 'Grace Holroyd' },
      confirmed: { name: 'Ruth Adeyemi' },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const { text } = await place.open('data-quality-officer', `/wrong-person/${proposed.report}`)
    expect(text).toContain('Proof of disposal')
    expect(text).not.toContain(item.name)
    // It does not come back by being sent again.
    const again = await place.fhir(`/Observation/${item.id}`, {
      method: 'PUT',
      body: JSON.stringify(item.body),
    })
    expect([again.status, await again.text()]).toEqual([422, expect.stringContaining('disposed of')])
  })

  test('may be declined, and then the item waits again', async () => {
    const item = await place.aResult()
    await place.reported(item)
    await place.decide('data-quality-officer', await place.latest(item.id), 'propose')
    expect((await place.decide('privacy-officer', await place.latest(item.id), 'decline')).status).toBe(303)
    expect((await place.latest(item.id)).state).toBe('reported')
    await place.decide('privacy-officer', await place.latest(item.id), 'restore')
    expect((await place.open('gp', `/people/${item.ref}/results`)).text).toContain(item.name)
  })

  test('is the role of erasure’s alone, and that role can do nothing else', async () => {
    const item = await place.aResult()
    await place.reported(item)
    const { report, replaces } = await place.latest(item.id)
    const settings = { 'gt.actor': 'somebody', 'gt.categories': 'reported' }
    const asked = (role: string, query: ReturnType<typeof sql>) =>
      place.app.database.transaction(role, settings, (db) => query.execute(db))
    const dispose = sql`select record.dispose_item(${report}::uuid, ${replaces}::bigint, 'a reason', 'Somebody')`
    await expect(asked('record', dispose)).rejects.toThrow(/permission denied/)
    await expect(asked('erasure', sql`select * from record.resource_history`)).rejects.toThrow(
      /permission denied/,
    )
    await expect(asked('erasure', sql`delete from record.resource`)).rejects.toThrow(/permission denied/)
    // Not without somebody's proposal.
    await expect(asked('erasure', dispose)).rejects.toThrow(/not in a state/)
  })
})

test('a decision about what has changed meanwhile is a conflict, and changes nothing', async () => {
  const item = await place.aResult()
  await place.reported(item)
  const seen = await place.latest(item.id)
  expect((await place.decide('data-quality-officer', seen, 'restore')).status).toBe(303)
  const late = await place.decide('privacy-officer', seen, 'propose')
  expect([late.status, late.text]).toEqual([409, expect.stringContaining('Somebody else has changed this')])
  expect((await place.latest(item.id)).state).toBe('restored')
  const both = await place.aResult()
  await place.reported(both)
  const same = await place.latest(both.id)
  const answers = await Promise.all(
    ['data-quality-officer', 'privacy-officer'].map((staff) => place.decide(staff, same, 'restore')),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
})
