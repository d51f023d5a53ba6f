import { expect, test } from 'vitest'
import { runCase } from './cases.ts'

/** What the published cases that are at hand leave open about names, lists, iterations and unions. Each: what is shown, the view without its resource type, and the rows. */

type Shown = [what: string, parts: object, rows: object[]]

const cell = (name: string, path: string, more: object = {}) => ({ name, path, ...more })
const columns = (...paths: string[]) => ({
  select: [{ column: paths.map((path, at) => cell('abcdefgh'[at] as string, path)) }],
})

const people = [
  {
    resourceType: 'Patient',
    id: 'ann',
    birthDate: '1968-02',
    deceasedBoolean: false,
    gender: 'female',
    name: [
      { use: 'official', family: 'Hill', given: ['Ann', 'Bea'] },
      { use: 'usual', given: ['Annie'] },
    ],
    extension: [{ url: 'urn:outer', extension: [{ url: 'inner', valueCoding: { code: 'x' } }] }],
    link: [{ other: { reference: 'Patient/bob' } }, { other: { reference: 'RelatedPerson/r' } }],
    contact: [
      { name: { family: 'Kin' }, telecom: [{ value: '1' }, { value: '2' }] },
      { name: { family: 'Far' } },
    ],
  },
  {
    resourceType: 'Patient',
    id: 'bob',
    gender: 'male',
    deceasedBoolean: true,
    link: [{ other: { reference: 'Patient/bob' } }],
  },
]

const contacts = { forEachOrNull: 'contact', column: [cell('kin', 'name.family'), cell('at', '%rowIndex')] }

test.each<Shown>([
  [
    'the edges of a date',
    columns('birthDate.lowBoundary()', 'birthDate.highBoundary()', "'x'"),
    [
      { a: '1968-02-01', b: '1968-02-29', c: 'x' },
      { a: null, b: null, c: 'x' },
    ],
  ],
  [
    'an extension inside an extension',
    columns("extension('urn:outer').extension('inner').value.ofType(Coding).code"),
    [{ a: 'x' }, { a: null }],
  ],
  [
    'both kinds of and',
    {
      ...columns('id'),
      where: [{ path: "gender = 'male' and deceased.ofType(boolean)" }, { path: "gender != 'female'" }],
    },
    [{ a: 'bob' }],
  ],
  [
    'a boolean constant',
    {
      constant: [{ name: 'c', valueBoolean: false }],
      ...columns('id'),
      where: [{ path: 'deceased.ofType(boolean) = %c' }],
    },
    [{ a: 'ann' }],
  ],
  [
    'the first of the first',
    columns('name.first().given.first()', 'name[1].given', 'name[2].given.exists()'),
    [
      { a: 'Ann', b: 'Annie', c: false },
      { a: null, b: null, c: false },
    ],
  ],
  [
    'joined text',
    columns("name.given.join(', ')", "name.given.join('')", 'name.given.join()'),
    [
      { a: 'Ann, Bea, Annie', b: 'AnnBeaAnnie', c: 'AnnBeaAnnie' },
      { a: '', b: '', c: '' },
    ],
  ],
  [
    'keys of references to one type',
    columns(
      'link.other.getReferenceKey(Patient).first() = getResourceKey()',
      "link.other.getReferenceKey('Observation').empty()",
    ),
    [
      { a: false, b: true },
      { a: true, b: true },
    ],
  ],
  [
    'a list below forEachOrNull',
    {
      select: [
        {
          column: [cell('id', 'id')],
          select: [
            {
              forEachOrNull: 'name',
              column: [
                cell('given', 'given', { collection: true }),
                cell('family', 'family', { collection: false }),
              ],
            },
          ],
        },
      ],
    },
    [
      { id: 'ann', given: ['Ann', 'Bea'], family: 'Hill' },
      { id: 'ann', given: ['Annie'], family: null },
      { id: 'bob', given: [], family: null },
    ],
  ],
  [
    'the number of a row where there is none',
    { select: [{ column: [cell('id', 'id')] }, contacts] },
    [
      { id: 'ann', kin: 'Kin', at: 0 },
      { id: 'ann', kin: 'Far', at: 1 },
      { id: 'bob', kin: null, at: 0 },
    ],
  ],
  [
    'columns, a nested select and a union in one select',
    {
      select: [
        {
          ...contacts,
          select: [{ column: [cell('of', '%resource.id')] }],
          unionAll: [{ forEach: 'telecom', column: [cell('v', 'value')] }, { column: [cell('v', "'none'")] }],
        },
      ],
    },
    [
      { kin: 'Kin', at: 0, of: 'ann', v: '1' },
      { kin: 'Kin', at: 0, of: 'ann', v: '2' },
      { kin: 'Kin', at: 0, of: 'ann', v: 'none' },
      { kin: 'Far', at: 1, of: 'ann', v: 'none' },
      { kin: null, at: 0, of: null, v: null },
    ],
  ],
  [
    'one row of nothing for all that is nested in forEachOrNull',
    {
      select: [
        { column: [cell('id', 'id')] },
        { forEachOrNull: 'contact', select: [{ forEach: 'telecom', column: [cell('v', 'value')] }] },
      ],
    },
    [
      { id: 'ann', v: '1' },
      { id: 'ann', v: '2' },
      { id: 'bob', v: null },
    ],
  ],
  [
    'a union inside a union',
    {
      select: [
        {
          unionAll: [
            { column: [cell('v', 'id')] },
            {
              unionAll: [
                { forEach: 'name.given', column: [cell('v', '$this')] },
                { forEach: 'contact', column: [cell('v', 'name.family')] },
              ],
            },
          ],
        },
      ],
    },
    [{ v: 'ann' }, { v: 'Ann' }, { v: 'Bea' }, { v: 'Annie' }, { v: 'Kin' }, { v: 'Far' }, { v: 'bob' }],
  ],
  [
    'where one stands, inside a filter too',
    {
      select: [
        {
          forEach: 'contact',
          column: [
            cell('a', '%context.name.family'),
            cell('b', "telecom.where(%context.name.family = 'Kin').count()"),
            cell('c', '%resource.id'),
          ],
        },
      ],
    },
    [
      { a: 'Kin', b: 2, c: 'ann' },
      { a: 'Far', b: 0, c: 'ann' },
    ],
  ],
  [
    'words ordered by their letters as Unicode counts them',
    columns("'a' > 'Z'", "'é' > 'z'", "'10' < '9'"),
    Array(2).fill({ a: true, b: true, c: true }),
  ],
  [
    'types',
    columns(
      'active is boolean',
      'gender is code',
      'name.first() is HumanName',
      '(1 is System.Integer)',
      'deceased is boolean',
    ),
    [
      { a: null, b: true, c: true, d: true, e: true },
      { a: null, b: true, c: null, d: true, e: true },
    ],
  ],
])('of people: %s', (title, view, rows) => {
  expect(
    runCase({ title, view: { resource: 'Patient', ...view }, expect: rows as never }, people),
  ).toBeUndefined()
})

