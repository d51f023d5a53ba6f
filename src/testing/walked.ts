import { sql } from 'kysely'
import { expect } from 'vitest'
import { decide, rulesOf } from '../access/index.ts'
import type { Actor, Database, Route } from '../platform/index.ts'
import { allViews, tableName } from '../record/views/index.ts'
import type { TestApp } from './app.ts'
import { signIn } from './http.ts'
import { marksIn, type Names, visit, visits } from './walk.ts'
import { factsIn, itemIn } from './world-facts.ts'
import { type World, type WorldItem, worldNow } from './worlds.ts'

/** The view table of each type that a world has. */
const views: Record<WorldItem['type'], string> = {
  Condition: 'condition',
  MedicationRequest: 'medication_request',
  Observation: 'observation',
  Flag: 'flag',
  DocumentReference: 'document',
  CarePlan: 'care_plan',
}
const revealing = new Set(allViews.filter((view) => view.location).map((view) => tableName(view)))

/** The marks that a reader may meet: on pages, which show rows of view tables; and in bodies. */
export function allowedMarks(
  app: TestApp,
  kept: World,
  reader: Actor,
): { rows: Set<string>; bodies: Set<string> } {
  const rows = new Set<string>()
  const bodies = new Set<string>()
  for (const whom of kept.people) {
    for (const file of whom.files) {
      for (const one of file.items) {
        const may = (location: boolean) =>
          decide(
            {
              actor: reader,
              purpose: 'direct care',
              item: itemIn(app.place, file, one, location),
              person: factsIn(whom, app.place, kept.readers),
            },
            rulesOf(app.place),
            worldNow,
          ).allowed
        if (may(revealing.has(`v_${views[one.type]}`))) rows.add(one.mark)
        if (may(true)) bodies.add(one.mark)
      }
    }
  }
  return { rows, bodies }
}

/** The same of all worlds that one database holds: what lists everybody in reach, such as the history of a type, shows those of earlier worlds too. */
export function allowedInAll(app: TestApp, worlds: readonly World[], reader: Actor) {
  const each = worlds.map((kept) => allowedMarks(app, kept, reader))
  return {
    rows: new Set(each.flatMap(({ rows }) => [...rows])),
    bodies: new Set(each.flatMap(({ bodies }) => [...bodies])),
  }
}

/** Takes away every item that is not among these, as if it had never been sent. */
export async function forget(owner: Database, kept: World, allowed: Set<string>): Promise<void> {
  const refused = kept.people.flatMap((whom) =>
    whom.files.flatMap((file) => file.items.filter((one) => !allowed.has(one.mark)).map((one) => one.mark)),
  )
  await owner.transaction('owner', {}, async (db) => {
    for (const mark of refused) {
      const { rows } = await sql<{
        id: string
      }>`delete from record.resource where body like ${`%${mark}%`} returning id`.execute(db)
      const ids = rows.map((row) => row.id)
      await sql`delete from record.resource_history where id = any (${ids}::text[])`.execute(db)
      for (const table of Object.values(views))
        await sql`delete from ${sql.table(`record.v_${table}`)} where resource_id = any (${ids}::text[])`.execute(
          db,
        )
    }
  })
}

export type Walk = { url: string; status: number; text: string; fhir: boolean }

const atATime = 6

export async function walk(app: TestApp, cookie: string, routes: Route[], names: Names): Promise<Walk[]> {
  const seen: Walk[] = []
  const gets: string[] = []
  for (const route of routes) {
    const all = visits(route, names)
    // Several at a time, as somebody with many windows asks: requests that are gathered are walked so, too.
    for (let first = 0; first < all.length; first += atATime) {
      const some = await Promise.all(
        all.slice(first, first + atATime).map(async (each) => {
          const answer = await visit(app.base, cookie, each)
          const url = `${each.method} ${each.url} ${each.body ?? ''}`
          const walked = { url, fhir: route.kind === 'fhir', ...answer }
          return walked.fhir ? [walked, ...(await pagesAfter(app, cookie, url, answer.text))] : [walked]
        }),
      )
      seen.push(...some.flat())
    }
    for (const { method, url } of all)
      if (method === 'GET' && url.startsWith('/fhir/')) gets.push(url.slice('/fhir/'.length))
  }
  for (const asked of [
    { method: 'POST', url: '/fhir', body: batchOf(gets) },
    ...['Condition', 'Observation'].map(viewOf(names)),
  ].flat())
    seen.push({ url: `POST ${asked.url}`, fhir: true, ...(await visit(app.base, cookie, asked)) })
  return seen
}

/** The pages of a search behind its first, as one answer. */
async function pagesAfter(app: TestApp, cookie: string, url: string, first: string): Promise<Walk[]> {
  let text = ''
  for (let page = first, most = 20; most > 0; most--) {
    const next = /"relation":"next","url":"([^"]+)"/.exec(page)?.[1]
    if (next === undefined) break
    expect(next.startsWith(app.base), next).toBe(true)
    const answer = await visit(app.base, cookie, { method: 'GET', url: next.slice(app.base.length) })
    expect(answer.status, `${next} ${answer.text}`).toBe(200)
    page = answer.text
    text += page
  }
  return text === '' ? [] : [{ url: `${url} and on`, status: 200, text, fhir: true }]
}

/** What each patient's conditions are called, by a view that is sent along. */
const viewOf =
  ({ patients }: Names) =>
  (resource: string) =>
    patients.map((id) => ({
      method: 'POST',
      url: `/fhir/$viewdefinition-run?patient=${id}`,
      body: JSON.stringify({
        resourceType: 'ViewDefinition',
        resource,
        select: [{ column: [{ name: 'words', path: 'code.text' }] }],
      }),
    }))

/** Everything that is read by its own address, asked for again in one bundle. */
const batchOf = (gets: readonly string[]): string =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'batch',
    entry: gets.map((url) => ({ request: { method: 'GET', url } })),
  })

export function mustShowOnly(seen: Walk[], allowed: { rows: Set<string>; bodies: Set<string> }): number {
  let shown = 0
  for (const { url, text, status, fhir } of seen) {
    expect(status, `${url}\n${text.slice(0, 300)}`).toBeLessThan(500)
    for (const mark of marksIn(text)) {
      // An address that itself carries the mark may say it back.
      if (url.includes(mark)) continue
      const may = fhir ? allowed.bodies : allowed.rows
      expect(may.has(mark), `${url} shows ${mark}`).toBe(true)
      shown++
    }
  }
  return shown
}

/** An answer without what differs every time: nonces, the hour, and the audit's own growth. */
export const still = (text: string): string =>
  text
    .replace(/nonce="[^"]*"/g, '')
    .replace(/content="[^"]*" name="csp-nonce"/g, '')
    // How the process and its database are changes while it is walked; what `/metrics` says of senders must not.
    .replace(/^golden_thread_(?!feed_|source_).*\n/gm, '')

const sessions = new Map<string, string>()
export async function sessionOf(app: TestApp, reader: Actor): Promise<string> {
  const key = `${app.base} ${reader.id}`
  const cookie = sessions.get(key) ?? (await signIn(app.base, reader.id))
  sessions.set(key, cookie)
  return cookie
}

/** Who looked grows with every look. */
export const mayDiffer = (url: string): boolean => /\/looked|\/access-reviews/.test(url)
