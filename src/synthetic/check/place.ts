import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { allExtracts, type ExtractType, type FlatExtract } from '../../datasets/index.ts'
import { quoted } from '../extracts/parquet.ts'
import { BASE_TABLES } from './base-tables.ts'

export type Row = Record<string, string | number | boolean | null>

/** A place's flat extracts as SQL tables of the same names, with those that most checks begin with. */
export interface Place {
  /** How many lived there on the first day: what counts are scaled by. */
  people: number
  years: number
  rows: (sql: string) => Promise<Row[]>
  close: () => void
}

/** The folder does not hold a place's extracts. */
export class NoPlace extends Error {}

const sqlType = (type: ExtractType): string => {
  switch (type.kind) {
    case 'integer':
    case 'pence':
      return 'bigint'
    case 'decimal':
      return 'double precision'
    case 'boolean':
      return 'boolean'
    case 'date':
      return 'date'
    case 'moment':
      return 'timestamp'
    default:
      return 'varchar'
  }
}

const plain = (value: unknown): Row[string] => {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return value as Row[string]
}

async function connect(): Promise<{
  run: (sql: string) => Promise<unknown>
  rows: Place['rows']
  close: () => void
}> {
  // Two threads and less than the 2 GB that a place may take: the whole borough is checked on the machine that made it.
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1500MB' })
  const connection: DuckDBConnection = await instance.connect()
  return {
    run: (sql) => connection.run(sql),
    async rows(sql) {
      const reader = await connection.runAndReadAll(sql)
      return reader
        .getRowObjectsJS()
        .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])))
    },
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** The extract as it lies in the folder: Parquet where there is one, or CSV. */
function fileOf(dir: string, { id, columns }: FlatExtract): string {
  const parquet = join(dir, `${id}.parquet`)
  if (existsSync(parquet)) {
    const cast = columns.map(({ name, type }) => `cast(${name} as ${sqlType(type)}) as ${name}`)
    return `create view ${id} as select ${cast.join(', ')} from read_parquet(${quoted(parquet)})`
  }
  const csv = join(dir, `${id}.csv`)
  if (!existsSync(csv))
    throw new NoPlace(
      `${dir} is no place: it has neither ${id}.parquet nor ${id}.csv. Make one: npm run -s place`,
    )
  const types = columns.map(({ name, type }) => `${name}: '${sqlType(type)}'`)
  // Small buffers: some checks read every file at once.
  return `create view ${id} as select * from read_csv(${quoted(csv)}, header = true, buffer_size = 2097152, max_line_size = 131072, columns = {${types.join(', ')}})`
}

async function settled(place: Awaited<ReturnType<typeof connect>>): Promise<Place> {
  for (const sql of BASE_TABLES) await place.run(sql)
  const [size] = await place.rows('select people, years from span')
  return {
    people: Number(size?.['people']),
    years: Number(size?.['years']),
    rows: place.rows,
    close: place.close,
  }
}

export async function openPlace(dir: string): Promise<Place> {
  const place = await connect()
  for (const extract of allExtracts) await place.run(fileOf(dir, extract))
  return settled(place)
}

/** A place of which only these rows were written: to see what a check makes of them. */
export async function plantedPlace(rows: Readonly<Record<string, readonly Row[]>>): Promise<Place> {
  const place = await connect()
  const literal = (value: Row[string] | undefined) =>
    typeof value === 'string' ? quoted(value) : String(value ?? null)
  for (const { id, columns } of allExtracts) {
    await place.run(
      `create table ${id} (${columns.map(({ name, type }) => `${name} ${sqlType(type)}`).join(', ')})`,
    )
    for (const row of rows[id] ?? []) {
      const values = columns.map(({ name }) => literal(row[name]))
      await place.run(`insert into ${id} values (${values.join(', ')})`)
    }
  }
  return settled(place)
}
