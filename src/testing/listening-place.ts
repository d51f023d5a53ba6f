import pg from 'pg'
import { connectTo, openFeeds, type Sender } from '../feeds/index.ts'
import { type Clock, stoppedClock } from '../platform/index.ts'
import { type FreshDatabase, freshDatabase } from './index.ts'

/** A place of the test's own that listens for HL7 v2, with one sender connected. */
export type ListeningPlace = FreshDatabase & {
  port: number
  sender: Sender
  clock: Clock & { set(to: string): void }
  logged: Record<string, unknown>[]
  /** Sends a message and gives its MSA and ERR: `AA`, or `AE (PID-7)`. */
  told(message: string | Buffer): Promise<string>
  /** Another connection of the same or another system. */
  connect(): Promise<Sender>
  /** What became of each message, in the order in which it was noted. */
  states(): Promise<{ control_id: string; state: string; reason: string | null; place: string | null }[]>
  /** The resources of a type as they stand now, and how many versions there are of all. */
  current<Type>(type: string): Promise<Type[]>
  versions(): Promise<number>
  /** Looks with the eyes of the database's owner. */
  look<Row extends object>(query: string, values?: unknown[]): Promise<Row[]>
}

export async function aListeningPlace(
  change: (place: FreshDatabase['place']) => FreshDatabase['place'] = (place) => place,
): Promise<ListeningPlace> {
  const fresh = await freshDatabase()
  const clock = stoppedClock('2026-06-16T12:00:00Z')
  const logged: Record<string, unknown>[] = []
  const place = change(fresh.place)
  const feeds = await openFeeds({
    port: 0,
    host: '127.0.0.1',
    place,
    database: fresh.database,
    clock,
    log: (entry) => logged.push(entry),
  })
  const owner = new pg.Client({ connectionString: fresh.ownerUrl })
  await owner.connect()
  const look: ListeningPlace['look'] = async (query, values = []) => (await owner.query(query, values)).rows
  const sender = await connectTo(feeds.port)
  const senders = [sender]
  return {
    ...fresh,
    place,
    port: feeds.port,
    sender,
    clock,
    logged,
    told: async (message) => inShort(await sender.send(message)),
    connect: async () => {
      const another = await connectTo(feeds.port)
      senders.push(another)
      return another
    },
    look,
    states: () =>
      look(
        'select m.control_id, s.state, s.reason, s.place from feeds.message_state s join feeds.message m on m.id = s.message_id order by s.id',
      ),
    current: async (type) => {
      const rows = await look<{ body: string }>(
        'select body from record.resource where type = $1 order by id',
        [type],
      )
      return rows.map(({ body }) => JSON.parse(body))
    },
    versions: async () => (await look('select 1 from record.resource_history')).length,
    close: async () => {
      for (const each of senders) each.close()
      await feeds.close()
      await owner.end()
      await fresh.close()
    },
  }
}

/** `AA`, or `AE (PID-7)`. */
export function inShort(acknowledgement: string): string {
  const msa = acknowledgement.split('\r').find((line) => line.startsWith('MSA')) ?? ''
  const [, answer = '', , text = ''] = msa.split(msa.charAt(3))
  const place = /\([A-Z0-9-]+\)$/.exec(text)?.[0]
  return place ? `${answer} ${place}` : answer
}
