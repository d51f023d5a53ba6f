import { describe, expect, test } from 'vitest'
import { readTree } from '../tree.ts'
import { folders, mayImport } from './floors.ts'
import { houseViolations, type RuleName } from './house.ts'
import { viewsOf } from './source-text.ts'

const judged = (path: string, text: string) => houseViolations(new Map([[path, text]]))
const rules = (path: string, text: string) => judged(path, text).map((each) => each.rule)
const lines = (count: number) => 'const a = 1\n'.repeat(count)

/** One planted violation for each rule, and beside it the nearest thing that is right. */
const planted: [rule: RuleName, path: string, wrong: string, right: string][] = [
  [
    'floors',
    'src/platform/mail.ts',
    `import { readPlace } from '../access/index.ts'`,
    `import { Invalid } from './errors.ts'`,
  ],
  [
    'floors',
    'src/statistics/rate.ts',
    `import { page } from '../platform/index.ts'`,
    `import { interval } from './interval.ts'`,
  ],
  [
    'floors',
    'src/access/scope.ts',
    `import { filesOf } from '../people/index.ts'`,
    `import { page } from '../platform/index.ts'`,
  ],
  [
    'floors',
    'src/people/files.ts',
    `export { keep } from '../record/index.ts'`,
    `import { decide } from '../access/index.ts'`,
  ],
  [
    'floors',
    'src/record/store/write.ts',
    `import type { Inbox } from '../../feeds/index.ts'`,
    `import { filesOf } from '../../people/index.ts'`,
  ],
  [
    'floors',
    'src/pathways/clock.ts',
    `import { ask } from '../forms/index.ts'`,
    `import { keep } from '../record/index.ts'`,
  ],
  [
    'floors',
    'src/flow/ward.ts',
    `import { refer } from '../coordination/index.ts'`,
    `import { advance } from '../pathways/index.ts'`,
  ],
  [
    'floors',
    'src/population/risk.ts',
    `const people = await import('../people/index.ts')`,
    `import { measure } from '../cohorts/index.ts'`,
  ],
  [
    'floors',
    'src/population/risk.ts',
    `import { claim } from '../ledger/index.ts'`,
    `import { rate } from '../statistics/index.ts'`,
  ],
  [
    'floors',
    'src/budget/scenario.ts',
    `import { keep } from '../record/index.ts'`,
    `import { segment } from '../population/index.ts'`,
  ],
  [
    'floors',
    'src/bridge/pseudonymise.ts',
    `import { invent } from '../synthetic/index.ts'`,
    `import { segment } from '../population/index.ts'`,
  ],
  [
    'floors',
    'src/record/page.ts',
    `import { startApp } from '../app.ts'`,
    `import { page } from '../platform/index.ts'`,
  ],
  [
    'floors',
    'src/record/page.ts',
    `import { freshDatabase } from '../testing/index.ts'`,
    `import { page } from '../platform/index.ts'`,
  ],
  [
    'floors',
    'src/app.ts',
    `import { root } from '../tools/tree.ts'`,
    `import { page } from './platform/index.ts'`,
  ],
  [
    'door',
    'src/people/files.ts',
    `import { decide } from '../access/decide.ts'`,
    `import { decide } from '../access/index.ts'`,
  ],
  [
    'door',
    'src/access/home.ts',
    `import { Card } from '../platform/ui/card.tsx'`,
    `import { Card } from '../platform/ui/index.ts'`,
  ],
  [
    'door',
    'src/app.ts',
    `import { keep } from './record/store/write.ts'`,
    `import { keep } from './record/index.ts'`,
  ],
  ['folder', 'src/referrals/index.ts', '', ''],
  ['folder', 'src/start.ts', '', ''],
  [
    'endings',
    'src/people/files.ts',
    `import { agrees } from './matching'`,
    `import { agrees } from './matching.ts'`,
  ],
  [
    'packages',
    'src/people/find.page.tsx',
    `import type { FastifyRequest } from 'fastify'`,
    `import { sql } from 'kysely'`,
  ],
  [
    'packages',
    'src/platform/jobs.ts',
    `import formbody from '@fastify/formbody'`,
    `import { run } from 'graphile-worker'`,
  ],
  ['packages', 'src/record/store/read.ts', `import pg from 'pg'`, `import { sql } from 'kysely'`],
  ['packages', 'src/feeds/inbox.ts', `import { run } from 'graphile-worker'`, `import { z } from 'zod'`],
  [
    'pool',
    'src/feeds/inbox.ts',
    'await database.pool.query(sql)',
    'await database.transaction(name, settings, work)',
  ],
  ['names', 'src/record/services/read.ts', '', ''],
  ['names', 'src/record/utils.ts', '', ''],
  ['clock', 'src/people/files.ts', 'const now = new Date()', 'const then = new Date(now.getTime())'],
  ['clock', 'src/people/files.ts', 'const now = Date.now()', 'const now = clock.now()'],
  ['clock', 'src/people/files.ts', 'const dice = Math.random()', 'const id = randomUUID()'],
  [
    'sql clock',
    'migrations/0009-more.sql',
    'create table a (at timestamptz default now());',
    'create table a (at timestamptz default platform.now());',
  ],
  ['sql clock', 'migrations/0009-more.sql', 'select current_timestamp;', '-- current_timestamp is not ours'],
  ['sql clock', 'src/people/trace.queries.ts', 'sql`select clock_timestamp()`', 'sql`select platform.now()`'],
  ['size', 'src/people/files.ts', lines(301), lines(300)],
  [
    'machine path',
    'src/people/files.ts',
    `readFileSync('/home/jo/place.json')`,
    `readFileSync('places/rotherham/place.json')`,
  ],
  ['machine path', 'docs/deploy.md', 'Copy it to /root/golden-thread first.', 'Copy it to the server first.'],
  ['machine path', '.ci/run', 'cd /home/somebody/checkout', 'cd "$(dirname "$0")/.."'],
  ['any', 'src/people/files.ts', 'const row = found as any', 'const row = found as unknown'],
  ['any', 'src/people/files.ts', '// @ts-ignore', '// ignored: the source sends none'],
  ['words', 'src/people/files.ts', 'const ticketId = 1', 'const referralId = 1'],
  [
    'words',
    'src/people/find.page.tsx',
    'const Hint = () => <p>Ask a clinician</p>',
    'const Hint = () => <p>Ask a practitioner</p>',
  ],
  [
    'words',
    'src/people/find.page.tsx',
    `const title = 'Staff member not found'`,
    `const title = 'Practitioner not found'`,
  ],
  ['words', 'src/people/files.ts', 'const currentUser = actor', 'const reader = actor'],
  ['words', 'src/people/files.ts', 'const userId = actor.id', 'url.username = name'],
  [
    'registry',
    'package-lock.json',
    '{"packages": {"node_modules/zod": {\n"resolved": "https://mirror.example/zod.tgz"\n}}}',
    '{"packages": {"node_modules/zod": {\n"resolved": "https://registry.npmjs.org/zod.tgz"\n}}}',
  ],
  [
    'registry',
    'package-lock.json',
    '{"packages": {"node_modules/a": {"optionalDependencies": {"a-windows": "1"}}}}',
    '{"packages": {"node_modules/a": {"optionalDependencies": {"a-windows": "1"}}, "node_modules/a-windows": {}}}',
  ],
]

