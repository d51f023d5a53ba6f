import pg from 'pg'
import { type Clock, type Database, stoppedClock } from '../platform/index.ts'
import { freshDatabase } from '../testing/index.ts'
import { openFeeds } from './open-feeds.ts'
import { connectTo, type Sender } from './sender.ts'

type Fresh = Awaited<ReturnType<typeof freshDatabase>>

/** A place of the test's own that listens for HL7 v2, with one sender connected. */
export type ListeningPlace = Fresh & {
  database: Database
  port: number
  sender: Sender
  clock: Clock & { set(to: string): void }
  logged: Record<string, unknown>[]
  /** Sends a message and gives its MSA and ERR: `AA`, or `AE (PID-7)`. */
  told(message: string | Buffer): Promise<string>
  /** Another connection of the same or another system. */
  connect(): Promise<Sender>
  /** Looks with the eyes of the database's owner. */
  look<Row extends object>(query: string, values?: unknown[]): Promise<Row[]>
}

export async function aListeningPlace(
  change: (place: Fresh['place']) => Fresh['place'] = (place) => place,
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
    look: async (query, values = []) => (await owner.query(query, values)).rows,
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
