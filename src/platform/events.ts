import { sql } from 'kysely'
import type { Db } from './db/index.ts'

/** What a message told: about whom, which resource holds it (`ServiceRequest/id`), and the message in the inbox. */
type Told = { person: string; resource: string; message: string }
/** An item that was reported as somebody else's, for its source to put right as well. Written by the functions of migration 0014. */
type Reported = { report: string; source: string; type: string; id: string }

/**
 * What can happen, and what is told of it. Payloads carry references, never a person's data.
 * An event is written in the transaction in which it happened; a job then hands it to each subscriber wired in `app.ts`.
 */
export type Events = {
  'glass broken': { relationship: number }
  'reason stated': { relationship: number }
  'referral received': Told
  'referral changed': Told
  'referral cancelled': Told
  'referral answered': Told
  'validation requested': Told
  'validation answered': Told
  'booking received': Told
  'booking changed': Told
  'booking cancelled': Told
  'booking answered': Told
  'item reported': Reported
  'item restored': Reported
  'item moved': Reported
  'item disposed': Reported
  'record changed': { person: string; source: string; types: string[] }
}
export type EventType = keyof Events

export type PlatformEvent = {
  [Type in EventType]: { id: number; at: Date; type: Type; payload: Events[Type] }
}[EventType]

/** Writes the event in this transaction. */
export async function emit<Type extends EventType>(db: Db, type: Type, payload: Events[Type]): Promise<void> {
  await sql`select platform.emit(${type}, ${JSON.stringify(payload)}::jsonb)`.execute(db)
}
