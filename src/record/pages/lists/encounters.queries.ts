import { sql } from 'kysely'
import { type Asking, inRecord } from '../frame/asking.ts'

/** Before anyone who is alive: records reach back to before 1970, where computers begin to count. */
export const ever = new Date('1800-01-01T00:00:00Z')

/** Contacts, attendances and stays since a moment, and any that still go on, newest first; each with where it took place. */
export function encounters(asking: Asking, since: Date, most: number) {
  return asking.db
    .selectFrom('record.v_encounter as v')
    .leftJoinLateral(
      (outer) =>
        outer
          .selectFrom('record.v_encounter_location as l')
          .select([
            'l.location_display',
            'l.location_code',
            'l.started as moved',
            'l.started_at as moved_at',
            'l.provider_display',
          ])
          .whereRef('l.person_key', '=', 'v.person_key')
          .whereRef('l.resource_id', '=', 'v.resource_id')
          .where(inRecord(asking, 'Encounter', 'l'))
          // Where the person is, or was last: the newest stay that is not yet left comes first.
          .orderBy(sql`(l.ended_at is null) desc, l.started_at desc nulls last, l.row_no desc`)
          .limit(1)
          .as('place'),
      (join) => join.onTrue(),
    )
    .select([
      'v.resource_id',
      'v.source',
      'v.received_at',
      'v.category',
      'v.status',
      'v.class_code',
      'v.type_text',
      'v.service_type',
      'v.reason_text',
    ])
    .select([
      'v.started',
      'v.started_at',
      'v.ended',
      'v.ended_at',
      'v.discharge_disposition',
      'v.author_display',
    ])
    .select([
      'place.location_display',
      'place.location_code',
      'place.moved',
      'place.moved_at',
      'place.provider_display',
    ])
    .where(inRecord(asking, 'Encounter'))
    .where((v) =>
      v.or([
        v('v.started_at', '>=', since),
        v('v.started_at', 'is', null),
        v('v.status', '=', 'in-progress'),
      ]),
    )
    .orderBy(sql`v.started_at desc nulls last`)
    .orderBy('v.resource_id')
    .limit(most)
    .execute()
}

export type EncounterRow = Awaited<ReturnType<typeof encounters>>[number]
