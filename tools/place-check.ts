import type { Finding } from '../src/synthetic/check/check.ts'
import { CHECKS } from '../src/synthetic/check/checks/all.ts'
import { UNMET } from '../src/synthetic/check/checks/unmet.ts'
import { NoPlace, openPlace } from '../src/synthetic/check/place.ts'
import { findings } from '../src/synthetic/check/run.ts'

// npm run -s place:check -- DIR [--json]: holds a made-up place to the published figures. Ends with 1 where something failed, 2 where DIR is no place.
const VERDICTS = { passed: 'pass', failed: 'FAIL', 'too small a place': 'too small' }

const figure = (value: number | null): string => {
  if (value === null || Number.isNaN(value)) return '–'
  const size = Math.abs(value)
  const decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3
  return value.toLocaleString('en-GB', { maximumFractionDigits: decimals })
}

const line = ({ check, target, measured, allowed, verdict }: Finding): string =>
  [
    check.group,
    check.words,
    `${check.kind === 'least' ? 'at least ' : ''}${figure(target)} ${check.unit}`,
    figure(measured),
    figure(measured === null ? null : measured - target),
    `±${figure(allowed)}`,
    VERDICTS[verdict],
  ].join(' | ')

const asJson = (found: readonly Finding[]) =>
  JSON.stringify({
    findings: found.map(({ check, ...rest }) => {
      const { measure: _, ...said } = check
      return { ...said, published: check.target, ...rest }
    }),
    unmet: UNMET,
  })

async function check(dir: string, json: boolean): Promise<void> {
  const place = await openPlace(dir)
  const found: Finding[] = []
  const say = (words: string) => {
    if (!json) console.log(words)
  }
  try {
    say('group | figure | target | measured | difference | allowed | verdict')
    for await (const finding of findings(CHECKS, place)) {
      found.push(finding)
      say(line(finding))
    }
  } finally {
    place.close()
  }
  const many = (verdict: Finding['verdict']) => found.filter((each) => each.verdict === verdict).length
  if (json) console.log(asJson(found))
  say('\nPublished figures that cannot be met, and why:')
  for (const { figure: words, why } of UNMET) say(`- ${words}: ${why}`)
  if (many('too small a place') > 0)
    say(`\n${many('too small a place')} figures say nothing of a place this small and were not counted.`)
  say(`\n${many('passed')} passed, ${many('failed')} failed`)
  if (many('failed') > 0) process.exitCode = 1
}

const [dir, ...options] = process.argv.slice(2)
if (dir === undefined || dir.startsWith('-') || options.some((option) => option !== '--json')) {
  console.error('npm run -s place:check -- DIR [--json]')
  process.exitCode = 2
} else
  try {
    await check(dir, options.includes('--json'))
  } catch (problem) {
    console.error(problem instanceof NoPlace ? problem.message : problem)
    process.exitCode = 2
  }
