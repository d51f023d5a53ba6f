import { z } from 'zod'
import type { Scope } from '../../../access/index.ts'
import {
  type Context,
  type FhirAnswer,
  type FhirRequest,
  fhirRoute,
  type Route,
} from '../../../platform/index.ts'
import { parseLossless } from '../../store/lossless-json.ts'
import { readResource } from '../../store/read.ts'
import {
  type CompiledView,
  compileView,
  inTime,
  type Row,
  TookTooLong,
  ViewError,
} from '../../views/index.ts'
import { query } from '../addresses.ts'
import { filesOf } from '../bundle/bundle-text.ts'
import { fault } from '../bundle/entry.ts'
import { everythingOf, filesBeside } from '../everything/everything.queries.ts'
import type { Query } from '../parameters.ts'
import { parseBody } from '../parse.ts'
import { reading } from '../policy.ts'
import { type Asked, askedIn } from './asked.ts'
import { outputs, rowsAs } from './rows-as.ts'

const ourFormats = Object.values(outputs).flatMap(({ names }) => names)
const mostResources = 20_000
/** Anybody's patterns and paths: nobody else is served while they run, so they run in short goes, and not for ever. */
const resourcesTogether = 100
const mostMilliseconds = { together: 500, all: 3000 }
/** Rows are held until all are made. */
const mostRows = 100_000

type Asking = Context<{ query: Query }> & FhirRequest

/**
 * Runs a ViewDefinition of SQL on FHIR that is sent along: over resources that are sent too, or over what the reader may see of one patient's
 * record.
 */
const at = (path: `/${string}`): Route =>
  fhirRoute({
    method: 'POST',
    path,
    may: reading,
    audit: 'fhir.view',
    formats: ourFormats,
    input: z.object({ query }),
    run: (asking) => runView(asking),
  })

export const viewRoutes: Route[] = [
  at('/fhir/$viewdefinition-run'),
  at('/fhir/ViewDefinition/$viewdefinition-run'),
]

async function runView(asking: Asking): Promise<FhirAnswer> {
  const asked = askedIn(parseBody(asking.body), asking.input.query, asking.headers['accept'])
  const view = naming(() => inTime(mostMilliseconds.together, () => compileView(asked.view)))
  const resources =
    asked.patient === undefined
      ? asked.resources
      : [...asked.resources, ...(await storedOf(asking, view, asked))]
  if (resources.length === 0 && asked.patient === undefined)
    throw fault('resource', 'Send resources along, or say whose record by patient', 'required')
  const { output, header, limit } = asked
  const rows = await rowsIn(view, resources, limit)
  return {
    status: 200,
    body: rowsAs(output, view.columns, rows.slice(0, limit), header),
    headers: { 'content-type': outputs[output].type },
  }
}

/** The rows of some resources after the others; whoever else waits is served in between. */
async function rowsIn(
  view: CompiledView,
  resources: readonly unknown[],
  limit: number | undefined,
): Promise<Row[]> {
  const rows: Row[] = []
  let left = mostMilliseconds.all
  for (let start = 0; start < resources.length; start += resourcesTogether) {
    if (limit !== undefined && rows.length >= limit) break
    const began = performance.now()
    const those = resources.slice(start, start + resourcesTogether)
    for (const row of naming(() =>
      inTime(Math.min(left, mostMilliseconds.together), () => those.flatMap((each) => view.rows(each))),
    ))
      rows.push(row)
    left -= performance.now() - began
    if (left <= 0) throw tooCostly()
    if (rows.length > mostRows)
      throw fault('_limit', `This makes more than ${mostRows} rows; say how many are wanted`, 'too-costly')
    await new Promise((turn) => setImmediate(turn))
  }
  return rows
}

const tooCostly = () =>
  fault('viewResource', 'This view takes longer than a view that is sent along may', 'too-costly')

/** A patient's resources of the view's type, from every source that the reader may see. */
async function storedOf(
  { db, scope, shown }: Asking,
  view: CompiledView,
  { patient = '' }: Asked,
): Promise<unknown[]> {
  const { person_key: file } = await readResource(db, 'Patient', patient)
  const files = file === null ? [] : await filesBeside(db, file)
  const found = await everythingOf(db, scope as Scope, files, {
    types: [view.resource],
    most: mostResources + 1,
  })
  if (found.length > mostResources)
    throw fault(
      'patient',
      `There are more than ${mostResources} of type ${view.resource}; use $everything`,
      'too-costly',
    )
  shown(filesOf(found), { patient, type: view.resource })
  return found.map(({ body }) => parseLossless(body))
}

/** @throws Invalid naming the place in the view that is wrong */
function naming<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (problem) {
    if (problem instanceof ViewError) throw fault(problem.place, problem.message, 'invalid')
    // A text that grows beyond all measure is refused by the engine.
    if (problem instanceof TookTooLong || problem instanceof RangeError) throw tooCostly()
    throw problem
  }
}
