import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BEGIN, chartsOf, type Told } from '../src/synthetic/check/charts/page.ts'
import type { Finding } from '../src/synthetic/check/check.ts'
import { CHECKS } from '../src/synthetic/check/checks/all.ts'
import { NoPlace, openPlace } from '../src/synthetic/check/place.ts'
import { findings } from '../src/synthetic/check/run.ts'
import { root } from './tree.ts'

// npm run -s place:charts -- DIR: draws a made-up place's distributions into docs/synthetic and docs/synthetic.md.

async function charts(dir: string): Promise<void> {
  const told = join(dir, 'place.json')
  if (!existsSync(told))
    throw new NoPlace(`${dir} holds no place.json: name a folder that npm run place has written.`)
  const place = await openPlace(dir)
  try {
    const found: Finding[] = []
    for await (const finding of findings(CHECKS, place)) found.push(finding)
    const { pictures, text } = await chartsOf(place, found, JSON.parse(readFileSync(told, 'utf8')) as Told)
    const page = join(root, 'docs', 'synthetic.md')
    const folder = join(root, 'docs', 'synthetic')
    mkdirSync(folder, { recursive: true })
    for (const [name, svg] of pictures) writeFileSync(join(folder, name), svg)
    const before = readFileSync(page, 'utf8').split(BEGIN)[0] ?? ''
    writeFileSync(page, before + text)
    console.log(`${pictures.size} charts and ${found.length} figures written to docs/synthetic.md`)
  } finally {
    place.close()
  }
}

const [dir, ...others] = process.argv.slice(2)
if (dir === undefined || others.length > 0) {
  console.error('npm run -s place:charts -- DIR')
  process.exitCode = 2
} else
  try {
    await charts(dir)
  } catch (problem) {
    console.error(problem instanceof NoPlace ? problem.message : problem)
    process.exitCode = 2
  }
