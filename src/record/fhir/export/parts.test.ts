import { expect, test } from 'vitest'
import { beginning } from './export.queries.ts'
import { grown } from './parts.ts'

const counted = (type: string, resources: number, megabytes: number) => ({
  type,
  resources,
  bytes: megabytes * 1024 * 1024,
})

test('a part grows until it is full, and the next begins where it ends', () => {
  let parts = grown([], [counted('Flag', 1, 0), counted('Observation', 10, 6)], 'f1')
  parts = grown(parts, [counted('Observation', 10, 6)], 'f2')
  parts = grown(parts, [counted('Flag', 1, 0), counted('Observation', 5, 1)], 'f3')
  expect(
    parts.map(({ part, type, after_file, until_file, resources }) => [
      part,
      type,
      after_file,
      until_file,
      resources,
    ]),
  ).toEqual([
    [0, 'Flag', beginning, 'f3', 2],
    [1, 'Observation', beginning, 'f2', 20],
    [2, 'Observation', 'f2', 'f3', 5],
  ])
})
