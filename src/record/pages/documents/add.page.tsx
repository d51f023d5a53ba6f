import type { DocumentReference } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { z } from 'zod'
import { addedHere, type Place } from '../../../access/index.ts'
import {
  type Db,
  type Fault,
  NotAllowed,
  NotFound,
  type Person,
  page,
  personRef,
  type Route,
  reads,
  uploadTried,
  type View,
} from '../../../platform/index.ts'
import { londonDate } from '../../../platform/ui/index.ts'
import { parseLossless } from '../../store/lossless-json.ts'
import type { Sending, Write } from '../../store/row.ts'
import { keep, newId } from '../../store/write.ts'
import { type AboutPerson, askingOf } from '../frame/asking.ts'
import { openRecord, recordView } from '../frame/frame.tsx'
import { type Section, sections } from '../frame/sections.ts'
import { documentOf, newDocument, type Typed, takenKinds } from './add.ts'
import { AddForm } from './add-form.tsx'
import { documentId } from './content.page.ts'
import { type DocumentRow, documents } from './documents.queries.ts'
import { replacements } from './kinds.ts'

const { documents: section } = sections
const may = reads('document', { purpose: 'direct care' })
const typed = z.string().trim().max(200).default('')

/** A practitioner adds a document to a record, or a new version of one that is there. */
export function addRoutes(place: Place, views: readonly Section[]): Route[] {
  const ask = page({
    method: 'GET',
    path: '/people/:person/documents/new',
    may,
    audit: 'record.document.add.form',
    input: z.object({ person: personRef, replaces: documentId.optional().catch(undefined) }),
    run: (context) => form(place, views, context, context.input.replaces, [], { author: context.actor.name }),
  })

  const add = page({
    method: 'POST',
    path: '/people/:person/documents/new',
    may,
    audit: 'record.document.add',
    takes: { file: { kinds: takenKinds, mostBytes: place.documentMegabytes * 1024 * 1024 } },
    input: z.object({
      person: personRef,
      file: uploadTried,
      kind: typed,
      title: typed,
      author: typed,
      day: typed,
      month: typed,
      year: typed,
      replaces: documentId.optional().catch(undefined),
    }),
    run: async (context) => {
      const { person, file, replaces, ...fields } = context.input
      const read = newDocument(fields, file, londonDate(context.now))
      if ('faults' in read) return form(place, views, context, replaces, read.faults, fields)
      const old = replaces === undefined ? undefined : await oldVersion(context, replaces)
      const { sending, patient } = await beginAdding(context.db, place, context, person)
      const organisation = place.organisations.find(({ code }) => code === sending.organisation)
      const document = documentOf(read.document, {
        id: newId(),
        now: context.now,
        patient,
        organisation: { code: sending.organisation, name: organisation?.name ?? sending.organisation },
        replaces,
      })
      const writes: Write[] = [{ resource: document, path: 'DocumentReference', fresh: true }]
      // A version of one's own is marked as replaced; another source's says so through this one's naming it.
      if (old?.source === sending.source) writes.push(await superseded(context.db, old))
      await keep(context.db, sending, writes)
      context.shown([], { document: document.id, ...(replaces ? { replaces } : {}) })
      return { redirect: `/people/${person.ref}/documents/${document.id}` }
    },
  })
  return [ask, add]
}

async function form(
  place: Place,
  views: readonly Section[],
  context: AboutPerson,
  replaces: string | undefined,
  faults: Fault[],
  given: Partial<Typed>,
): Promise<View> {
  const frame = await openRecord(place, views, context)
  const old = replaces === undefined ? undefined : await oldVersion(context, replaces)
  const view = recordView(frame, {
    section,
    heading: old ? 'Add a new version' : 'Add a document',
    here: `/people/${frame.person.ref}${section.path}/new`,
    body: (
      <AddForm frame={frame} old={old} faults={faults} given={given} megabytes={place.documentMegabytes} />
    ),
  })
  return faults.length > 0 ? { ...view, status: 422 } : view
}

/** The document to be replaced, which the reader must be shown, and which nothing has replaced yet. @throws NotFound */
async function oldVersion(context: AboutPerson, id: string): Promise<DocumentRow> {
  const all = await documents(askingOf(context))
  const old = all.find((each) => each.resource_id === id)
  if (!old || replacements(all).has(id)) throw new NotFound(context.input.person.files.slice(0, 1))
  return old
}

/** From here on the transaction writes as what the reader's organisation adds by hand. @throws NotAllowed */
async function beginAdding(
  db: Db,
  place: Place,
  { actor, now }: AboutPerson,
  person: Person,
): Promise<{ sending: Sending; patient: string }> {
  const { rows } = await sql<{ source: string; patient: string }>`
    select source, patient from record.begin_adding(${person.files}::uuid[])`.execute(db)
  const begun = rows[0]
  if (!begun) throw new NotAllowed('role')
  return {
    sending: {
      source: begun.source,
      sourceKind: addedHere,
      organisation: actor.organisation,
      place,
      now,
      about: person.files,
    },
    patient: begun.patient,
  }
}

async function superseded(db: Db, { resource_id }: DocumentRow): Promise<Write> {
  const { rows } = await sql<{ body: string; version: number }>`
    select body, version from record.resource where type = 'DocumentReference' and id = ${resource_id}`.execute(
    db,
  )
  if (!rows[0]) throw new NotFound()
  const document = parseLossless(rows[0].body) as DocumentReference & { id: string }
  return {
    resource: { ...document, status: 'superseded' },
    path: 'DocumentReference.relatesTo',
    ifMatch: rows[0].version,
  }
}
