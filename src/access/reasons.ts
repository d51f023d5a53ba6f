import type { Actor, Db } from '../platform/index.ts'
import { emit } from '../platform/index.ts'
import type { Place } from './place.ts'

const hour = 3_600_000

/** The reasons that a practitioner may choose from; their own words come with it. */
export const statedReasons = [
  { value: 'with me', words: 'The person is with me, or on their way, and needs care now' },
  { value: 'asked for advice', words: 'Another practitioner asked me for advice about their care' },
  {
    value: 'referral',
    words: 'They have been referred to my team and the referral is not in the record yet',
  },
  { value: 'call', words: 'They, their family or their carer have contacted my team' },
] as const

/**
 * Makes a bond of the practitioner's own with the person, for the hours that the place allows: a stated reason, or a broken glass.
 * The privacy officer sees both; a broken glass is told to them at once.
 */
export async function makeOwnBond(
  db: Db,
  place: Place,
  bond: {
    actor: Actor
    file: string
    kind: 'stated reason' | 'break glass'
    reason: string
    request: string
    now: Date
  },
): Promise<void> {
  const hours = bond.kind === 'break glass' ? place.breakGlassHours : place.statedReasonHours
  const { id } = await db
    .insertInto('access.relationship')
    .values({
      person_key: bond.file,
      principal: `actor:${bond.actor.id}`,
      kind: bond.kind,
      basis: bond.request,
      since: bond.now,
      until: new Date(bond.now.getTime() + hours * hour),
      reason: bond.reason,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await emit(db, bond.kind === 'break glass' ? 'glass broken' : 'reason stated', { relationship: Number(id) })
}
