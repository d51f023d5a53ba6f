import type { Scope } from '../../../access/index.ts'
import type { Db } from '../../../platform/index.ts'
import { searchResources } from '../../store/search.ts'
import type { Find } from './condition.ts'

/** Conditional interactions find what a search by the same reader would. */
export const finder =
  (db: Db, scope: Scope): Find =>
  async (type, query) => {
    const { resources } = await searchResources(db, scope, type, { ...query, _count: '2' })
    return resources.map(({ id }) => id)
  }
