import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tableTypes, tableTypesFile } from './table-types.ts'
import { root } from './tree.ts'

// npm run types: writes the types of the tables from the migrations. With --check it only says whether they are right.
const path = join(root, tableTypesFile)
const types = await tableTypes()
if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== types) {
    console.error(`${tableTypesFile} does not agree with the migrations. Run: npm run types`)
    process.exitCode = 1
  }
} else {
  writeFileSync(path, types)
  console.log(`${tableTypesFile}: ${types.match(/^ {2}"/gm)?.length ?? 0} tables`)
}
