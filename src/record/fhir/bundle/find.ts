import type { Scope } from '../../../access/index.ts'
import type { Context, FhirRequest } from '../../../platform/index.ts'
import { searchAnswer } from '../../search/index.ts'
import type { Find } from './condition.ts'

type Asking = Pick<Context<unknown>, 'db' | 'scope' | 'now'> & Pick<FhirRequest, 'base'>

/** Conditional interactions find what a search by the same reader would. */
export const finder =
  ({ db, scope, now, base }: Asking): Find =>
  async (type, query) => {
    const reader = { scope: scope as Scope, base, now }
    const { body } = await searchAnswer(db, reader, type, { ...query, _count: '2', _total: 'none' })
    const { entry } = JSON.parse(body) as { entry: { resource: { id: string }; search: { mode: string } }[] }
    return entry.flatMap(({ resource, search }) => (search.mode === 'match' ? [resource.id] : []))
  }
