import { sql } from 'kysely'
import { expect } from 'vitest'
import { openDatabase } from '../platform/index.ts'
import { testApp } from './app.ts'
import { signIn, systemToken } from './http.ts'

/** What the API answers. */
export type Sent = {
  status: number
  id: string
  state: string
  link: string
  counts: Record<string, number>
  lookTwice: string[]
  faults: { place: string; words: string }[]
  refusedLines: { line: number; column: string; words: string }[]
}

/** The product with the senders of files signed in, and somebody who checks the council’s; for tests. */
export async function sendingPlace() {
  const app = await testApp()
  const owner = openDatabase(app.ownerUrl, 2)
  const officer = await signIn(app.base, 'demo-data-officer')
  const tokens: Record<string, string> = {}
  for (const name of ['council', 'children', 'community', 'practice'])
    tokens[name] = await systemToken(app.base, `demo-${name}`, `demo-${name}-secret`)

  async function send(by: string, set: string, body: string): Promise<Sent> {
    const answer = await fetch(`${app.base}/files/${set}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens[by]}`, 'content-type': 'text/csv' },
      body,
    })
    return { ...((await answer.json()) as object), status: answer.status } as Sent
  }

  async function look(path: string, cookie = officer): Promise<{ status: number; text: string }> {
    const answer = await fetch(app.base + path, { headers: { cookie }, redirect: 'manual' })
    return { status: answer.status, text: await answer.text() }
  }

  async function decide(
    id: string,
    what: 'accept' | 'reject',
    fields: Record<string, string> = {},
    cookie = officer,
  ) {
    const answer = await fetch(`${app.base}/files/received/${id}/${what}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
      redirect: 'manual',
    })
    return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
  }

  const asOwner = <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
    owner.transaction('owner', {}, async (db) => (await query.execute(db)).rows)

  async function applied(id: string): Promise<void> {
    await expect
      .poll(
        async () =>
          (
            await asOwner(
              sql<{
                state: string
              }>`select state from feeds.extract_state where extract_id = ${id} order by id desc limit 1`,
            )
          )[0]?.state,
        { timeout: 20_000, interval: 100 },
      )
      .toBe('applied')
  }

  /** What the record holds of one type from a source, by NHS number of whom it is about. */
  async function kept(type: string, nhsNumber: string): Promise<Record<string, unknown>[]> {
    const rows = await asOwner(sql<{ body: string }>`
    select r.body from record.resource r join people.demographic d using (person_key)
    where r.type = ${type} and d.nhs_number = ${nhsNumber} order by r.source, r.id`)
    return rows.map((row) => JSON.parse(row.body))
  }

  async function acceptAndApply(sent: Sent): Promise<void> {
    expect(sent.state).toBe('checked')
    const answer = await decide(sent.id, 'accept', { sure: 'yes' })
    expect([answer.status, answer.location]).toEqual([303, `/files/received/${sent.id}`])
    await applied(sent.id)
  }

  const close = async () => {
    await owner.close()
    await app.close()
  }
  return { app, tokens, send, look, decide, asOwner, applied, kept, acceptAndApply, close }
}

export type SendingPlace = Awaited<ReturnType<typeof sendingPlace>>
