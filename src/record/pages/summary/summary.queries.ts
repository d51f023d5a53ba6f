import { sql } from 'kysely'
import { type Asking, inRecord } from '../frame/asking.ts'

/** Episodes of care that are open: who has the person on their books. */
export function openEpisodes(asking: Asking) {
  return asking.db
    .selectFrom('record.v_episode as v')
    .select([
      'resource_id',
      'source',
      'received_at',
      'category',
      'status',
      'type_text',
      'team_code',
      'team_display',
      'organisation_display',
      'started',
      'started_at',
      'care_manager_display',
    ])
    .where(inRecord(asking, 'EpisodeOfCare'))
    .where('v.status', 'in', ['active', 'onhold', 'waitlist', 'planned'])
    .where('v.ended_at', 'is', null)
    .orderBy(sql`v.started_at desc nulls last`)
    .orderBy('v.resource_id')
    .execute()
}

export type EpisodeRow = Awaited<ReturnType<typeof openEpisodes>>[number]

export function openReferrals(asking: Asking) {
  return asking.db
    .selectFrom('record.v_service_request as v')
    .select([
      'resource_id',
      'source',
      'received_at',
      'category',
      'status',
      'priority',
      'title',
      'requester_display',
      'performer_display',
      'authored',
      'authored_at',
      'reason_text',
    ])
    .where(inRecord(asking, 'ServiceRequest'))
    .where('v.status', 'in', ['active', 'on-hold'])
    .orderBy(sql`v.authored_at desc nulls last`)
    .orderBy('v.resource_id')
    .execute()
}

export type ReferralRow = Awaited<ReturnType<typeof openReferrals>>[number]

/** Care plans that stand. */
export function standingPlans(asking: Asking, now: Date) {
  return asking.db
    .selectFrom('record.v_care_plan as v')
    .select([
      'resource_id',
      'source',
      'received_at',
      'category',
      'status',
      'title',
      'description',
      'category_code',
      'category_text',
      'started',
      'started_at',
      'created',
      'created_at',
      'author_display',
      'activities',
      'note',
    ])
    .where(inRecord(asking, 'CarePlan'))
    .where('v.status', 'in', ['active', 'on-hold'])
    .where((v) => v.or([v('v.ended_at', 'is', null), v('v.ended_at', '>', now)]))
    .orderBy(sql`coalesce(v.started_at, v.created_at) desc nulls last`)
    .orderBy('v.resource_id')
    .execute()
}

export type PlanRow = Awaited<ReturnType<typeof standingPlans>>[number]
