import { basename } from 'node:path/posix'
import { brokenFloor, folderOf, folders, isTest, roofs } from './floors.ts'
import { leftOut } from './lock-file.ts'
import { importsOf, lineOf, type Views, viewsOf, withoutSqlComments } from './source-text.ts'

/**
 * The rules of the house that neither the compiler nor the linter knows. Everything here is pure: text in, violations out.
 * A rule is allowed to be broken on one line by a comment on that line or the one above, which must say why:
 *   // house allows clock: the bench measures real time
 */
export type Violation = { path: string; line: number; rule: RuleName; words: string; warning?: true }

export type RuleName =
  | 'floors'
  | 'door'
  | 'folder'
  | 'endings'
  | 'packages'
  | 'pool'
  | 'names'
  | 'clock'
  | 'sql clock'
  | 'size'
  | 'crowd'
  | 'machine path'
  | 'any'
  | 'words'
  | 'registry'

type Found = { line: number; rule: RuleName; words: string; warning?: true }
type Source = { path: string; text: string; views: Views }
type Rule = (source: Source) => Found[]

/** The planted violations of the house's own test are text that no rule should read. */
const planted = 'tools/house/house.test.ts'

const isCode = (path: string): boolean => /\.(tsx?|mjs)$/.test(path) && !path.includes('.generated.')
const isSql = (path: string): boolean => path.endsWith('.sql')

/** @param files every tracked text file, by its path from the root */
export function houseViolations(files: ReadonlyMap<string, string>): Violation[] {
  const found: Violation[] = crowds([...files.keys()])
  for (const [path, text] of files) {
    if (path === planted) continue
    for (const each of violationsIn(path, text)) found.push({ path, ...each })
  }
  return found.sort((one, other) =>
    one.path === other.path ? one.line - other.line : one.path < other.path ? -1 : 1,
  )
}

function violationsIn(path: string, text: string): Found[] {
  if (isCode(path)) {
    const source = { path, text, views: viewsOf(text) }
    return [names, imports, pool, clock, sqlInCode, size, machinePathsInCode, any, words]
      .flatMap((rule) => rule(source))
      .filter((each) => !isAllowed(text, each))
  }
  const source = { path, text, views: { code: '', text, comments: '' } }
  const rules = isSql(path)
    ? [names, sqlFile, machinePaths]
    : path === 'package-lock.json'
      ? [registry, machinePaths]
      : [names, machinePaths]
  return rules.flatMap((rule) => rule(source)).filter((each) => !isAllowed(text, each))
}

/** Whether the line, or the one above it, carries the comment that allows this rule to be broken and says why. */
function isAllowed(text: string, { line, rule }: Found): boolean {
  const lines = text.split('\n')
  const comment = new RegExp(`(?://|--|/\\*) *house allows ${rule}: \\S.{9,}`)
  return (
    comment.test(lines[line - 1] ?? '') ||
    (/^\s*(\/\/|--)/.test(lines[line - 2] ?? '') && comment.test(lines[line - 2] ?? ''))
  )
}

const every = (
  view: string,
  pattern: RegExp,
  rule: RuleName,
  say: (match: RegExpMatchArray) => string,
): Found[] =>
  [...view.matchAll(pattern)].map((match) => ({ line: lineOf(view, match.index), rule, words: say(match) }))

const forbiddenNames = /^(services?|controllers?|repositor(y|ies)|dtos?|utils?|helpers?|common|misc)$/

/** Folders are named for things of the place, never for kinds of code. */
const names: Rule = ({ path }) => {
  const faults: Found[] = []
  const [top, ...rest] = path.split('/')
  if (!['src', 'tools', 'journeys', 'bin'].includes(top ?? '')) return []
  for (const segment of rest.map((each) => each.split('.')[0] ?? '')) {
    if (forbiddenNames.test(segment))
      faults.push({ line: 1, rule: 'names', words: `“${segment}” names a kind of code; name the thing` })
  }
  const folder = folderOf(path)
  if (folder === '' && !roofs.includes(basename(path)))
    faults.push({ line: 1, rule: 'folder', words: `only ${roofs.join(', ')} stand directly in src/` })
  if (folder && folder !== 'testing' && !folders.includes(folder))
    faults.push({ line: 1, rule: 'folder', words: `src/${folder} is not a folder of the house` })
  return faults
}

