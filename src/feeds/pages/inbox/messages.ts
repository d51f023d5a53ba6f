import { z } from 'zod'
import { allStates } from '../states.ts'

const word = z.string().trim().max(200).catch('').default('')

/** What the list of messages can be asked; everything is in its address, so that what one sees can be linked to. */
export const askedSchema = z.object({
  sender: word,
  state: z
    .enum(['waiting', ...allStates, ''])
    .catch('')
    .default(''),
  type: word,
  reason: word,
  day: z.iso.date().catch('').default(''),
  /** A control id, or the number of a visit, a report, a document or an appointment. */
  find: word,
  sort: z.enum(['newest', 'oldest']).catch('newest').default('newest'),
  /** The last message of the page before. */
  after: z.uuid().catch('').default(''),
})
export type Asked = z.output<typeof askedSchema>

export const messagesPath = '/feeds/messages'

export const nothingAsked: Asked = askedSchema.parse({})

/** The address of the list asked otherwise. Changing what is shown goes back to its first page. */
export function addressOf(from: Asked, change: Partial<Asked> = {}, path = messagesPath): string {
  const next = { ...from, after: '', ...change }
  const query = new URLSearchParams(
    Object.entries(next).filter(([name, value]) => value !== '' && !(name === 'sort' && value === 'newest')),
  )
  return query.size > 0 ? `${path}?${query}` : path
}

/** Whether the list is narrowed at all. */
export const isNarrowed = ({ sort: _, after: __, ...filters }: Asked): boolean =>
  Object.values(filters).some((value) => value !== '')
