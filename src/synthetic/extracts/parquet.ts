import { dirname } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { ExtractType, FlatExtract } from '../../datasets/index.ts'

/**
 * Writes each extract's Parquet from its CSV, with the declared types. The number of threads is fixed and order kept, so that the same
 * rows are the same bytes.
 * @param pathOf where an extract's file with that ending is
 */
export async function writeParquet(
  extracts: readonly FlatExtract[],
  pathOf: (id: string, ending: 'csv' | 'parquet') => string,
): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '800MB',
    preserve_insertion_order: 'true',
    temp_directory: dirname(pathOf('spill', 'parquet')),
  })
  try {
    const connection = await instance.connect()
    for (const extract of extracts)
      await connection.run(
        `copy (select * from ${csvRead(extract, pathOf(extract.id, 'csv'))}) to ${quoted(pathOf(extract.id, 'parquet'))} (format parquet, compression zstd)`,
      )
    connection.closeSync()
  } finally {
    instance.closeSync()
  }
}

/** An extract's CSV as a table with the declared types, for DuckDB. */
function csvRead(extract: FlatExtract, path: string): string {
  const columns = extract.columns.map(({ name, type }) => `${quoted(name)}: ${quoted(sqlType(type))}`)
  return `read_csv(${quoted(path)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', new_line = '\\n', columns = {${columns.join(', ')}})`
}

/** Text as SQL takes it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

function sqlType(type: ExtractType): string {
  switch (type.kind) {
    case 'integer':
      return type.most <= 127 ? 'TINYINT' : 'BIGINT'
    case 'pence':
      return 'BIGINT'
    case 'decimal':
      return `DECIMAL(18, ${type.decimals})`
    case 'boolean':
      return 'BOOLEAN'
    case 'date':
      return 'DATE'
    case 'moment':
      return 'TIMESTAMP'
    default:
      return 'VARCHAR'
  }
}
