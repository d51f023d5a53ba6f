import { describe, expect, it } from 'vitest'
import { compileView } from './compile-view.ts'
import { tableDdl, tableName, viewRecord } from './view-table.ts'

const viewOf = (columns: [name: string, path: string, type?: string][], name = 'smallView') =>
  compileView({
    name,
    resource: 'Observation',
    select: [
      { column: columns.map(([column, path, type]) => ({ name: column, path, ...(type && { type }) })) },
    ],
  })

const json = JSON as unknown as { rawJSON: (text: string) => unknown }

describe('the table of a view', () => {
  it('starts with whose row it is and how it may be shown, then has the columns of the view', () => {
    const view = viewOf([
      ['codeText', 'code.text'],
      ['value', 'value.ofType(Quantity).value', 'decimal'],
      ['whenSeen', 'effective.ofType(dateTime)', 'dateTime'],
      ['known', 'code.exists()', 'boolean'],
      ['parts', 'component.count()', 'integer'],
    ])
    expect(tableName(view)).toBe('v_small_view')
    expect(tableDdl(view, { schema: 'record' })).toBe(`create table "record"."v_small_view" (
  "person_key" uuid not null,
  "resource_id" text not null,
  "row_no" smallint not null,
  "category" text not null,
  "sensitivity" text not null,
  "source" text not null,
  "organisation" text not null,
  "received_at" timestamptz not null,
  "code_text" text,
  "value" numeric,
  "when_seen" text,
  "when_seen_at" timestamptz,
  "known" boolean,
  "parts" integer,
  primary key (person_key, resource_id, row_no)
);
`)
  })

  it.each<[string, [string, string, string?][]]>([
    ['a name the record itself uses', [['category', 'category.text']]],
    [
      'two names that become one',
      [
        ['whenAt', 'id'],
        ['when', 'issued', 'instant'],
      ],
    ],
    ['a type no column can hold', [['code', 'code', 'CodeableConcept']]],
  ])('is refused for %s', (_, columns) => {
    expect(() => tableDdl(viewOf(columns), { schema: 'record' })).toThrow(
      expect.objectContaining({ name: 'ViewError' }),
    )
  })

  it('is refused for a collection', () => {
    const column = { name: 'a', path: 'note.text', type: 'string', collection: true }
    const view = compileView({ name: 'a', resource: 'Observation', select: [{ column: [column] }] })
    expect(() => viewRecord(view, {})).toThrow(expect.objectContaining({ name: 'ViewError' }))
  })
})

describe('the record of a resource', () => {
  const read = (path: string, type: string, resource: object) =>
    viewRecord(viewOf([['a', path, type]]), { resourceType: 'Observation', ...resource })[0]

  it('keeps a time as received and as an instant', () => {
    expect(read('issued', 'instant', { issued: '2024-07-01T10:00:00+01:00' })).toEqual({
      a: '2024-07-01T10:00:00+01:00',
      a_at: new Date('2024-07-01T09:00:00Z'),
    })
    expect(read('issued', 'instant', { issued: '2021-02-31' })).toEqual({ a: '2021-02-31', a_at: null })
    expect(read('issued', 'instant', {})).toEqual({ a: null, a_at: null })
  })

  it.each([
    [json.rawJSON('1.50'), '1.50'],
    ['6.10', '6.10'],
    [0.25, 0.25],
    ['about six', null],
    [null, null],
  ])('keeps the digits of a decimal: %s', (value, expected) => {
    expect(read('value.ofType(Quantity).value', 'decimal', { valueQuantity: { value } })).toEqual({
      a: expected,
    })
  })

  it.each([
    ['integer', 5, 5],
    ['integer', 2 ** 40, null],
    ['integer', 'five', null],
    ['boolean', true, true],
    ['boolean', 'true', null],
    ['string', 5, '5'],
  ])('puts only what fits into a column of %s: %s', (type, value, expected) => {
    expect(read('thing', type, { thing: value })).toEqual({ a: expected })
  })
})
