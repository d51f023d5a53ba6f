import type { DocumentRow } from './documents.queries.ts'

/** What a practitioner may add, and what it is called in its type. */
export const addedKinds = [
  'ReSPECT form',
  'Care plan',
  'Discharge letter',
  'Clinic letter',
  'Advance decision',
  'Report',
  'Referral letter',
  'Photograph',
  'Other document',
] as const

/** Documents that a practitioner must find without looking, in the order in which they matter. */
const standing = [
  {
    kind: 'Emergency care plan (ReSPECT)',
    says: /\brespect\b|emergency care and treatment|\bdnacpr\b|do not attempt (cpr|cardiopulmonary)/i,
  },
  { kind: 'Advance decision', says: /\badvance (decision|directive|statement)\b/i },
  { kind: 'Care plan', says: /\bcare (and support |and treatment )?plan\b/i },
  { kind: 'Discharge letter', says: /\bdischarge (letter|summary|notification|report)\b/i },
] as const

type Named = Pick<DocumentRow, 'type_title' | 'title' | 'description'>

/**
 * Which of the standing kinds a document is, by its type; by its title only where its type says nothing of the sort. The first that its
 * words fit: an emergency care and treatment plan is a care plan too, but that is not what somebody looks for.
 */
export function standingKind({ type_title, title, description }: Named): string | undefined {
  const fits = (words: string | null) => standing.find(({ says }) => says.test(words ?? ''))?.kind
  return fits(type_title) ?? fits(title) ?? fits(description)
}

type Dated = Pick<
  DocumentRow,
  | 'resource_id'
  | 'status'
  | 'doc_status'
  | 'created_at'
  | 'received_at'
  | 'relates_to_code'
  | 'relates_to_target'
>

const inError = ({ status, doc_status }: Pick<Dated, 'status' | 'doc_status'>): boolean =>
  status === 'entered-in-error' || doc_status === 'entered-in-error'

const targetOf = ({ relates_to_code, relates_to_target }: Dated): string | undefined =>
  relates_to_code === 'replaces'
    ? /(?:^|\/)DocumentReference\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/.+)?$/.exec(
        relates_to_target ?? '',
      )?.[1]
    : undefined

/** Which document replaces which: by the id of the one replaced. One that was entered in error replaces nothing. */
export function replacements<Row extends Dated>(rows: readonly Row[]): Map<string, Row> {
  const found = new Map<string, Row>()
  for (const row of rows) {
    const target = targetOf(row)
    if (target !== undefined && target !== row.resource_id && !inError(row)) found.set(target, row)
  }
  return found
}

/** The versions of one document, the newest first: what it replaces and what replaces it, as far as one is shown them. */
export function versionsOf<Row extends Dated>(row: Row, rows: readonly Row[]): Row[] {
  const byId = new Map(rows.map((each) => [each.resource_id, each]))
  const later = replacements(rows)
  const chain = [row]
  const unseen = (each: Row | undefined): each is Row => each !== undefined && !chain.includes(each)
  for (let next = later.get(row.resource_id); unseen(next); next = later.get(next.resource_id))
    chain.unshift(next)
  for (let last = byId.get(targetOf(row) ?? ''); unseen(last); last = byId.get(targetOf(last) ?? ''))
    chain.push(last)
  return chain
}

const momentOf = (row: Dated): number => (row.created_at ?? row.received_at).getTime()

/**
 * The newest valid document of each standing kind. Valid: current and final as its source says, in nobody's error, and replaced by none.
 * An old ReSPECT form taken for the one in force could cost a life, so whatever casts doubt on a document takes it out.
 *
 * | document | stands |
 * |---|---|
 * | current and final | yes |
 * | current, nobody says whether final | yes |
 * | superseded, or entered in error | no |
 * | preliminary: a draft | no |
 * | current as its source says, but another says that it replaces this | no |
 * | the same, but that other was entered in error, or is a draft yet | yes |
 * | older than another of its kind | no: the newest stands |
 */
export function standingDocuments<Row extends Dated & Named>(
  rows: readonly Row[],
): { kind: string; row: Row }[] {
  const replaced = replacements(rows.filter((row) => row.doc_status !== 'preliminary'))
  const valid = rows.filter(
    (row) =>
      row.status === 'current' &&
      !inError(row) &&
      row.doc_status !== 'preliminary' &&
      !replaced.has(row.resource_id),
  )
  return standing.flatMap(({ kind }) => {
    const row = valid
      .filter((each) => standingKind(each) === kind)
      .sort((one, other) => momentOf(other) - momentOf(one))[0]
    return row ? [{ kind, row }] : []
  })
}