/** Packages that one part of the house stands in front of. Tests and tools may use them. */
const keptBehind: { packages: RegExp; may: RegExp; words: string }[] = [
  {
    packages: /^(fastify|@fastify\/.*)$/,
    may: /^src\/platform\/door\//,
    words: 'the web framework stays behind src/platform/door',
  },
  {
    packages: /^pg$/,
    may: /^src\/(platform\/db|testing)\//,
    words: 'connections stay behind src/platform/db; take the Db you are handed',
  },
  {
    packages: /^graphile-worker$/,
    may: /^src\/platform\//,
    words: 'jobs are declared with job() and started with an event',
  },
]

const imports: Rule = ({ path, text, views }) =>
  importsOf(text, views).flatMap(({ from, line }): Found[] => {
    const broken = brokenFloor(path, from)
    if (broken) return [{ line, ...broken }]
    if (from.startsWith('.'))
      return /\.[a-z]+$/.test(from) ? [] : [{ line, rule: 'endings', words: `${from} needs its ending` }]
    if (!path.startsWith('src/') || isTest(path)) return []
    return keptBehind.flatMap((each) =>
      each.packages.test(from) && !each.may.test(path)
        ? [{ line, rule: 'packages' as const, words: each.words }]
        : [],
    )
  })

/** graphile-worker is handed the pool; everything else gets a transaction with its settings. */
const pool: Rule = ({ path, views }) =>
  !path.startsWith('src/') || isTest(path) || /^src\/(platform\/(db\/.*|jobs\.ts)|testing\/.*)$/.test(path)
    ? []
    : every(
        views.code,
        /\.pool\b/g,
        'pool',
        () => 'a pool has no actor and no scope; use database.transaction',
      )