const answers = {
  resourceType: 'QuestionnaireResponse',
  id: 'q',
  item: [
    {
      linkId: '1',
      answer: [{ item: [{ linkId: '1.a', item: [{ linkId: '1.a.1' }] }] }],
      item: [{ linkId: '1.1' }],
    },
    { linkId: '2' },
  ],
}

test.each<Shown>([
  [
    'down two paths',
    { select: [{ repeat: ['item', 'answer.item'], column: [cell('l', 'linkId'), cell('i', '%rowIndex')] }] },
    [
      { l: '1', i: 0 },
      { l: '1.1', i: 1 },
      { l: '1.a', i: 2 },
      { l: '1.a.1', i: 3 },
      { l: '2', i: 4 },
    ],
  ],
  [
    'down a path that leads nowhere',
    { select: [{ column: [cell('id', 'id')] }, { repeat: ['subject'], column: [cell('l', 'linkId')] }] },
    [],
  ],
  [
    'down a path inside forEach',
    {
      select: [
        {
          forEach: 'item',
          column: [cell('top', 'linkId')],
          select: [{ repeat: ['item'], column: [cell('l', 'linkId')] }],
        },
      ],
    },
    [{ top: '1', l: '1.1' }],
  ],
])('of answers: %s', (title, view, rows) => {
  expect(
    runCase({ title, view: { resource: 'QuestionnaireResponse', ...view }, expect: rows as never }, [
      answers,
    ]),
  ).toBeUndefined()
})

test('a case that gives other rows does not pass', () => {
  const wrong = { title: 'wrong', view: { resource: 'Patient', ...columns('id') }, expect: [{ a: 'ann' }] }
  expect(runCase(wrong, people)).toContain('"a":"bob"')
  expect(runCase({ ...wrong, expect: [{ a: 'bob' }, { a: 'ann' }] }, people)).toBeUndefined()
})
