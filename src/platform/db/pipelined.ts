import type { Duplex } from 'node:stream'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'
import { isTraced, traced } from '../telemetry/index.ts'

/**
 * Kysely over one pg client whose queries are sent as they are made: what a page asks for together with Promise.all travels together and
 * costs one round trip. Statements are prepared under a name, since planning a query under row-level security costs more than running it.
 * @param isOver whether the transaction has been left: whatever part of it still runs must not go on in the next one on this connection
 */
export const pipelined = (client: pg.PoolClient, isOver: () => boolean): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new OneClient(client, isOver),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
})

/** `database.ts` opens and closes the transaction itself; nothing may do so inside. */
class OneClient implements Driver {
  readonly #connection: DatabaseConnection
  constructor(client: pg.PoolClient, isOver: () => boolean) {
    this.#connection = connectionOver(client, isOver)
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }
  async beginTransaction(): Promise<void> {
    throw new Error('A transaction is already open')
  }
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

const connectionOver = (client: pg.PoolClient, isOver: () => boolean): DatabaseConnection => ({
  executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
    if (isOver()) throw new Error('The transaction is over')
    const result = await send(client, query)
    return {
      rows: result.rows as Row[],
      ...(result.rowCount === null ? {} : { numAffectedRows: BigInt(result.rowCount) }),
    }
  },
  streamQuery: () => {
    throw new Error('Streaming is not possible while queries are pipelined')
  },
})

export function send(client: pg.PoolClient, { sql, parameters }: CompiledQuery): Promise<pg.QueryResult> {
  const name = nameOf(sql)
  together(client)
  const ask = () => client.query({ text: sql, values: [...parameters], ...(name ? { name } : {}) })
  return isTraced() ? traced(kindOf(sql), { 'db.system.name': 'postgresql' }, ask) : ask()
}

/** What a statement does; never its text, which in places holds a value. */
const kindOf = (text: string): string => /^\s*([a-z]+)/i.exec(text)?.[1]?.toLowerCase() ?? 'statement'

const held = new WeakSet<Duplex>()

/**
 * Holds back what is written to this connection until the code that runs now has made all its statements, so that they leave in one packet:
 * writing each by itself took more of the application's time than anything else it does.
 */
export function together(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection
  if (held.has(stream)) return
  held.add(stream)
  stream.cork()
  process.nextTick(() => {
    held.delete(stream)
    stream.uncork()
  })
}

/** How a statement begins that is one of very many: it takes no name from those that come again and again, unless it is asked again and again itself. */
export const varied = '/* varied */'
/** How a statement begins whose best plan depends on its values: it is planned anew each time. */
export const plannedAnew = '/* planned anew */'

const names = new Map<string, string>()
const mostNames = 1000

/** How often each varied text was asked lately. What is asked again and again is prepared as well, within bounds that nobody can outgrow. */
const asked = new Map<string, number>()
const mostAsked = 500
const oftenAsked = 4
const mostVaried = 100
let variedNames = 0

/** The same text has the same name on every connection. Texts whose length varies with their values are not worth a name. */
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined) return known
  if (names.size >= mostNames || text.length > 40_000 || text.startsWith(plannedAnew)) return undefined
  if (text.startsWith(varied)) {
    if (variedNames >= mostVaried || !isAskedOften(text)) return undefined
    variedNames++
  }
  const name = `q${names.size}`
  names.set(text, name)
  return name
}

function isAskedOften(text: string): boolean {
  if (asked.size >= mostAsked) asked.clear()
  const times = (asked.get(text) ?? 0) + 1
  asked.set(text, times)
  return times >= oftenAsked
}
