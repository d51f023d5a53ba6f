import pg from 'pg'
import { connectTo } from '../feeds/index.ts'
import { stoppedClock } from '../platform/index.ts'
import { type TestApp, testApp } from './app.ts'
import { signIn } from './http.ts'
import { inShort } from './listening-place.ts'

export type Got = { status: number; text: string; location: string | null; type: string | null }

/** The whole product with the hospital connected and a data quality officer signed in, at midday on 16 June 2026. */
export type Officer = {
  app: TestApp
  clock: ReturnType<typeof stoppedClock>
  /** Sends a message and gives what the sender is told: `AA`, or `AE (PID-7)`. */
  told(message: string): Promise<string>
  /** Asks for a page, or sends a form. */
  ask(path: string, form?: Record<string, string>, cookie?: string): Promise<Got>
  /** Looks, or plants, with the eyes of the database's owner. */
  look<Row extends object>(query: string, values?: unknown[]): Promise<Row[]>
  /** The page of the latest message under a control id, and its state. */
  pathOf(control: string): Promise<string>
  stateOf(control: string): Promise<string | undefined>
  /** Somebody whom no message was about before. */
  somebody(): { identifiers: string; visit: string }
  close(): Promise<void>
}

export async function anOfficer(): Promise<Officer> {
  const clock = stoppedClock('2026-06-16T12:00:00Z')
  const app = await testApp(clock)
  const owner = new pg.Client({ connectionString: app.ownerUrl })
  await owner.connect()
  const sender = await connectTo(app.mllpPort)
  const officer = await signIn(app.base, 'demo-data-quality-officer')
  let serial = 0
  const look: Officer['look'] = async (query, values = []) => (await owner.query(query, values)).rows
  const idOf = async (control: string): Promise<string> => {
    const [row] = await look<{ id: string }>(
      'select id from feeds.message where control_id = $1 order by received_at desc, id limit 1',
      [control],
    )
    if (!row) throw new Error(`No message ${control}`)
    return row.id
  }
  return {
    app,
    clock,
    told: async (message) => inShort(await sender.send(message)),
    ask: (path, form, cookie = officer) => ask(app.base + path, cookie, form),
    look,
    pathOf: async (control) => `/feeds/messages/${await idOf(control)}`,
    stateOf: async (control) => {
      const [row] = await look<{ state: string }>(
        'select state from feeds.message_now where message_id = $1',
        [await idOf(control)],
      )
      return row?.state
    },
    somebody: () => {
      serial++
      return { identifiers: `R77000${String(serial).padStart(2, '0')}^^^RFR^MR`, visit: `V77${serial}` }
    },
    close: async () => {
      sender.close()
      await owner.end()
      await app.close()
    },
  }
}

async function ask(url: string, cookie: string, form?: Record<string, string>): Promise<Got> {
  const answer = await fetch(url, {
    redirect: 'manual',
    headers: { cookie, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  })
  return {
    status: answer.status,
    text: await answer.text(),
    location: answer.headers.get('location'),
    type: answer.headers.get('content-type'),
  }
}

/** What a reader sees of a page, without its marks. */
export const words = ({ text }: Got): string =>
  text
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', '’')

/** Which state of a message its page was shown in. */
export const seenOn = ({ text }: Got): string => /name="seen" value="(\d+)"/.exec(text)?.[1] ?? ''
