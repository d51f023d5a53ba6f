import type { Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { type Db, type Fault, Invalid } from '../../platform/index.ts'
import { isRestricted } from './classify.ts'
import type { Row, Sending, Write } from './row.ts'

/**
 * A Binary is the content of a document and says nothing of itself: neither whom it is about nor that it concerns safeguarding or is specially
 * protected. So it is kept as its document is, and comes in one transaction with it. Otherwise whoever may not read the document could read
 * its content by itself.
 */
export type Contents = Map<Write, Write>

/** Each Binary with the one document of the same transaction that points to it. @throws Invalid for a Binary with none, or with several */
export function documentOfEach(writes: Write[]): Contents {
  const contents: Contents = new Map()
  const faults: Fault[] = []
  const pointing = new Map<string, Set<Write>>()
  for (const write of writes)
    for (const id of binariesOf(write.resource)) pointing.set(id, (pointing.get(id) ?? new Set()).add(write))
  for (const write of writes.filter(({ resource }) => resource.resourceType === 'Binary')) {
    const [document, ...others] = pointing.get(write.resource.id) ?? []
    if (document && others.length === 0) contents.set(write, document)
    else
      faults.push({
        path: write.path,
        words: document
          ? 'Several documents of this transaction point to this Binary; send one for each'
          : 'Send a Binary in one transaction with the DocumentReference that points to it',
        code: 'required',
      })
  }
  if (faults.length > 0) throw new Invalid(faults)
  return contents
}

/** The ids of the Binaries that a document's attachments point to. */
export function binariesOf(resource: Resource): string[] {
  if (resource.resourceType !== 'DocumentReference') return []
  return (resource.content ?? []).flatMap(({ attachment }) => {
    const id = /^Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(attachment?.url ?? '')?.[1]
    return id === undefined ? [] : [id]
  })
}

/**
 * A document sent without the Binary that it points to must be classed as it was, for its content stays as it is.
 * One that was never sent here is with its source.
 * @throws Invalid where it is now classed otherwise, or is about somebody else
 */
export async function mustFitStored(db: Db, sending: Sending, writes: Write[], rows: Row[]): Promise<void> {
  const sent = new Set(
    writes.filter(({ resource }) => resource.resourceType === 'Binary').map(({ resource }) => resource.id),
  )
  const wanted = writes.flatMap((write) =>
    binariesOf(write.resource)
      .filter((id) => !sent.has(id))
      .map((id) => ({ id, write })),
  )
  if (wanted.length === 0) return
  const { rows: kept } = await sql<{ id: string; person_key: string; category: string; restricted: boolean }>`
    select id, person_key, category, strpos(sensitivity, 'restricted') > 0 as restricted from record.resource
    where type = 'Binary' and id = any (${wanted.map(({ id }) => id)}::text[]) and source = ${sending.source}`.execute(
    db,
  )
  const faults = wanted.flatMap(({ id, write }): Fault[] => {
    const found = kept.find((each) => each.id === id)
    const row = rows.find((each) => each.resource === write.resource)
    const fits =
      found === undefined ||
      (found.person_key === row?.person_key &&
        found.category === row.category &&
        found.restricted === isRestricted(write.resource))
    return fits
      ? []
      : [
          {
            path: `${write.path}.content`,
            words: `Send Binary/${id} in one transaction with this`,
            code: 'required',
          },
        ]
  })
  if (faults.length > 0) throw new Invalid(faults)
}
