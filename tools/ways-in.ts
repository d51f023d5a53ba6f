import { join } from 'node:path'
import { type Place, readPlace } from '../src/access/index.ts'
import { capabilities } from '../src/app.ts'
import { policyInWords, type Route } from '../src/platform/index.ts'
import { root } from './tree.ts'

/** Where the list of every way in stands. */
export const waysInFile = 'docs/routes.md'

type Mounted = ReturnType<typeof capabilities>

/** What app.ts mounts. Nothing is opened or listened to: a way in is a declaration until the door mounts it. */
export function mounted(place: Place = readPlace(join(root, 'places/rotherham'))): Mounted {
  const none = () => {
    throw new Error('Nothing runs while the ways in are listed')
  }
  return capabilities(place, none, () => 'http://localhost', 'data', none)
}

/** Every way in with its policy, and what happens by itself, as docs/routes.md. */
export function waysIn({ routes, jobs, subscribers }: Mounted): string {
  const ways = Object.entries(routes).flatMap(([capability, each]) =>
    each.map((route) => ({ capability, route })),
  )
  const work = Object.entries(jobs).flatMap(([capability, each]) => each.map((job) => ({ capability, job })))
  return [
    '# Every way in',
    '',
    'Written by `npm run routes` from what `src/app.ts` mounts; `npm run check` fails when the two differ. There is no other way in over HTTP than',
    'these, the files under `/assets/`, and the demonstration’s own sign-in service under `/demo-issuer/`, which is gone once a place sets its own.',
    '',
    '## Pages and FHIR',
    '',
    ...table(
      ['method', 'path', 'who may', 'audited as', 'capability'],
      ways
        .sort((one, other) => order(one.route, other.route))
        .map(({ capability, route }) => wayIn(capability, route)),
    ),
    '',
    '## Jobs',
    '',
    'Work that nobody waits for. Each runs as a service of its own name, with the data categories listed.',
    '',
    ...table(
      ['job', 'starts', 'may read', 'for', 'audited as', 'capability'],
      work.map(({ capability, job }) => [
        job.name,
        job.every ? `by itself (\`${job.every}\`)` : 'after an event',
        job.may.categories.join(', ') || 'about nobody',
        job.may.purpose,
        `\`${job.audit}\``,
        capability,
      ]),
    ),
    '',
    '## Events',
    '',
    ...table(
      ['event', 'starts'],
      Object.entries(subscribers).map(([event, names]) => [event, (names ?? []).join(', ')]),
    ),
    '',
  ].join('\n')
}

const order = (one: Route, other: Route): number => {
  const [left, right] = [one, other].map(({ definition }) => `${definition.path} ${definition.method}`) as [
    string,
    string,
  ]
  return left < right ? -1 : 1
}

const wayIn = (capability: string, { kind, definition }: Route): string[] => [
  definition.method,
  `\`${definition.path}\`${kind === 'fhir' ? ' (FHIR)' : ''}`,
  policyInWords(definition.may),
  `\`${definition.audit}\``,
  capability,
]

const table = (head: string[], rows: string[][]): string[] => [
  row(head),
  row(head.map(() => '---')),
  ...rows.map(row),
]
const row = (cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
