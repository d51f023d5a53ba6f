import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './tree.ts'
import { mounted, waysIn, waysInFile } from './ways-in.ts'

// npm run routes: writes docs/routes.md. With --check it only says whether the file is right.
const path = join(root, waysInFile)
const words = waysIn(mounted())
if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== words) {
    console.error(
      `${waysInFile} does not say what src/app.ts mounts. Run: npm run routes, and read what changed.`,
    )
    process.exitCode = 1
  }
} else {
  writeFileSync(path, words)
  console.log(`${waysInFile}: written`)
}
