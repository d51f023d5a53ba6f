import type { Group } from '@medplum/fhirtypes'
import { z } from 'zod'
import type { Scope } from '../../../access/index.ts'
import {
  type Context,
  type FhirAnswer,
  type FhirRequest,
  fhirRoute,
  holds,
  NotFound,
  type Route,
} from '../../../platform/index.ts'
import { parseLossless } from '../../store/lossless-json.ts'
import { readResource } from '../../store/read.ts'
import { patientIdIn } from '../../store/references.ts'
import { id, query } from '../addresses.ts'
import { misasked } from '../bundle/entry.ts'
import { addressOf, momentOf, parametersOf, type Query, typesOf } from '../parameters.ts'
import { preferOf } from '../prefer.ts'
import {
  beginExport,
  bodiesIn,
  countIn,
  type Export,
  exportOf,
  filesOfPatients,
  forgetExport,
  type Narrowed,
  nextFiles,
  noteProgress,
  type Part,
  partsOf,
} from './export.queries.ts'
import { grown } from './parts.ts'

/**
 * Bulk Data export, https://hl7.org/fhir/uv/bulkdata: a source gets what it sent, by patient or by group. What it asked for is worked out while
 * it asks how far that is, in its own name and scope; so it goes on after a crash, and in whichever process is asked next.
 */
const exporting = holds('export', { purpose: 'feed' })
const ndjson = 'application/fhir+ndjson'
const kickOffParameters = ['_type', '_since', '_outputFormat'] as const
const formats = new Set([ndjson, 'application/ndjson', 'ndjson', 'application/fhir ndjson'])

/** Files that are looked at together, and how often while somebody waits. */
const filesTogether = 200
const mostRounds = 50

type Asking = Context<{ query: Query }> & FhirRequest

const exportPatients = fhirRoute({
  method: 'GET',
  path: '/fhir/Patient/$export',
  may: exporting,
  audit: 'fhir.export',
  input: z.object({ query }),
  run: (asking) => kickOff(asking, 'Patient', null),
})

const exportGroup = fhirRoute({
  method: 'GET',
  path: '/fhir/Group/:id/$export',
  may: exporting,
  audit: 'fhir.export',
  input: z.object({ id, query }),
  run: async (asking) => {
    await readResource(asking.db, 'Group', asking.input.id)
    return kickOff(asking, `Group/${asking.input.id}`, asking.input.id)
  },
})

async function kickOff(
  { db, now, base, headers, input, shown }: Asking,
  at: string,
  group: string | null,
): Promise<FhirAnswer> {
  const asked = parametersOf(input.query, kickOffParameters)
  if (!preferOf(headers).isAsync)
    throw misasked('Prefer', 'An export is fetched later: send Prefer: respond-async', 'required')
  if (asked._outputFormat !== undefined && !formats.has(asked._outputFormat))
    throw misasked('_outputFormat', `Only ${ndjson} is made`, 'not-supported')
  const types = typesOf(asked._type) ?? null
  const since = momentOf('_since', asked._since) ?? null
  const request = addressOf(`${base}/${at}/$export`, asked)
  const own = await beginExport(db, { request, group, types, since }, now)
  shown([], { export: own, ...asked, ...(group !== null && { group }) })
  return { status: 202, headers: { 'content-location': `${base}/$export/${own}` } }
}

const ofJob = z.object({ job: z.uuid() })

const status = fhirRoute({
  method: 'GET',
  path: '/fhir/$export/:job',
  may: exporting,
  audit: 'fhir.export.status',
  input: ofJob,
  run: async ({ db, now, scope, base, input, shown }) => {
    shown([], { export: input.job })
    const found = await workedOn(db, scope as Scope, await exportOf(db, input.job, now, { lock: true }))
    if (!found.done)
      return {
        status: 202,
        headers: { 'x-progress': `${found.looked_at} people looked at`, 'retry-after': '1' },
      }
    const parts = await partsOf(db, found.id)
    return {
      status: 200,
      body: JSON.stringify(manifest(found, parts, base)),
      headers: { expires: found.expires_at.toUTCString(), 'content-type': 'application/json' },
    }
  },
})

type Db = Context<unknown>['db']

/** Works out some more of it. Memory holds one round, and what the parts are. */
async function workedOn(db: Db, scope: Scope, found: Export): Promise<Export> {
  if (found.done) return found
  const narrowed = await narrowedTo(db, found)
  let parts = await partsOf(db, found.id)
  let { after_file, looked_at } = found
  let done: boolean = found.done
  for (let round = 0; round < mostRounds && !done; round++) {
    const files = await nextFiles(db, after_file, filesTogether)
    const until = files.at(-1)
    done = until === undefined
    if (until === undefined) break
    parts = grown(parts, await countIn(db, scope, files, narrowed), until)
    after_file = until
    looked_at += files.length
  }
  const progress = { after_file, looked_at, done }
  await noteProgress(db, found.id, progress, parts)
  return { ...found, ...progress }
}

/** A group's members are those it has now, if the actor may read it now. */
async function narrowedTo(db: Db, { group_id, types, since }: Export): Promise<Narrowed> {
  if (group_id === null) return { members: undefined, types, since }
  const { body } = await readResource(db, 'Group', group_id)
  const { member = [] } = parseLossless(body) as Group
  const ids = member.flatMap(({ entity, inactive }) =>
    inactive === true ? [] : (patientIdIn(entity?.reference ?? '') ?? []),
  )
  return { members: await filesOfPatients(db, ids), types, since }
}

const manifest = (found: Export, parts: readonly Part[], base: string) => ({
  transactionTime: found.requested_at.toISOString(),
  request: found.request,
  requiresAccessToken: true,
  output: parts.map(({ part, type, resources }) => ({
    type,
    url: `${base}/$export/${found.id}/${part}`,
    count: resources,
  })),
  error: [],
})

/** One file. What it holds is decided when it is fetched, and each person in it is in the audit. */
const file = fhirRoute({
  method: 'GET',
  path: '/fhir/$export/:job/:part',
  may: exporting,
  audit: 'fhir.export.file',
  formats: [ndjson, 'application/ndjson'],
  input: z.object({ job: z.uuid(), part: z.coerce.number().int().min(0).max(1_000_000) }),
  run: async ({ db, now, scope, input, shown }) => {
    const found = await exportOf(db, input.job, now)
    const part = (await partsOf(db, found.id)).find((each) => each.part === input.part)
    if (!part) throw new NotFound()
    const rows = await bodiesIn(db, scope as Scope, part, await narrowedTo(db, found))
    shown([...new Set(rows.map(({ person_key }) => person_key))], { export: found.id, type: part.type })
    const body = rows.map((row) => `${row.body}\n`).join('')
    return { status: 200, body, headers: { 'content-type': ndjson } }
  },
})

const cancel = fhirRoute({
  method: 'DELETE',
  path: '/fhir/$export/:job',
  may: exporting,
  audit: 'fhir.export.cancel',
  input: ofJob,
  run: async ({ db, now, input, shown }) => {
    shown([], { export: input.job })
    await exportOf(db, input.job, now)
    await forgetExport(db, input.job)
    return { status: 202 }
  },
})

export const exportRoutes: Route[] = [exportPatients, exportGroup, status, file, cancel]
