import { describe, expect, it } from 'vitest'
import { compileView, runView } from './compile-view.ts'
import { ViewError } from './view-definition.ts'

const column = (name: string, path: string, more = {}) => ({ name, path, type: 'string', ...more })
const view = (select: unknown, more = {}) => ({ resource: 'Patient', select, ...more })
const ada = {
  resourceType: 'Patient',
  id: 'p1',
  name: [
    { family: 'Ward', given: ['Ada', 'May'] },
    { family: 'Hill', given: [] },
  ],
}
const nobody = { resourceType: 'Patient', id: 'p2' }

describe('a view that is wrong', () => {
  it.each<[string, unknown, string]>([
    ['is no object', null, 'view'],
    ['has no resource', { select: [{}] }, 'resource'],
    ['has no select', { resource: 'Patient' }, 'select'],
    ['has a name no table can have', view([{}], { name: 'my view' }), 'name'],
    [
      'has a column no table can have',
      view([{ column: [column('first-name', 'id')] }]),
      'select[0].column[0].name',
    ],
    ['has a column without a path', view([{ column: [{ name: 'a' }] }]), 'select[0].column[0].path'],
    [
      'has two columns of one name',
      view([{ column: [column('a', 'id')] }, { column: [column('a', 'id')] }]),
      'select[1].column[0].name',
    ],
    [
      'has one name in a union and beside it',
      view([{ column: [column('a', 'id')], unionAll: [{ forEach: 'name', column: [column('a', 'use')] }] }]),
      'select[0].unionAll[0].column[0].name',
    ],
    ['is of no resource', { resource: 'Patients', select: [{}] }, 'resource'],
    ['misspells what a select has', view([{ foreach: 'name' }]), 'select[0].foreach'],
    [
      'misspells what a column has',
      view([{ column: [column('a', 'id', { pat: 'x' })] }]),
      'select[0].column[0].pat',
    ],
    ['misspells what a filter has', view([{}], { where: [{ path: 'true', paths: 'x' }] }), 'where[0].paths'],
    [
      'has a column of no type',
      view([{ column: [column('a', 'id', { type: 'varchar' })] }]),
      'select[0].column[0].type',
    ],
    [
      'has a list that is true',
      view([{ column: [column('a', 'id', { collection: 'yes' })] }]),
      'select[0].column[0].collection',
    ],
    ['asks for no type', view([{ column: [column('a', 'name.ofType(Nome)')] }]), 'select[0].column[0].path'],
    [
      'asks for a type that is a number',
      view([{ column: [column('a', 'name.ofType(1)')] }]),
      'select[0].column[0].path',
    ],
    ['tests for no type', view([{ column: [column('a', 'name is Nome')] }]), 'select[0].column[0].path'],
    ['casts to no type', view([{ column: [column('a', 'name as Nome')] }]), 'select[0].column[0].path'],
    [
      'wants the key of no resource',
      view([{ column: [column('a', 'link.other.getReferenceKey(Patients)')] }]),
      'select[0].column[0].path',
    ],
    ['iterates over what cannot be read', view([{ forEachOrNull: 'name.' }]), 'select[0].forEachOrNull'],
    ['repeats what cannot be read', view([{ repeat: ['item', '))'] }]), 'select[0].repeat[1]'],
    ['repeats one path', view([{ repeat: 'item' }]), 'select[0].repeat'],
    ['filters by a count', view([{}], { where: [{ path: 'name.count()' }] }), 'where[0].path'],
    ['filters by text', view([{}], { where: [{ path: "name.family.join(',')" }] }), 'where[0].path'],
    ['is filtered by no list', view([{}], { where: { path: 'true' } }), 'where'],
    [
      'has two values in a constant',
      view([{}], { constant: [{ name: 'a', valueCode: 'x', valueString: 'x' }] }),
      'constant[0]',
    ],
    [
      'has a constant twice',
      view([{}], {
        constant: [
          { name: 'a', valueCode: 'x' },
          { name: 'a', valueCode: 'y' },
        ],
      }),
      'constant[1].name',
    ],
    [
      'has a constant that cannot be named',
      view([{}], { constant: [{ name: 'a-b', valueCode: 'x' }] }),
      'constant[0].name',
    ],
    [
      'calls a constant as what is built in',
      view([{}], { constant: [{ name: 'rowIndex', valueInteger: 1 }] }),
      'constant[0].name',
    ],
    [
      'calls an unknown function',
      view([{ column: [column('a', 'id.shout()')] }]),
      'select[0].column[0].path',
    ],
    ['iterates twice', view([{ forEach: 'name', forEachOrNull: 'name' }]), 'select[0]'],
    ['iterates over a number', view([{ select: [{ forEach: 1 }] }]), 'select[0].select[0].forEach'],
    ['repeats nothing', view([{ repeat: [] }]), 'select[0].repeat'],
    ['has an untyped constant', view([{}], { constant: [{ name: 'a' }] }), 'constant[0]'],
    ['has a complex constant', view([{}], { constant: [{ name: 'a', valuePeriod: {} }] }), 'constant[0]'],
    ['filters by an undefined constant', view([{}], { where: [{ path: 'id = %a' }] }), 'where[0].path'],
    [
      'unites different columns',
      view([{ unionAll: [{ column: [column('a', 'id')] }, { column: [column('b', 'id')] }] }]),
      'select[0].unionAll[1]',
    ],
    [
      'unites different types',
      view([
        { unionAll: [{ column: [column('a', 'id')] }, { column: [column('a', 'id', { type: 'id' })] }] },
      ]),
      'select[0].unionAll[1]',
    ],
  ])('%s', (_, wrong, place) => {
    const fault = expect(() => compileView(wrong))
    fault.toThrow(ViewError)
    fault.toThrow(expect.objectContaining({ place }))
  })

  it.each<[string, unknown, string]>([
    ['several values in one column', view([{ column: [column('a', 'name.family')] }]), 'select[0].column[0]'],
    [
      'an object in a column without a type',
      view([{ column: [{ name: 'a', path: 'name[0]' }] }]),
      'select[0].column[0]',
    ],
    ['a filter that is text', view([{}], { where: [{ path: 'id' }] }), 'where[0].path'],
    [
      'lists crossed with lists without end',
      view(Array.from({ length: 20 }, (_, n) => ({ forEach: 'name', column: [column(`c${n}`, 'use')] }))),
      'select',
    ],
    ['a path that never ends', view([{ repeat: ['$this'] }]), 'select[0].repeat'],
    ['an order of text and number', view([{ column: [column('a', 'id > 1')] }]), 'select[0].column[0].path'],
  ])('is found out by the data: %s', (_, wrong, place) => {
    const compiled = compileView(wrong)
    expect(() => compiled.rows(ada)).toThrow(expect.objectContaining({ name: 'ViewError', place }))
  })
})

