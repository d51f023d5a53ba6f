import type { Db } from '../../../platform/index.ts'
import { idsFound, type Reader } from '../../search/index.ts'
import type { Find } from './condition.ts'

/** Conditional interactions find what a search by the same reader would. */
export const finder =
  (db: Db, reader: Reader): Find =>
  (type, query) =>
    idsFound(db, reader, type, { ...query, _count: '2' })
