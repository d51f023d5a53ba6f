import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { readTree } from './tree.ts'

const tree = readTree()
const isThere = (path: string): boolean =>
  tree.has(path) || [...tree.keys()].some((each) => each.startsWith(`${path.replace(/\/$/, '')}/`))

/** Links, and names of files and folders of the repository in code quotes. */
function named(path: string, text: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) =>
    posix.normalize(posix.join(posix.dirname(path), match[1] ?? '')),
  )
  const quoted = [
    ...text.matchAll(/(?<![\w./])((?:src|tools|docs|migrations|places|journeys|bin)\/[\w./-]*\w)/g),
  ].map((match) => match[1] ?? '')
  return [...links, ...quoted].filter((each) => !/NNNN|name|thing/.test(each))
}

const documents = [...tree].filter(([path]) => path.endsWith('.md'))

test.each(documents)('%s names only files that are there', (path, text) => {
  expect(named(path, text).filter((each) => !isThere(each))).toEqual([])
})

test('a name that leads nowhere is found', () => {
  expect(
    named('docs/access.md', 'See [the words](glossary.md) and `src/access/nowhere.test.ts`.').filter(
      (each) => !isThere(each),
    ),
  ).toEqual(['src/access/nowhere.test.ts'])
})
