import type { Bundle } from '@medplum/fhirtypes'
import { z } from 'zod'
import type { Place, Scope } from '../../../access/index.ts'
import {
  addingFaults,
  type Context,
  type Fault,
  type FhirAnswer,
  type FhirRequest,
  fhirRoute,
  Invalid,
  NotAllowed,
  type Route,
} from '../../../platform/index.ts'
import type { Sending } from '../../store/row.ts'
import { mustBeBundle, parseBody } from '../parse.ts'
import { reading } from '../policy.ts'
import { preferOf } from '../prefer.ts'
import { sendingOf } from '../sending.ts'
import type { Act, Change, Getting } from './act.ts'
import { type Audited, auditChanges, auditRefusal } from './audit.ts'
import { performEach, type Refused, refusedBy } from './batch.ts'
import { actOf } from './entry.ts'
import { finder } from './find.ts'
import { got, wayInOf } from './gets.ts'
import { perform } from './perform.ts'
import { type Answered, answered, changed, responseBundle } from './response.ts'
import { actsIn, entriesOf } from './transaction.ts'

type Asking = Context<unknown> & FhirRequest
const orderOf = { remove: 0, keep: 1, patch: 2, get: 3 } as const
/** Reads that go to the database at one time. */
const readsAtOnce = 25

/**
 * Transactions and batches. Whoever reads may send one of reads alone; what changes anything is for senders. Each entry is decided and audited
 * by itself, as if it had come by itself.
 */
export const bundleRoute = (place: Place, ways: readonly Route[]): Route =>
  fhirRoute({
    method: 'POST',
    path: '/fhir',
    may: reading,
    audit: 'fhir.bundle',
    input: z.object({}),
    run: async (asking) => {
      const sent = mustBeBundle(parseBody(asking.body))
      const entries = entriesOf(sent).length
      asking.shown([], { type: sent.type, entries })
      const answers =
        sent.type === 'batch'
          ? await batch(place, asking, sent, ways)
          : await transaction(place, asking, sent, ways)
      const kind = sent.type === 'batch' ? 'batch-response' : 'transaction-response'
      return { status: 200, body: responseBundle(kind, answers) }
    },
  })

/** @throws NotAllowed for whoever only reads */
function mustSend(place: Place, { actor, now }: Asking): Sending {
  if (!place.roles[actor.role]?.capabilities.includes('send')) throw new NotAllowed('role')
  return sendingOf(place, actor, now)
}

/** Who searches where an entry is conditional. */
const readerOf = ({ scope, base, now }: Asking) => ({ scope: scope as Scope, base, now })

/** Every entry or none; what is read is read after what is changed. */
async function transaction(
  place: Place,
  asking: Asking,
  sent: Bundle,
  ways: readonly Route[],
): Promise<Answered[]> {
  const faults: Fault[] = []
  const acts = actsIn(sent, faults)
  const indexed = acts
    .map((act, index) => ({ act, index }))
    .sort((one, other) => orderOf[one.act.kind] - orderOf[other.act.kind])
  const gets = indexed.flatMap(({ act, index }) => {
    if (act.kind !== 'get') return []
    const asked = addingFaults(faults, () => wayInOf(act, asking.base, ways))
    return asked ? [{ act, index, asked }] : []
  })
  const changes = indexed.flatMap(({ act, index }) => (act.kind === 'get' ? [] : [{ act, index }]))
  const answers: Answered[] = []
  if (changes.length > 0) {
    const sending = mustSend(place, asking)
    const how = { faults, find: finder(asking.db, readerOf(asking)) }
    const outcomes = await perform(
      asking.db,
      sending,
      changes.map(({ act }) => act),
      how,
    )
    const audited: Audited[] = []
    for (const [at, { act, index }] of changes.entries()) {
      const outcome = outcomes[at] as (typeof outcomes)[number]
      answers[index] = changed(outcome, asking.now, preferOf(asking.headers).returns)
      audited.push({ act, index, outcome })
    }
    auditChanges(asking, audited)
  }
  if (faults.length > 0) throw new Invalid(faults)
  await eachOf(gets, async ({ act, index, asked }) => {
    answers[index] = read(await got(asking, asked, act))
  })
  return answers
}

/** Each entry by itself, in the order in which they came; reads that come one after another at the same time. */
async function batch(
  place: Place,
  asking: Asking,
  sent: Bundle,
  ways: readonly Route[],
): Promise<Answered[]> {
  const answers: Answered[] = []
  const refuse = (index: number, refusal: Refused) => {
    answers[index] = answered(refusal.status, { outcome: refusal.outcome })
  }
  const acts = entriesOf(sent).map((entry, index): Act | undefined => {
    try {
      return actOf(entry, `Bundle.entry[${index}]`)
    } catch (problem) {
      refuse(index, refusedBy(problem))
      return undefined
    }
  })
  const known = acts.flatMap((act, index) => (act ? [{ act, index }] : []))
  for (const run of alike(known)) {
    if (run[0]?.act.kind === 'get')
      await eachOf(run as { act: Getting; index: number }[], async ({ act, index }) => {
        try {
          answers[index] = read(await got(asking, wayInOf(act, asking.base, ways), act))
        } catch (problem) {
          refuse(index, refusedBy(problem))
        }
      })
    else await changeEach(place, asking, run as { act: Change; index: number }[], answers, refuse)
  }
  return answers
}

async function changeEach(
  place: Place,
  asking: Asking,
  run: readonly { act: Change; index: number }[],
  answers: Answered[],
  refuse: (index: number, refusal: Refused) => void,
): Promise<void> {
  let sending: Sending
  try {
    sending = mustSend(place, asking)
  } catch (problem) {
    for (const { act, index } of run) {
      refuse(index, refusedBy(problem))
      auditRefusal(asking, act, index, problem)
    }
    return
  }
  const how = { find: finder(asking.db, readerOf(asking)) }
  const outcomes = await performEach(
    asking.db,
    sending,
    run.map(({ act }) => act),
    how,
  )
  const audited: Audited[] = []
  for (const [at, { act, index }] of run.entries()) {
    const outcome = outcomes[at] as (typeof outcomes)[number]
    if ('problem' in outcome) {
      refuse(index, outcome)
      auditRefusal(asking, act, index, outcome.problem)
    } else {
      answers[index] = changed(outcome, asking.now, preferOf(asking.headers).returns)
      audited.push({ act, index, outcome })
    }
  }
  auditChanges(asking, audited)
}

/** Runs of reads and of changes, as they came. */
function alike(all: readonly { act: Act; index: number }[]) {
  const runs: { act: Act; index: number }[][] = []
  for (const each of all) {
    const run = runs.at(-1)
    if (run && (run[0]?.act.kind === 'get') === (each.act.kind === 'get')) run.push(each)
    else runs.push([each])
  }
  return runs
}

async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += readsAtOnce)
    await Promise.all(items.slice(start, start + readsAtOnce).map(work))
}

/** What a read answers, as the answer to its entry. */
function read({ status, body, headers = {} }: FhirAnswer): Answered {
  const { etag, 'last-modified': modified } = headers
  const more = {
    ...(etag !== undefined && { etag }),
    ...(modified !== undefined && { lastModified: new Date(modified).toISOString() }),
  }
  return status < 400
    ? answered(status, more, body)
    : answered(status, { ...more, outcome: JSON.parse(body ?? '{}') })
}