describe('each rule of the house catches what is planted, and lets its neighbour stand', () => {
  test.each(planted)('%s in %s: %s', (rule, path, wrong, right) => {
    expect(rules(path, wrong)).toEqual([rule])
    if (right) expect(rules(path, right)).toEqual([])
  })

  test('a crowded folder is a warning and fails nothing', () => {
    const crowd = houseViolations(
      new Map(Array.from({ length: 26 }, (_, at) => [`src/people/file-${at}.ts`, ''])),
    )
    expect(crowd).toEqual([expect.objectContaining({ rule: 'crowd', path: 'src/people', warning: true })])
  })
})

describe('where a rule does not reach', () => {
  test.each([
    ['src/people/files.test.ts', `import { keep } from '../record/store/write.ts'`],
    ['src/people/files.test.ts', 'const now = new Date()'],
    ['src/testing/index.ts', `import pg from 'pg'\nimport { readPlace } from '../access/place.ts'`],
    ['tools/bench.ts', `import { startApp } from '../src/app.ts'`],
    ['journeys/first-story.test.ts', `import { startApp } from '../src/app.ts'`],
    ['src/platform/clock.ts', 'export const systemClock = { now: () => new Date() }'],
    ['src/people/files.ts', '// a note about new Date() and Math.random()\nconst text = "as any"'],
    ['src/people/files.ts', `const pattern = /['"\`]now/\nconst url = 'http://example.org' // from 'pg'`],
    [
      'migrations/0001-platform.sql',
      'create function platform.now() returns timestamptz\n  return coalesce(x, pg_catalog.now());',
    ],
  ])('%s: %s', (path, text) => {
    expect(judged(path, text)).toEqual([])
  })

  test('a comment allows one rule on one line, and must say why', () => {
    expect(
      rules(
        'src/people/files.ts',
        '// house allows clock: this is the time that the file was copied\nnew Date()',
      ),
    ).toEqual([])
    expect(rules('src/people/files.ts', 'new Date() // house allows clock: because')).toEqual(['clock'])
    expect(
      rules('src/people/files.ts', '// house allows sql clock: measured in real time\nnew Date()'),
    ).toEqual(['clock'])
    expect(
      rules(
        'src/people/files.ts',
        '// house allows clock: this is the time of the copy\nconst a = 1\nnew Date()',
      ),
    ).toEqual(['clock'])
  })
})

