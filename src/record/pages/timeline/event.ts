import type { Kind } from '../../store/timeline-event.ts'
import { listed } from '../frame/gaps.ts'
import type { Shield } from '../frame/shield.ts'
import { encounterTitle, isStay } from '../lists/encounter.ts'
import { testKey } from '../lists/result.ts'
import { categoryInWords } from '../lists/result-category.ts'
import type { Event } from './timeline.queries.ts'

/** A kind of event, as the filter names many and an entry names one. */
export const kindWords: Record<Kind, { many: string; one: string }> = {
  encounter: { many: 'Contacts and stays', one: 'Contact' },
  episode: { many: 'Care opened and closed', one: 'Care' },
  referral: { many: 'Referrals', one: 'Referral' },
  results: { many: 'Results', one: 'Results' },
  document: { many: 'Documents', one: 'Document' },
  medicine: { many: 'Medicines', one: 'Medicine prescribed' },
  problem: { many: 'Problems', one: 'Problem recorded' },
  allergy: { many: 'Allergies', one: 'Allergy recorded' },
  procedure: { many: 'Procedures', one: 'Procedure' },
  immunisation: { many: 'Immunisations', one: 'Immunisation' },
  'care plan': { many: 'Care plans', one: 'Care plan' },
}

/** What is written of an event. `undated`: it stands where it was received, for want of a date. */
export type Told = {
  kind: string
  title: string
  detail: string | undefined
  path: string | undefined
  tag: string | undefined
  error: boolean
  undated: boolean
}

/** An event in words, with nothing that would give a protected location away. */
export function told(event: Event, shield: Shield): Told {
  const { hides } = shield
  const common = {
    kind: kindWords[event.kind].one,
    path: undefined,
    tag: statusTag(event),
    error: event.status === 'entered-in-error',
    undated: event.at_text === null,
  }
  const title = event.title ?? 'Not named'
  switch (event.kind) {
    case 'encounter':
      return {
        ...common,
        kind: isStay({ class_code: event.code }) ? 'Hospital stay' : 'Contact',
        title: encounterTitle({ class_code: event.code, type_text: event.title }, hides),
        detail: event.detail ?? undefined,
        path: '/encounters',
      }
    case 'episode':
      return {
        ...common,
        kind: event.happening === 'closed' ? 'Care ended' : 'Care began',
        tag: undefined,
        title,
        detail: shield.location(event.detail),
      }
    case 'referral':
      return {
        ...common,
        title: hides ? 'Referral' : title,
        detail:
          [event.detail, shield.location(event.code) && `to ${event.code}`].filter(Boolean).join(', ') ||
          undefined,
      }
    case 'results':
      return {
        ...common,
        title: categoryInWords(event.code),
        detail: listed(event.names ?? []),
        path: onlyTest(event) ?? '/results',
      }
    case 'medicine':
      return { ...common, ...severalMedicines(event), path: '/medicines' }
    case 'document':
      return {
        ...common,
        title: hides ? (event.code ?? 'Document') : (event.title ?? event.code ?? 'Document'),
        detail: undefined,
        path: `/documents/${event.id}`,
      }
    case 'care plan':
      return { ...common, title, detail: shield.location(event.detail) }
    default:
      return { ...common, title, detail: event.detail ?? undefined, path: paths[event.kind] }
  }
}

const paths: Partial<Record<Kind, string>> = { problem: '/problems' }

const onlyTest = ({ names }: Event): string | undefined =>
  names?.length === 1 && names[0] ? `/results/${testKey({ code: null, title: names[0] })}` : undefined

function severalMedicines({ title, detail, names }: Event): Pick<Told, 'kind' | 'title' | 'detail'> {
  if (title !== null || names === null || names.length < 2)
    return {
      kind: 'Medicine prescribed',
      title: title ?? names?.[0] ?? 'Not named',
      detail: detail ?? undefined,
    }
  return { kind: 'Medicines prescribed', title: `${names.length} medicines`, detail: listed(names) }
}

const tags: Record<string, string> = {
  'in-progress': 'Now',
  arrived: 'Now',
  planned: 'Planned',
  cancelled: 'Cancelled',
  stopped: 'Stopped',
  completed: '',
  'not-done': 'Not given',
  superseded: 'Replaced',
  refuted: 'Ruled out',
  unconfirmed: 'Not confirmed',
  provisional: 'Provisional',
  resolved: 'Resolved',
  revoked: 'Withdrawn',
}

/** Only a state that a reader must know; that something is finished or active is what its being there says. */
const statusTag = ({ status }: Event): string | undefined => tags[status ?? ''] || undefined
