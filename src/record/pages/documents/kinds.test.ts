import fc from 'fast-check'
import { expect, test } from 'vitest'
import { standingDocuments, standingKind, versionsOf } from './kinds.ts'

const row = (id: string, changes: Partial<Parameters<typeof standingDocuments>[0][number]> = {}) => ({
  resource_id: id,
  status: 'current',
  doc_status: 'final' as string | null,
  created_at: new Date('2026-01-01') as Date | null,
  received_at: new Date('2026-01-02'),
  relates_to_code: null as string | null,
  relates_to_target: null as string | null,
  type_title: 'ReSPECT form' as string | null,
  title: null,
  description: null,
  ...changes,
})
const replacing = (id: string) => ({
  relates_to_code: 'replaces',
  relates_to_target: `DocumentReference/${id}`,
})
const shown = (rows: ReturnType<typeof row>[]) =>
  standingDocuments(rows).map(({ kind, row: { resource_id } }) => `${kind}: ${resource_id}`)
const respect = 'Emergency care plan (ReSPECT)'

test.each([
  ['Emergency care and treatment plan (ReSPECT style)', null, respect],
  ['DNACPR', null, respect],
  ['Care plan', null, 'Care plan'],
  ['Personalised care and support plan', null, 'Care plan'],
  ['Discharge summary', null, 'Discharge letter'],
  ['Letter', 'ReSPECT, signed', respect],
  ['Clinic letter', 'Discharge letter', 'Discharge letter'],
  ['Advance decision to refuse treatment', null, 'Advance decision'],
  ['Clinic letter', 'Treated with respectful care', undefined],
  [null, null, undefined],
])('%s, titled %s, is: %s', (type_title, title, expected) =>
  expect(standingKind({ type_title, title, description: null })).toBe(expected),
)

test.each([
  ['current and final', [row('a')], [`${respect}: a`]],
  ['current, nobody says whether final', [row('a', { doc_status: null })], [`${respect}: a`]],
  ['superseded', [row('a', { status: 'superseded' })], []],
  ['entered in error', [row('a', { status: 'entered-in-error' })], []],
  ['entered in error as a document', [row('a', { doc_status: 'entered-in-error' })], []],
  ['a draft', [row('a', { doc_status: 'preliminary' })], []],
  [
    'replaced by another that is dated before it',
    [row('a'), row('b', { ...replacing('a'), created_at: new Date('2020-01-01') })],
    [`${respect}: b`],
  ],
  [
    'to be replaced by a draft',
    [row('a'), row('b', { ...replacing('a'), doc_status: 'preliminary' })],
    [`${respect}: a`],
  ],
  [
    'replaced by one entered in error',
    [row('a'), row('b', { ...replacing('a'), status: 'entered-in-error' })],
    [`${respect}: a`],
  ],
  ['the older of two', [row('a'), row('b', { created_at: new Date('2026-02-01') })], [`${respect}: b`]],
  [
    'without a date: as of its receipt',
    [row('a'), row('b', { created_at: null, received_at: new Date('2026-02-01') })],
    [`${respect}: b`],
  ],
  ['of each kind one', [row('a'), row('b', { type_title: 'Care plan' })], [`${respect}: a`, 'Care plan: b']],
])('%s', (_, rows, expected) => expect(shown(rows)).toEqual(expected))

const ids = ['a', 'b', 'c', 'd', 'e']
const document = fc.record({
  status: fc.constantFrom('current', 'superseded', 'entered-in-error'),
  doc_status: fc.constantFrom('final', null, 'preliminary', 'amended', 'entered-in-error'),
  created_at: fc.option(
    fc.date({ min: new Date('2020-01-01'), max: new Date('2026-01-01'), noInvalidDate: true }),
  ),
  replaces: fc.option(fc.constantFrom(...ids)),
})

test('whatever replaces whatever, nothing superseded, doubted or replaced ever stands', () => {
  fc.assert(
    fc.property(fc.tuple(...ids.map(() => document)), (drawn) => {
      const rows = drawn.map(({ replaces, ...one }, index) =>
        row(ids[index] ?? '', { ...one, ...(replaces ? replacing(replaces) : {}) }),
      )
      for (const { row: found } of standingDocuments(rows)) {
        expect([found.status, found.doc_status]).not.toContain('entered-in-error')
        expect(found.status).toBe('current')
        expect(found.doc_status).not.toBe('preliminary')
        const over = rows.filter(
          (each) =>
            each.resource_id !== found.resource_id &&
            each.relates_to_target === `DocumentReference/${found.resource_id}` &&
            each.status !== 'entered-in-error' &&
            each.doc_status !== 'entered-in-error' &&
            each.doc_status !== 'preliminary',
        )
        expect(over).toEqual([])
      }
      // A circle of replacements ends somewhere too.
      for (const each of rows) expect(versionsOf(each, rows).length).toBeLessThanOrEqual(rows.length)
    }),
  )
})

test('versions stand newest first, from wherever one looks', () => {
  const rows = [row('a'), row('c', replacing('b')), row('b', replacing('a'))]
  for (const each of rows)
    expect(versionsOf(each, rows).map((one) => one.resource_id)).toEqual(['c', 'b', 'a'])
})
