import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { datasetsInWords } from '../src/datasets/documentation.ts'
import { extractsInWords } from '../src/datasets/extracts/documentation.ts'
import { root } from './tree.ts'

// npm run datasets: writes docs/datasets.md and docs/extracts.md from what is declared. With --check it only says whether they are right.
const documents = { 'docs/datasets.md': datasetsInWords(), 'docs/extracts.md': extractsInWords() }
for (const [file, words] of Object.entries(documents)) {
  const path = join(root, file)
  if (!process.argv.includes('--check')) {
    writeFileSync(path, words)
    console.log(`${file}: written`)
  } else if (!existsSync(path) || readFileSync(path, 'utf8') !== words) {
    console.error(`${file} does not say what src/datasets declares. Run: npm run datasets`)
    process.exitCode = 1
  }
}