test('a violation names its file and line', () => {
  expect(judged('src/people/files.ts', 'const a = 1\n\nconst b = Date.now()')).toEqual([
    { path: 'src/people/files.ts', line: 3, rule: 'clock', words: expect.stringContaining('Date.now') },
  ])
})

test('the floors are those of the design', () => {
  expect(mayImport('platform')).toEqual([])
  expect(mayImport('record')).toEqual(['platform', 'statistics', 'datasets', 'access', 'people'])
  expect(mayImport('signals')).toEqual([
    'platform',
    'statistics',
    'datasets',
    'access',
    'people',
    'record',
    'feeds',
  ])
  expect(mayImport('coordination')).not.toContain('flow')
  expect(mayImport('population')).toEqual(['platform', 'statistics', 'datasets', 'access', 'cohorts'])
  expect(mayImport('bridge')).toEqual(
    expect.arrayContaining(['people', 'record', 'population', 'coordination']),
  )
  expect(mayImport('unheard-of')).toEqual([])
  expect(folders).toHaveLength(21)
})

describe('reading a file as code, text and comments', () => {
  test('templates nest, and what stands in their braces is code', () => {
    const { code, text } = viewsOf('const a = `one $' + '{two(`three $' + '{four}`)} five`')
    expect(code.replaceAll(' ', '')).toBe('consta=`$' + '{two(`$' + '{four}`)}`')
    expect(text.trim().split(/\s+/)).toEqual(['one', 'three', 'five'])
  })

  test.each([
    ['an apostrophe between tags', `const a = <p>Don't</p>\nnew Date()`],
    ['a quote in a regular expression', `const a = /[’'"\`]/g\nnew Date()`],
    ['a slash in a class', `const a = /[/'\`]/\nnew Date()`],
    ['division', `const a = b / c / d\nnew Date()`],
  ])('%s does not hide the next line', (_, text) => {
    expect(rules('src/people/files.ts', text)).toEqual(['clock'])
  })
})

test('this tree keeps the rules', () => {
  const tree = readTree()
  const sources = [...tree.keys()].filter((path) => path.startsWith('src/') && /\.tsx?$/.test(path))
  expect(sources.length).toBeGreaterThan(50)
  const violations = houseViolations(tree).filter((each) => !each.warning)
  expect(violations.map((each) => `${each.path}:${each.line} ${each.rule}: ${each.words}`)).toEqual([])
})
