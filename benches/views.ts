import { evalSqlOnFhir } from '@medplum/core'
import type { Resource } from '@medplum/fhirtypes'
import { compileView, runView } from '../src/record/views/index.ts'
import { report } from './drive.ts'
import { personBundle } from './people.ts'

/**
 * Rows a second that one thread makes of the bench's people by views of our own record, and by views as an analyst would write them; beside
 * @medplum/core's evalSqlOnFhir with the same views and resources. Each figure is the best of five rounds: what the machine can do, not what else
 * it was doing. Both must give the same rows, or nothing is reported.
 */

const people = Number(process.argv[3] ?? 200)
const resources = Array.from({ length: people }, (_, n) => personBundle(n, 40))
  .flatMap(({ entry = [] }) => entry)
  .map(({ resource }, n) => ({ ...resource, id: `r${n}` }) as Resource & { id: string })

const column = (name: string, path: string, type = 'string') => ({ name, path, type })
const views = [
  {
    resource: 'Observation',
    name: 'results',
    select: [
      {
        column: [
          column('id', 'getResourceKey()'),
          column('patient', "subject.getReferenceKey('Patient')"),
          column('code', 'code.coding.first().code', 'code'),
          column('text', 'code.text'),
          column('value', 'value.ofType(Quantity).value', 'decimal'),
          column('unit', 'value.ofType(Quantity).unit'),
          column('at', 'effective.ofType(dateTime)', 'dateTime'),
        ],
      },
    ],
    where: [{ path: "status = 'final'" }],
  },
  {
    resource: 'Patient',
    name: 'identifiers',
    select: [
      { column: [column('id', 'id', 'id'), column('family', 'name.first().family')] },
      { forEach: 'identifier', column: [column('system', 'system', 'uri'), column('value', 'value')] },
      {
        unionAll: [
          { forEachOrNull: 'address', column: [column('city', 'city'), column('line', "line.join(', ')")] },
          { forEach: 'contact.address', column: [column('city', 'city'), column('line', "line.join(', ')")] },
        ],
      },
    ],
  },
  {
    resource: 'Condition',
    name: 'coded_problems',
    select: [
      { column: [column('id', 'id', 'id')] },
      {
        forEachOrNull: 'code.coding',
        column: [column('system', 'system', 'uri'), column('code', 'code', 'code')],
      },
    ],
    where: [{ path: "clinicalStatus.coding.where(code = 'active').exists()" }],
  },
]

const seconds = 1
function perSecond(rowsOf: () => number): number {
  let best = 0
  for (let round = 0; round < 5; round++) {
    const began = performance.now()
    let rows = 0
    while (performance.now() - began < seconds * 1000) rows += rowsOf()
    best = Math.max(best, (rows / (performance.now() - began)) * 1000)
  }
  return Math.round(best)
}

report({
  bench: 'views',
  people,
  resources: resources.length,
  node: process.version,
  note: 'one thread, no database',
})
for (const view of views) {
  const those = resources.filter(({ resourceType }) => resourceType === view.resource)
  const compiled = compileView(view)
  const ours = () => those.reduce((rows, resource) => rows + compiled.rows(resource).length, 0)
  const peers = () => evalSqlOnFhir(view as never, those).length
  const same = (rows: Iterable<object>) =>
    JSON.stringify([...rows].map((row) => Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
  const keys = (rows: Iterable<Record<string, unknown>>) =>
    [...rows].map(({ id: _, patient: __, ...rest }) => rest)
  // A key is any value that joins: ours names the type, the peer's does not. All else must agree.
  if (same(keys(runView(view, those).rows)) !== same(keys(evalSqlOnFhir(view as never, those))))
    throw new Error(`${view.name}: the two give different rows`)
  const [mine, peer] = [perSecond(ours), perSecond(peers)]
  report({
    work: `view: ${view.name}`,
    resources: those.length,
    rows: ours(),
    rowsPerSecond: mine,
    peerRowsPerSecond: peer,
    ratioToPeer: Math.round((mine / peer) * 10) / 10,
  })
}
