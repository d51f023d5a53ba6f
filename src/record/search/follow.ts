import type { Scope } from '../../access/index.ts'
import { type Db, Invalid } from '../../platform/index.ts'
import { filedTests } from './asked-values.ts'
import type { Clause, Linked, Test } from './clause.ts'
import type { Plain } from './conditions.ts'
import { isAboutPeople } from './declared.ts'
import { entry, mark } from './entry.ts'
import { find } from './find.ts'
import { usualOrder } from './order.ts'

/** What may be found on the way. */
const mostFollowed = 1000

/** Follows chains: what a reference must lead to, or must come from, is looked for first, within the same scope. */
export async function followed(db: Db, scope: Scope, type: string, clauses: Clause[]): Promise<Plain[]> {
  return Promise.all(
    clauses.map(async (clause): Promise<Plain> => {
      if (clause.kind === 'chain') return chained(db, scope, type, clause)
      if (clause.kind === 'has') return referredTo(db, scope, type, clause)
      return clause
    }),
  )
}

async function linked(db: Db, scope: Scope, { type, clause }: Linked) {
  const clauses = await followed(db, scope, type, [clause])
  const found = await find(db, { type, clauses, scope }, usualOrder(type, undefined), mostFollowed + 1, true)
  if (found.length > mostFollowed)
    throw new Invalid([
      {
        path: type,
        words: `More than ${mostFollowed} of type ${type} are like that. Say more of it`,
        code: 'too-costly',
      },
    ])
  return found
}

async function chained(
  db: Db,
  scope: Scope,
  from: string,
  { keys, to }: Extract<Clause, { kind: 'chain' }>,
): Promise<Plain> {
  const found = (await Promise.all(to.map((each) => linked(db, scope, each)))).flat()
  const tests = found.flatMap(({ type, id }) =>
    keys.map((key): Test => ({ on: 'is', entry: entry(key, `${type}/${id}`) })),
  )
  if (!to.every(({ type }) => type === 'Patient')) return { kind: 'entries', tests }
  return { kind: 'about', tests, patients: found.map(({ id }) => id), filed: filedTests(from, keys) }
}

/**
 * What is about people is asked for row by row, in the same file or, of a Patient, in every file that they are a concern of. What concerns
 * nobody is found first, by what refers to it.
 */
async function referredTo(
  db: Db,
  scope: Scope,
  type: string,
  { keys, by }: Extract<Clause, { kind: 'has' }>,
): Promise<Plain> {
  if (isAboutPeople(type) && isAboutPeople(by.type)) {
    const [clause] = await followed(db, scope, by.type, [by.clause])
    if (clause) return { kind: 'referred', keys, type, by: { type: by.type, clause } }
  }
  const found = await linked(db, scope, by)
  return { kind: 'id', ids: [...new Set(found.flatMap(({ search }) => idsIn(search ?? '', keys, type)))] }
}

/** The ids of a type that entries under these keys refer to. */
const idsIn = (search: string, keys: string[], type: string): string[] =>
  search.split('\n').flatMap((each) => {
    const [key = '', place = ''] = each.split(mark)
    return keys.includes(key) && place.startsWith(`${type}/`) ? [place.slice(type.length + 1)] : []
  })
