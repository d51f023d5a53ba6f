import { evalFhirPath } from '@medplum/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileView } from './compile-view.ts'
import type { ColumnDefinition, SelectDefinition } from './view-definition.ts'

/**
 * The compiler against the processing model of the specification, written down as plainly as it can be: it interprets the view for each node, with
 * somebody else's FHIRPath. Columns, filters and iterations are drawn where that FHIRPath is right, and every path starts from any node.
 */

type Row = Record<string, unknown>
type Resource = { resourceType: 'Patient' } & Record<string, unknown>

const values = (path: string, node: unknown, at: number): unknown[] =>
  path === '%rowIndex' ? [at] : evalFhirPath(path, node)

function namesOf({ column = [], select = [], unionAll = [] }: SelectDefinition): ColumnDefinition[] {
  return [...column, ...select.flatMap(namesOf), ...(unionAll[0] ? namesOf(unionAll[0]) : [])]
}

/** Every node below, each before what follows it. */
function below(node: unknown, paths: readonly string[]): unknown[] {
  return paths.flatMap((path) => evalFhirPath(path, node).flatMap((child) => [child, ...below(child, paths)]))
}

function fociOf(select: SelectDefinition, node: unknown, at: number): [node: unknown, at: number][] {
  const { forEach, forEachOrNull, repeat } = select
  const path = forEach ?? forEachOrNull
  if (repeat) return below(node, repeat).map((each, index) => [each, index])
  return path === undefined ? [[node, at]] : values(path, node, at).map((each, index) => [each, index])
}

function processed(select: SelectDefinition, node: unknown, at: number): Row[] {
  const foci = fociOf(select, node, at)
  if (foci.length === 0 && select.forEachOrNull !== undefined)
    return [
      Object.fromEntries(
        namesOf(select).map(({ name, path, collection }) => [
          name,
          path === '%rowIndex' ? 0 : collection ? [] : null,
        ]),
      ),
    ]
  return foci.flatMap(([focus, index]) => {
    const parts: Row[][] = [[rowOf(select.column ?? [], focus, index)]]
    for (const inner of select.select ?? []) parts.push(processed(inner, focus, index))
    if (select.unionAll) parts.push(select.unionAll.flatMap((branch) => processed(branch, focus, index)))
    return parts.reduce(
      (rows, part) => rows.flatMap((row) => part.map((more) => ({ ...row, ...more }))),
      [{}],
    )
  })
}

function rowOf(columns: readonly ColumnDefinition[], node: unknown, at: number): Row {
  return Object.fromEntries(
    columns.map(({ name, path, collection }) => {
      const found = values(path, node, at)
      if (!collection && found.length > 1) throw new Error('several values')
      return [name, collection ? found : (found[0] ?? null)]
    }),
  )
}

function plainRows(
  { select, where }: { select: SelectDefinition[]; where: { path: string }[] },
  resource: Resource,
): Row[] {
  if (!where.every(({ path }) => evalFhirPath(path, resource)[0] === true)) return []
  return processed({ select }, resource, 0)
}

