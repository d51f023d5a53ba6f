import { csvOf, type InventedFile } from '../care-home-list.ts'
import type { SocialCareEvent } from '../lives/happening.ts'
import { type Day, dayOf, isoDay, isoMoment, type Moment } from '../lives/moment.ts'
import type { LifeStory } from '../lives/story.ts'
import { localNumberOf } from '../record/patient.ts'
import { householdOn } from '../residents/resident.ts'

const TITLES = [
  'Reporting period start date',
  'Reporting period end date',
  'LA person unique identifier',
  'NHS number',
  'Family name',
  'Given name',
  'Date of birth',
  'Gender',
  'Postcode',
  'Client type',
  'Event type',
  'Event reference',
  'Event start date',
  'Event end date',
  'Event description',
  'Event outcome',
  'Service type',
]

const TYPES: Partial<Record<SocialCareEvent['event'], string>> = {
  request: 'REQ',
  assessment: 'ASM',
  service: 'SER',
  review: 'REV',
}

function line({ resident }: LifeStory, event: SocialCareEvent, period: { from: Day; until: Day }): string[] {
  const on = dayOf(event.at)
  const service = event.event === 'service'
  const over = service ? event.until : on
  return [
    isoDay(period.from),
    isoDay(period.until),
    localNumberOf(resident, { kind: 'social-care' }),
    resident.nhsNumber ?? '',
    resident.family,
    resident.given[0] ?? '',
    isoDay(resident.born),
    resident.sex === 'male' ? '1' : '2',
    householdOn(resident, on).postcode,
    event.carer ? 'CA' : 'SU',
    TYPES[event.event] ?? '',
    `R${resident.serial}-${event.at}-${TYPES[event.event]}`,
    isoDay(on),
    over !== undefined && over <= period.until ? isoDay(over) : '',
    event.reason.text,
    event.event === 'request' ? (event.outcome ?? 'Assessment') : '',
    service ? (event.service ?? 'LT-COM') : '',
  ]
}

/**
 * The council's adult social care file of what happened after one moment up to another, as its system would drop it; none where nothing
 * did.
 */
export function councilFile(
  stories: readonly LifeStory[],
  after: Moment,
  upTo: Moment,
): InventedFile | undefined {
  const period = { from: dayOf(after), until: dayOf(upTo) }
  const lines = stories.flatMap((story) =>
    story.happenings.flatMap((each) =>
      each.kind === 'social care' && each.event in TYPES && each.at > after && each.at <= upTo
        ? [line(story, each, period)]
        : [],
    ),
  )
  if (lines.length === 0) return undefined
  const text = csvOf(TITLES, lines)
  const time = isoMoment(upTo).replace(/\D/g, '')
  return { sender: 'demo-council', name: `adult-social-care-${time}.csv`, text }
}
