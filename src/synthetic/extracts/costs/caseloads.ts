import type { CareContact, Caseload, ServiceId } from '../../lives/happening.ts'
import { type Day, dayOf } from '../../lives/moment.ts'
import { assumed, national, penceOf, type UnitCost, type UnitCosts } from './unit-cost.ts'

const community = (what: string, pounds: number, currency: string) =>
  national(what, 'contact', pounds, 'Community Health Service', currency)
const mental = (what: string, pounds: number, currency: string) =>
  national(what, 'contact', pounds, 'Mental Health Care Contact', currency)

/** What a contact costs: in person, and by telephone or video where the collection has that apart. */
const contacts: Partial<Record<ServiceId, readonly [UnitCost, UnitCost?]>> = {
  'district nursing': [
    community('District nurse, face to face', 59.65, 'N02AF'),
    community('District nurse, not face to face', 43.08, 'N02AN'),
  ],
  'community matron': [
    community('Community matron, face to face', 144.69, 'N06AF'),
    community('Community matron, not face to face', 87.09, 'N06AN'),
  ],
  'urgent community response': [community('Crisis response', 125.79, 'IC01')],
  'community therapy': [community('Physiotherapist, adult, one to one', 79.06, 'A08A1')],
  podiatry: [community('Podiatrist, general', 76.83, 'A09A')],
  'speech and language': [community('Speech and language therapist, child, one to one', 165.75, 'A13C1')],
  'health visiting': [
    community('Health visitor, face to face', 95.5, 'N03G'),
    community('Health visitor, not face to face', 73.8, 'N03J'),
  ],
  'school nursing': [community('School nurse, one to one', 108.05, 'N05CO')],
  'virtual ward': [
    community('Virtual ward visit, as crisis response', 125.79, 'IC01'),
    community('Virtual ward call, as a nurse not face to face', 43.08, 'N02AN'),
  ],
  'intermediate care': [community('Intermediate care at home', 114.89, 'IC03')],
  'talking therapies': [
    national('Talking therapies session', 'contact', 173.55, 'NHS Talking Therapy Care Contact', '02IAPT'),
  ],
  'community mental health': [mental('Community mental health team', 278.91, 'A06')],
  'crisis and home treatment': [mental('Crisis and home treatment', 356.83, 'A02')],
  'memory service': [mental('Memory service', 252.5, 'A17')],
  'children’s mental health': [
    mental('Other service in scope of tariff, taken for children’s', 278.78, 'Z01'),
  ],
  'learning disability': [mental('Community team for learning disabilities', 409.6, 'E01')],
  'substance use': [mental('Substance misuse team', 157.01, 'D01')],
  'mental health liaison': [mental('Psychiatric liaison', 346.01, 'A11')],
  'hospice community': [
    community('Palliative care nurse, face to face', 154.55, 'N21AF'),
    community('Palliative care nurse, not face to face', 79.7, 'N21AN'),
  ],
  'social prescribing': [assumed('Link worker', 'contact', 30, 'an hour of a band 5')],
  telecare: [assumed('Visit to fit or mend a device', 'contact', 35, 'an hour and the way there')],
}

/** Services that cost by the day on their caseload; their contacts are within it. */
const days: Partial<Record<ServiceId, UnitCost>> = {
  'mental health inpatient': national(
    'Acute adult mental health care',
    'bed day',
    719.1,
    'Mental Health Provider Spell',
    '200MHPS',
  ),
  'hospice inpatient': national(
    'Palliative care, community episode',
    'bed day',
    572.88,
    'Regular Day or Night Admissions',
    'EpGro07',
  ),
}
const TELECARE_WEEK = assumed('Telecare: devices and monitoring', 'week', 6, 'what councils charge')

const idOf = (service: ServiceId): string => service.replaceAll('’', '').replaceAll(' ', '_')
export const caseloadCosts: UnitCosts = {
  ...Object.fromEntries(
    (Object.keys(contacts) as ServiceId[]).flatMap((service): [string, UnitCost][] => {
      const [inPerson, remote] = contacts[service] ?? []
      return [
        ...(inPerson ? [[`contact.${idOf(service)}`, inPerson] as [string, UnitCost]] : []),
        ...(remote ? [[`contact.${idOf(service)}.remote`, remote] as [string, UnitCost]] : []),
      ]
    }),
  ),
  ...Object.fromEntries(
    (Object.keys(days) as ServiceId[]).flatMap((service): [string, UnitCost][] => {
      const cost = days[service]
      return cost ? [[`day.${idOf(service)}`, cost]] : []
    }),
  ),
  'week.telecare': TELECARE_WEEK,
}

const pence = new Map(
  Object.entries(contacts).map(([service, [inPerson, remote = inPerson]]) => [
    service,
    { inPerson: penceOf(inPerson), remote: penceOf(remote) },
  ]),
)

export function costOfContact({ caseload, mode, status }: CareContact): number {
  const cost = status === 'cancelled' ? undefined : pence.get(caseload.service)
  if (!cost) return 0
  return mode === 'telephone' || mode === 'video' ? cost.remote : cost.inPerson
}

/** @param end first day after the window, for what has not closed by then */
export function costOfCaseload({ service, at, closed, accepted }: Caseload, end: Day): number {
  const perDay = service === 'telecare' ? TELECARE_WEEK.pounds / 7 : days[service]?.pounds
  if (perDay === undefined || !accepted) return 0
  const until = closed === undefined ? end : Math.min(dayOf(closed), end)
  return Math.round(Math.max(0, until - dayOf(at)) * perDay * 100)
}
