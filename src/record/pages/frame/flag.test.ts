import { expect, test } from 'vitest'
import { graveFirst, isConcern } from './flag.ts'

test('what must be known first stands first, and how to get in last', () => {
  const flags = [
    { category: 'alert', category_code: 'contact' },
    { category: 'alert', category_code: 'clinical' },
    { category: 'alert', category_code: null },
    { category: 'alert', category_code: 'advance-directive' },
    { category: 'safeguarding', category_code: 'safeguarding' },
  ]
  expect(graveFirst(flags).map((flag) => flag.category_code)).toEqual([
    'safeguarding',
    'advance-directive',
    'clinical',
    null,
    'contact',
  ])
})

test('a safeguarding concern is one by its category, whatever it is', () => {
  expect([isConcern({ category: 'safeguarding' }), isConcern({ category: 'alert' })]).toEqual([true, false])
})
