import { createHash, randomUUID } from 'node:crypto'
import type { Place } from '../../access/index.ts'
import { allDatasets, type Dataset } from '../../datasets/index.ts'
import { type Db, type Fault, Invalid, NotFound } from '../../platform/index.ts'
import {
  compare,
  keepExtract,
  keepLines,
  keepState,
  type NewExtract,
  newestAccepted,
  sameBefore,
  takeTurn,
  type Way,
} from './extracts.queries.ts'
import { type Counts, limitsPassed } from './limits.ts'
import { checkFile } from './read/check-file.ts'
import { excerpt } from './read/excerpt.ts'

/** A sender of the place and one of the sets that it may send. */
export type FileSender = {
  sender: string
  source: string
  organisation: string
  dataset: Dataset
  acceptsItself: boolean
}

/** Whoever sends files here, one for each set that they send. */
export function fileSenders(place: Place): FileSender[] {
  return place.senders.flatMap(({ id, source, organisation, files }) =>
    (files ?? []).flatMap((each) => {
      const dataset = allDatasets.find((one) => one.id === each.dataset)
      return dataset ? [{ sender: id, source, organisation, dataset, acceptsItself: each.acceptsItself }] : []
    }),
  )
}

/** @throws NotFound when nobody may send this set under this name */
export function fileSender(place: Place, sender: string, dataset: string): FileSender {
  const found = fileSenders(place).find((each) => each.sender === sender && each.dataset.id === dataset)
  if (!found) throw new NotFound()
  return found
}

export type Arrived = { way: Way; name: string; bytes: Buffer }

/** What became of a file on arrival. `repeatOf`: the same bytes were received before, and nothing was kept. */
export type Received = {
  id: string
  state: 'refused' | 'checked' | 'accepted' | 'repeat'
  faults: Fault[]
  counts: Counts | undefined
  /** Why a person must look twice. */
  limits: string[]
  unknownColumns: string[]
}

/**
 * Keeps a file as it came, checks the whole of it and compares it with what its set says now. Nothing of it is applied yet: somebody accepts
 * it, or the place lets files of this sender accept themselves while no limit is passed.
 * @param db a transaction of the sender, or of somebody who checks files for its organisation
 */
export async function receive(db: Db, place: Place, from: FileSender, arrived: Arrived): Promise<Received> {
  const { dataset, source, organisation, sender } = from
  const extract: NewExtract = {
    id: randomUUID(),
    source,
    organisation,
    sender,
    dataset: dataset.id,
    way: arrived.way,
    name: excerpt(arrived.name, 200),
    digest: createHash('sha256').update(arrived.bytes).digest(),
    body: arrived.bytes,
    extractDate: null,
    isFullList: dataset.isFullList,
  }
  await takeTurn(db, source, dataset.id)
  const before = await sameBefore(db, extract)
  const nothing = { faults: [], counts: undefined, limits: [], unknownColumns: [] }
  if (before !== undefined) return { ...nothing, id: before, state: 'repeat' }
  const teams = new Set(place.teams.map((team) => team.id))
  try {
    // The first pass finds what is wrong with the file as a whole, before anything of it is kept.
    const { extractDate, unknownColumns } = await checkFile(
      dataset,
      arrived.bytes,
      teams,
      async () => undefined,
    )
    await keepExtract(db, { ...extract, extractDate })
    await checkFile(dataset, arrived.bytes, teams, (lines) =>
      keepLines(db, { ...extract, dataset: dataset.id }, lines),
    )
    return { ...(await compared(db, extract, from)), unknownColumns }
  } catch (problem) {
    if (!(problem instanceof Invalid)) throw problem
    await keepExtract(db, extract)
    await keepState(db, extract, { state: 'refused', faults: problem.faults })
    return { ...nothing, id: extract.id, state: 'refused', faults: problem.faults }
  }
}

async function compared(
  db: Db,
  extract: NewExtract,
  { acceptsItself, source, dataset }: FileSender,
): Promise<Omit<Received, 'unknownColumns'>> {
  const counts = await compare(db, extract.id)
  const limits = limitsPassed(counts)
  await keepState(db, extract, {
    state: 'checked',
    counts,
    after: await newestAccepted(db, source, dataset.id),
  })
  const accepted = acceptsItself && limits.length === 0
  if (accepted)
    await keepState(db, extract, {
      state: 'accepted',
      why: 'Within the limits that the place has set for this sender',
      counts,
    })
  return { id: extract.id, state: accepted ? 'accepted' : 'checked', faults: [], counts, limits }
}