describe('the rows of a view', () => {
  it('comes as it is asked for, and a fault names the resource as well', () => {
    const names = view([{ column: [column('family', 'name.family')] }], { name: 'names' })
    const { columns, rows } = runView(names, [nobody, ada])
    expect(columns).toEqual([{ name: 'family', type: 'string', collection: false }])
    const taken = rows[Symbol.iterator]()
    expect(taken.next().value).toEqual({ family: null })
    expect(() => taken.next()).toThrow(
      'names: select[0].column[0]: gave 2 values though it is not a collection, in Patient/p1',
    )
    expect(() => runView({ resource: 'Patient' }, [])).toThrow('view: select: is missing')
  })

  it('ignores resources of another type', () => {
    expect(
      compileView(view([{ column: [column('id', 'id')] }])).rows({ resourceType: 'Group', id: 'g' }),
    ).toEqual([])
  })

  it('numbers the innermost iteration and leaves the outer number as it was', () => {
    const given = { forEach: 'given', column: [column('given', '$this'), column('inner', '%rowIndex')] }
    const names = { forEach: 'name', column: [column('outer', '%rowIndex')], select: [given] }
    const after = { column: [column('top', '%rowIndex')] }
    expect(compileView(view([names, after])).rows(ada)).toEqual([
      { outer: 0, given: 'Ada', inner: 0, top: 0 },
      { outer: 0, given: 'May', inner: 1, top: 0 },
    ])
  })

  it('keeps one row of nothing for forEachOrNull, nested columns and literals included', () => {
    const nested = { forEach: 'given', column: [column('given', '$this')] }
    const all = {
      forEachOrNull: 'name',
      column: [column('kind', "'name'"), column('n', '%rowIndex')],
      select: [nested],
    }
    expect(compileView(view([{ column: [column('id', 'id')] }, all])).rows(nobody)).toEqual([
      { id: 'p2', kind: null, n: 0, given: null },
    ])
  })

  it('gives a collection as a list, empty when there is nothing', () => {
    const compiled = compileView(view([{ column: [column('given', 'name.given', { collection: true })] }]))
    expect(compiled.rows(ada)).toEqual([{ given: ['Ada', 'May'] }])
    expect(compiled.rows(nobody)).toEqual([{ given: [] }])
  })

  it('walks down a tree before it goes on to the next branch', () => {
    const tree = { resourceType: 'Patient', item: [{ n: '1', item: [{ n: '1.1' }] }, { n: '2' }] }
    const rows = compileView(
      view([{ repeat: ['item'], column: [column('n', 'n'), column('i', '%rowIndex')] }]),
    ).rows(tree)
    expect(rows.map(({ n, i }) => `${i}:${n}`)).toEqual(['0:1', '1:1.1', '2:2'])
  })

  it('runs on very deep trees', () => {
    let item: unknown = {}
    for (let depth = 0; depth < 50_000; depth++) item = { item: [item] }
    const compiled = compileView(view([{ repeat: ['item'], column: [column('i', '%rowIndex')] }]))
    expect(compiled.rows({ resourceType: 'Patient', item: [item] })).toHaveLength(50_001)
  })

  it('knows the tag of a view that reveals a location', () => {
    const tag = { system: 'https://golden-thread.example/CodeSystem/view', code: 'location' }
    expect(compileView(view([{}], { meta: { tag: [tag] } })).location).toBe(true)
    expect(compileView(view([{}])).location).toBe(false)
  })
})