const clock: Rule = ({ path, views }) =>
  !path.startsWith('src/') ||
  isTest(path) ||
  path === 'src/platform/clock.ts' ||
  /^src\/(synthetic|testing)\//.test(path)
    ? []
    : every(
        views.code,
        /\bnew\s+Date\s*(?:\(\s*\)|(?![\w(\s]))|\bDate\.now\b|\bMath\.random\b|(?<!new\s)(?<![\w.])Date\(/g,
        'clock',
        (match) => `${match[0]}: take the time from the clock that is handed in, and chance from synthetic`,
      )

// A column default and a policy may ask platform.now(), which tests can set.
const sqlClock =
  /(?<!platform\.)(?<![\w$])now\(\)|\b(?:current_timestamp|current_date|current_time|localtimestamp|localtime)\b|\b(?:clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(/gi
const sqlClockWords = (match: RegExpMatchArray): string => `${match[0]}: ask platform.now()`

const sqlFile: Rule = ({ text }) => {
  const sql = withoutSqlComments(text).replace(
    /create (or replace )?function platform\.now\(\)[^;]*;/gi,
    (definition) => definition.replace(/[^\n]/g, ' '),
  )
  return every(sql, sqlClock, 'sql clock', sqlClockWords)
}

const sqlInCode: Rule = ({ path, views }) =>
  !path.startsWith('src/') || isTest(path)
    ? []
    : every(withoutSqlComments(views.text), sqlClock, 'sql clock', sqlClockWords)

const mostLines = 300
const size: Rule = ({ text }) => {
  const lines = text.trimEnd().split('\n').length
  return lines > mostLines
    ? [{ line: mostLines + 1, rule: 'size', words: `${lines} lines; split it by thing at ${mostLines}` }]
    : []
}

const mostFiles = 25

/** A crowded folder is a hint to split it by thing; it fails nothing. */
function crowds(paths: string[]): Violation[] {
  const count = new Map<string, number>()
  for (const path of paths.filter((each) => isCode(each) && !isTest(each))) {
    const folder = path.slice(0, path.lastIndexOf('/'))
    count.set(folder, (count.get(folder) ?? 0) + 1)
  }
  return [...count]
    .filter(([, files]) => files > mostFiles)
    .map(([path, files]) => ({
      path,
      line: 1,
      rule: 'crowd',
      words: `${files} files; split it by thing, not by kind`,
      warning: true,
    }))
}

const machinePath =
  /(?<=^|[\s'"`(=:])(?:file:\/\/)?\/(?:home|root|work|Users|tmp)\/[\w.-]|(?<![A-Za-z])[A-Z]:\\\w/gm
const machinePathWords = (): string =>
  'a path of one machine; take it from the settings, the repository or the system’s temporary folder'

// In code only a whole literal counts: a view holds the blank that stands for its opening quote.
const machinePathsInCode: Rule = ({ views }) => [
  ...every(views.text, machinePath, 'machine path', machinePathWords),
  ...every(views.comments, machinePath, 'machine path', machinePathWords),
]
const machinePaths: Rule = ({ text }) => every(text, machinePath, 'machine path', machinePathWords)

const any: Rule = ({ views }) => [
  ...every(views.code, /\bas\s+any\b/g, 'any', () => 'as any: say what it is, or unknown'),
  ...every(views.comments, /@ts-(?:ignore|nocheck)\b/g, 'any', (match) => `${match[0]}: mend the type`),
]

/** docs/glossary.md has the words. Only those are looked for that nothing else in our code is called. */
const notOurWords: { pattern: RegExp; say: string }[] = [
  { pattern: /(?:\b[tT]|\w+T)ickets?(?![a-z])\w*/g, say: 'referral, task or request' },
  { pattern: /(?:\b[cC]|\w+C)linicians?(?![a-z])\w*/g, say: 'practitioner' },
  { pattern: /\bstaff ?members?\b/gi, say: 'practitioner' },
  { pattern: /\bservice users?\b|\bend users?\b/gi, say: 'person or resident' },
]

/** `user` belongs to PostgreSQL, to a URL, to FHIR's userSelected and to the design system's icons; a person is never one. */
const userIdentifier = /\b(?!username\b|userSelected\b)(?:user[A-Z]?\w*|\w+User[A-Z]?\w*)\b/g
const namesUsersRightly = /^src\/platform\/(db|ui\/nhsuk)\//

const words: Rule = ({ path, views }) => {
  if (!path.startsWith('src/')) return []
  // A word may stand in an identifier, a heading or a sentence between tags; a comment is for those who read the code.
  const seen = views.code
    .split('')
    .map((character, at) => (character === ' ' ? views.text[at] : character))
    .join('')
  const known = notOurWords.flatMap(({ pattern, say }) =>
    every(seen, pattern, 'words', (match) => `“${match[0]}”: say ${say}`),
  )
  if (namesUsersRightly.test(path)) return known
  return [
    ...known,
    ...every(
      views.code,
      userIdentifier,
      'words',
      (match) => `“${match[0]}”: say person, resident, practitioner or actor`,
    ),
  ]
}

/** The lock file must install anywhere: from the public registry, and on every system. */
const registry: Rule = ({ text }) => [
  ...every(
    text,
    /"resolved": "(?!https:\/\/registry\.npmjs\.org\/)[^"]*"/g,
    'registry',
    () => 'the lock file names a registry of one machine',
  ),
  ...leftOut(text).map(
    (name): Found => ({
      line: 1,
      rule: 'registry',
      words: `the lock file leaves out ${name}; npm ci refuses it`,
    }),
  ),
]
