import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Actor, type Database, openDatabase, stoppedClock } from '../platform/index.ts'
import { type TestApp, testApp } from './app.ts'
import { systemToken } from './http.ts'
import { keepWorld } from './keep-world.ts'
import { marksIn, namesIn, readingRoutes, visits } from './walk.ts'
import { allowedMarks, mayDiffer, sessionOf, still, walk } from './walked.ts'
import { numberOf } from './world-bundles.ts'
import { type World, world, worldNow } from './worlds.ts'

/**
 * In random worlds a reader reports one of the items that they are shown. Then no way in shows anything of it to anybody, its own source
 * included; whoever was never shown it notices nothing; and when it is put back every answer is again what it was.
 */
let app: TestApp
let owner: Database
beforeAll(async () => {
  app = await testApp(stoppedClock(worldNow.toISOString()))
  owner = openDatabase(app.ownerUrl, 2)
})
afterAll(async () => {
  await owner.close()
  await app.close()
})

const notice = /1 item from [^<]+ has been withdrawn while its owner is checked/

test('what is reported is gone for everybody, noticed by nobody else, and comes back as it was', async () => {
  let reported = 0
  const routes = readingRoutes(app)
  const reports = ({ definition: { path } }: (typeof routes)[number]) => path.startsWith('/wrong-person')
  const readingRecords = routes.filter((route) => !reports(route))
  await fc.assert(
    fc.asyncProperty(world(app.place), fc.nat(), async (drawn, seed) => {
      const kept = await keepWorld(app.database, app.place, drawn)
      const chosen = choose(kept, seed)
      if (!chosen) return
      const { reporter, mark } = chosen
      const names = await namesIn(owner, kept.people.map(numberOf))
      const id = names.resources.find((each) => each.mark === mark)?.id ?? ''
      const ref = await refOf(id)
      const walkAll = async () => {
        const all = new Map<string, Awaited<ReturnType<typeof walk>>>()
        for (const reader of kept.readers)
          all.set(reader.id, await walk(app, await sessionOf(app, reader), readingRecords, names))
        return all
      }
      const before = await walkAll()
      await post(await sessionOf(app, reporter), `/people/${ref}/not-theirs`, {
        items: id,
        item: `${names.resources.find((each) => each.id === id)?.type}/${id}`,
        why: 'The letter names somebody else',
      })
      reported++

      const after = await walkAll()
      for (const reader of kept.readers) {
        const sawIt = allowedMarks(app, kept, reader).rows.has(mark)
        for (const [place, answer] of (after.get(reader.id) ?? []).entries()) {
          const was = before.get(reader.id)?.[place]
          expect(answer.status, answer.url).toBeLessThan(500)
          if (!answer.url.includes(mark)) expect(marksIn(answer.text), answer.url).not.toContain(mark)
          if (!answer.url.includes(mark)) expect(answer.text, answer.url).not.toContain(mark)
          if (!sawIt && !mayDiffer(answer.url))
            expect(still(answer.text), answer.url).toBe(still(was?.text ?? ''))
          if (answer.url === `GET /people/${ref} ` && answer.status === 200)
            expect(notice.test(answer.text), `${reader.id} ${sawIt}`).toBe(sawIt)
        }
      }
      await sourceFindsNothing(id, mark)

      await putBack()
      const restored = await walkAll()
      for (const [reader, answers] of before) {
        for (const [place, answer] of answers.entries()) {
          if (mayDiffer(answer.url)) continue
          expect(still(restored.get(reader)?.[place]?.text ?? ''), answer.url).toBe(still(answer.text))
        }
      }
    }),
    { numRuns: 12, endOnFailure: true },
  )
  // In about half of the worlds somebody sees an item; in none of twelve it would prove nothing.
  expect(reported).toBeGreaterThan(0)
}, 600_000)

/** A reader of the world who is shown something, and what; undefined where nobody is shown anything. */
function choose(kept: World, seed: number): { reporter: Actor; mark: string } | undefined {
  const all = kept.readers.flatMap((reporter) =>
    [...allowedMarks(app, kept, reporter).rows].map((mark) => ({ reporter, mark })),
  )
  return all[seed % Math.max(1, all.length)]
}

async function post(cookie: string, path: string, form: Record<string, string>): Promise<void> {
  const answer = await fetch(app.base + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form),
  })
  expect([path, answer.status]).toEqual([path, 303])
}

const look = <Row>(query: ReturnType<typeof sql<Row>>) =>
  owner.transaction('owner', {}, async (db) => (await query.execute(db)).rows)

async function refOf(id: string): Promise<string> {
  const [row] = await look(sql<{ ref: string }>`
    select people.ref_of(person_key) as ref from record.resource where id = ${id}`)
  return row?.ref ?? ''
}

/** The hospital's own system reads back what it sent, but not this. */
async function sourceFindsNothing(id: string, mark: string): Promise<void> {
  const [item] = await look(sql<{ type: string; source: string; patient: string }>`
    select r.type, r.source, p.id as patient from record.resource r
    join record.resource p on p.person_key = r.person_key and p.type = 'Patient' where r.id = ${id}`)
  const sender = app.place.senders.find((each) => each.source === item?.source && each.demoSecret)
  if (!sender || !item) return
  const token = await systemToken(app.base, sender.id, sender.demoSecret ?? '')
  for (const path of [
    `${item.type}/${id}`,
    `${item.type}/${id}/_history`,
    `${item.type}?_id=${id}`,
    `${item.type}?patient=${item.patient}`,
  ]) {
    const answer = await fetch(`${app.base}/fhir/${path}`, { headers: { authorization: `Bearer ${token}` } })
    expect(await answer.text(), path).not.toContain(mark)
  }
}

/** Whoever looks after the quality of records finds it to be theirs after all. */
async function putBack(): Promise<void> {
  const [state] = await look(sql<{ report_id: string; id: string }>`
    select report_id, id from record.wrong_person_state order by id desc limit 1`)
  const cookie = await sessionOf(app, { id: 'demo-data-quality-officer' } as Actor)
  await post(cookie, `/wrong-person/${state?.report_id}/restore`, {
    replaces: String(state?.id),
    why: 'The letter is theirs: the name inside is a former one',
  })
}

test('the walk fills the addresses of reports too', () => {
  const names = { refs: ['r'], resources: [], patients: [], numbers: [] }
  const list = readingRoutes(app).find(({ definition }) => definition.path === '/wrong-person')
  expect(list && visits(list, names)).toEqual([{ method: 'GET', url: '/wrong-person' }])
})
