import { sql } from 'kysely'
import { type Asking, inRecord } from '../frame/asking.ts'

/** What is known of each document; its content is read from the record when it is opened. */
export function documents(asking: Asking, id?: string) {
  return asking.db
    .selectFrom('record.v_document as v')
    .select([
      'resource_id',
      'source',
      'received_at',
      'category',
      'status',
      'doc_status',
      'type_code',
      'type_title',
      'title',
      'description',
      'created',
      'created_at',
      'author_display',
    ])
    .select(['custodian_display', 'content_type', 'size', 'relates_to_code', 'relates_to_target'])
    .where(inRecord(asking, 'DocumentReference'))
    .where((v) => (id === undefined ? sql<boolean>`true` : v('v.resource_id', '=', id)))
    .orderBy(sql`v.created_at desc nulls last`)
    .orderBy('v.resource_id')
    .limit(2000)
    .execute()
}

export type DocumentRow = Awaited<ReturnType<typeof documents>>[number]
