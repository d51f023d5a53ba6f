import { describe, expect, test } from 'vitest'
import { compileView } from './compile-view.ts'
import { definitionOf } from './definition.ts'
import { type FiledView, type KeptVersion, planOf } from './plan.ts'
import { columnsOf } from './view-table.ts'

type Column = [name: string, path: string, type?: string]

function filed(columns: Column[], more: object = {}): FiledView {
  const column = columns.map(([name, path, type = 'string']) => ({ name, path, type }))
  const view = { name: 'lump', resource: 'Condition', select: [{ column }], ...more }
  return { view: compileView(view), definition: definitionOf(view) }
}

const as = (
  state: KeptVersion['state'],
  { view, definition }: FiledView,
  more: Partial<KeptVersion> = {},
): KeptVersion => ({
  view: 'lump',
  version: 1,
  state,
  resource: view.resource,
  definition,
  columns: columnsOf(view),
  indexes: [],
  grants: ['grant select on record.v_lump to gt_record'],
  ...more,
})

const now: Column[] = [
  ['title', 'code.text'],
  ['size', 'stage.count()', 'integer'],
  ['noted', 'recordedDate', 'date'],
]
const changed = (columns: Column[], more: Partial<KeptVersion> = {}) =>
  planOf([filed(columns)], [as('read', filed(now), more)])

describe('nothing is planned', () => {
  test('for a view that is as it was', () => {
    expect(changed(now)).toEqual({ openings: [], faults: [], filling: [] })
  })

  test('for other words about it, and the same in another order of keys', () => {
    const described = filed(now, { title: 'A lump', description: 'Found by hand', url: 'https://x.example' })
    expect(planOf([described], [as('read', filed(now))]).openings).toEqual([])
  })

  test('for a version that is open already, which is named', () => {
    const open = filed([...now, ['more', 'id']])
    const kept = [as('read', filed(now)), as('filling', open, { version: 2 })]
    expect(planOf([open], kept)).toEqual({
      openings: [],
      faults: [],
      filling: [{ view: 'lump', version: 2 }],
    })
  })
})

describe('a version is opened', () => {
  test.each<[string, Column[], string]>([
    ['for a column more', [...now, ['part', 'bodySite.text']], 'comes with part'],
    ['for a column less', now.slice(0, 2), 'goes without noted, noted_at'],
    [
      'for another path',
      [['title', 'code.coding.display.first()'], ...now.slice(1)],
      'fills its columns otherwise',
    ],
    [
      'for a type that converts',
      [now[0] as Column, ['size', 'stage.count()', 'integer64'], now[2] as Column],
      'fills its columns otherwise',
    ],
  ])('%s', (_, columns, words) => {
    const { openings, faults } = changed(columns)
    expect(faults).toEqual([])
    expect(openings.map((each) => [each.view, each.version, each.words])).toEqual([['lump', 2, words]])
  })

  test('for a view that is new', () => {
    expect(planOf([filed(now)], []).openings).toMatchObject([{ view: 'lump', version: 1, words: 'is new' }])
  })

  test('under a number that none had before', () => {
    const kept = [as('replaced', filed([]), { version: 4 }), as('read', filed(now), { version: 5 })]
    expect(planOf([filed(now.slice(1))], kept).openings).toMatchObject([{ version: 6 }])
  })

  test('with the guard, the class, the grants and the indexes of the table before', () => {
    const { openings } = changed(now.slice(0, 2), {
      indexes: [
        "CREATE INDEX v_lump_person_key_idx ON record.v_lump USING btree (person_key) WHERE (title = 'x'::text)",
      ],
      grants: ['grant delete, insert, select, update on record.v_lump to gt_record'],
    })
    expect(openings[0]?.sql.split('\n').slice(3)).toEqual([
      '',
      'create table record.v_lump_2 (',
      '  person_key uuid not null,',
      '  resource_id text not null,',
      '  row_no smallint not null,',
      '  category text not null,',
      '  sensitivity text not null,',
      '  source text not null,',
      '  organisation text not null,',
      '  received_at timestamptz not null,',
      '  title text,',
      '  size integer,',
      '  primary key (person_key, resource_id, row_no)',
      ');',
      "comment on table record.v_lump_2 is 'class: projection';",
      "select access.guard('record.v_lump_2', $$record.everyone_in_reach('Condition', v_lump_2.resource_id)$$);",
      'grant delete, insert, select, update on record.v_lump_2 to gt_record;',
      "CREATE index on record.v_lump_2 USING btree (person_key) WHERE (title = 'x'::text);",
      expect.stringMatching(/^select record\.open_view\('lump', 2, 'Condition', \$view\$\{.*\}\$view\$\);$/),
      '',
    ])
  })
})

describe('what is not safe is named, and nothing is opened', () => {
  test.each<[string, ReturnType<typeof planOf>, string]>([
    [
      'a type that does not convert',
      changed([['title', 'stage.count()', 'integer'], ...now.slice(1)]),
      'the column title is text and would be integer, which does not convert',
    ],
    [
      'a type that a reader would take otherwise',
      changed([now[0] as Column, ['size', 'stage.count()', 'decimal']]),
      'the column size is integer and would be numeric',
    ],
    [
      'another resource',
      planOf([filed(now, { resource: 'Procedure' })], [as('read', filed(now))]),
      'it was of Condition and would be of Procedure',
    ],
    ['a view that is gone', planOf([], [as('read', filed(now))]), 'its file is gone'],
    [
      'an index on a column that goes',
      changed(now.slice(1), { indexes: ['CREATE INDEX x ON record.v_lump USING btree (person_key, title)'] }),
      'the column title goes, but an index uses it',
    ],
    [
      'a change of a version that is open',
      planOf([filed(now)], [as('read', filed([])), as('filling', filed(now.slice(1)), { version: 2 })]),
      'version 2 is open and has another definition',
    ],
  ])('%s', (_, plan, words) => {
    expect(plan.openings).toEqual([])
    expect(plan.faults).toEqual([expect.stringContaining(`lump: ${words}`)])
  })
})
