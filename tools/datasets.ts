import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { datasetsInWords } from '../src/datasets/documentation.ts'
import { root } from './tree.ts'

// npm run datasets: writes docs/datasets.md from the declared data sets. With --check it only says whether the file is right.
const file = 'docs/datasets.md'
const path = join(root, file)
const words = datasetsInWords()
if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== words) {
    console.error(`${file} does not say what src/datasets declares. Run: npm run datasets`)
    process.exitCode = 1
  }
} else {
  writeFileSync(path, words)
  console.log(`${file}: written`)
}