const word = fc.constantFrom('a', 'b', 'official', 'Hill')
// Nothing is empty: FHIR has no element without a value.
const telecom = fc.record(
  { system: fc.constantFrom('phone', 'email'), value: word, rank: fc.integer({ min: 1, max: 3 }) },
  { requiredKeys: ['system'] },
)
const aName = fc.record(
  { use: word, family: word, given: fc.array(word, { minLength: 1, maxLength: 3 }) },
  { requiredKeys: ['use'] },
)
const tree = fc.letrec<{ item: object }>((tie) => ({
  item: fc.record(
    { linkId: word, item: fc.array(tie('item'), { minLength: 1, maxLength: 2, depthIdentifier: 'tree' }) },
    { requiredKeys: ['linkId'] },
  ),
})).item
const someOf = <T>(each: fc.Arbitrary<T>) => fc.array(each, { minLength: 1, maxLength: 3 })
const aResource = fc
  .record(
    {
      resourceType: fc.constant('Patient' as const),
      id: word,
      active: fc.boolean(),
      name: someOf(aName),
      telecom: someOf(telecom),
      contact: someOf(fc.record({ name: aName, telecom: someOf(telecom) }, { requiredKeys: ['name'] })),
      item: fc.array(tree, { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: ['resourceType', 'id'] },
  )
  // As it would be parsed: plain objects.
  .map((resource): Resource => JSON.parse(JSON.stringify(resource)))

const filters = [
  "use = 'official'",
  'given.exists()',
  "system = 'phone'",
  'family.empty()',
  "family = 'Hill' or use = 'a'",
  'rank > 1',
  "(use = 'a').not()",
  'telecom.exists(rank = 2)',
]
const steps = fc.constantFrom(
  'name',
  'telecom',
  'contact',
  'contact.telecom',
  'name.given',
  'telecom[0]',
  'contact[1]',
  'item',
  'item.item',
  ...filters.map((each) => `$this.where(${each})`),
  ...filters.slice(0, 4).map((each) => `name.where(${each})`),
)
const single = fc.constantFrom(
  'id',
  'family',
  'use',
  'rank',
  'linkId',
  '%rowIndex',
  "'constant'",
  'name.first().family',
  'name.given.first()',
  'telecom.count()',
  'name.exists()',
  'given.empty()',
  "given.join('-')",
  'name[1].use',
  'telecom.where(rank > 1).value.first()',
  "use = 'a' and given.exists()",
  'rank + 1',
  'rank * 2 - 1',
  "system = 'phone' or rank = 1",
  'contact.name.family',
  'telecom.rank',
)
const several = fc.constantFrom(
  'given',
  'name.family',
  'telecom.value',
  'contact.telecom.rank',
  'item.linkId',
  "name.where(use = 'official').given",
)

const leaf = fc.oneof(
  fc.record({ path: single }),
  fc.record({ path: several, collection: fc.constant(true) }),
)
const iteration = fc.oneof(
  fc.constant({}),
  steps.map((forEach) => ({ forEach })),
  steps.map((forEachOrNull) => ({ forEachOrNull })),
  fc.constantFrom({ repeat: ['item'] }, { repeat: ['item', 'contact'] }),
)

/** Columns are named afterwards, one by one, but alike in the branches of a union, whose columns are drawn once. */
type Drawn = { how: object; leaves: object[]; inner: Drawn[]; union: object[] }
const drawn = (deep: number): fc.Arbitrary<Drawn> =>
  fc.record({
    how: iteration,
    leaves: fc.array(leaf, { maxLength: 2 }),
    inner: deep === 0 ? fc.constant<Drawn[]>([]) : fc.array(drawn(deep - 1), { maxLength: deep }),
    union: fc.oneof(
      { weight: 2, arbitrary: fc.constant<object[]>([]) },
      { weight: 1, arbitrary: fc.array<object>(iteration, { minLength: 1, maxLength: 2 }) },
    ),
  })

function named({ how, leaves, inner, union }: Drawn, next: () => string): SelectDefinition {
  const column = leaves.map((each) => ({ name: next(), ...each })) as ColumnDefinition[]
  const select = inner.map((each) => named(each, next))
  const shared = [
    { name: next(), path: 'id' },
    { name: next(), path: '%rowIndex' },
  ]
  return {
    ...how,
    column,
    select,
    ...(union.length > 0 && { unionAll: union.map((each) => ({ ...each, column: shared })) }),
  }
}

const aView = fc
  .record({
    selects: fc.array(drawn(2), { minLength: 1, maxLength: 2 }),
    where: fc.subarray(['active', 'name.exists()', "id != 'a'", 'telecom.where(rank > 1).empty()'], {
      maxLength: 1,
    }),
  })
  .map(({ selects, where }) => {
    let count = 0
    const next = () => `c${count++}`
    return {
      resource: 'Patient',
      select: selects.map((each) => named(each, next)),
      where: where.map((path) => ({ path })),
    }
  })

/** Rows, or that there are none to be had: a column met several values. */
function outcome(run: () => Row[]): unknown {
  try {
    return run()
  } catch (problem) {
    return (problem as Error).message.includes('too many') ? 'too many' : 'refused'
  }
}

test('a compiled view gives the rows that the processing model gives', () => {
  const seen = { rows: 0, refused: 0 }
  fc.assert(
    fc.property(aView, aResource, (view, resource) => {
      const plain = outcome(() => plainRows(view, resource))
      if (plain === 'too many' || (plain as Row[]).length > 2000) return
      if (plain === 'refused') seen.refused++
      else if ((plain as Row[]).length > 0) seen.rows++
      expect(outcome(() => compileView(view).rows(resource))).toEqual(plain)
    }),
    { numRuns: 400, interruptAfterTimeLimit: 20_000 },
  )
  // Most draws must say something, or the law is about nothing.
  expect(seen.rows).toBeGreaterThan(80)
  expect(seen.refused).toBeGreaterThan(0)
})
