import type { TestId } from '../../health/tests.ts'
import type { CareContact, Caseload, HomeSignal, ServiceId } from '../../lives/happening.ts'
import { dayOf } from '../../lives/moment.ts'
import { costOfCaseload, costOfContact } from '../costs/caseloads.ts'
import type { Pen } from './pen.ts'
import { writeReason } from './practice.ts'
import type { Rows } from './rows.ts'

type Kind = 'community' | 'mental_health' | 'hospice' | 'social_prescribing' | 'telecare'

/** Which two extracts a service's work is in. */
const KINDS: Readonly<Record<ServiceId, Kind>> = {
  'district nursing': 'community',
  'community matron': 'community',
  'urgent community response': 'community',
  'community therapy': 'community',
  podiatry: 'community',
  'speech and language': 'community',
  'health visiting': 'community',
  'school nursing': 'community',
  'virtual ward': 'community',
  'intermediate care': 'community',
  'talking therapies': 'mental_health',
  'community mental health': 'mental_health',
  'crisis and home treatment': 'mental_health',
  'memory service': 'mental_health',
  'children’s mental health': 'mental_health',
  'mental health inpatient': 'mental_health',
  'learning disability': 'mental_health',
  'substance use': 'mental_health',
  'mental health liaison': 'mental_health',
  'hospice community': 'hospice',
  'hospice inpatient': 'hospice',
  'social prescribing': 'social_prescribing',
  telecare: 'telecare',
}

export function writeCaseload(pen: Pen, caseload: Caseload, nth: number): void {
  const rows = pen.sheets[`${KINDS[caseload.service]}_caseloads`]
  pen.begin(rows, nth)
  rows.text(caseload.service)
  rows.moment(caseload.at)
  rows.day(caseload.since ?? dayOf(caseload.at))
  rows.text(caseload.from)
  rows.is(caseload.accepted)
  rows.moment(caseload.closed)
  writeReason(rows, caseload.reason)
  pen.end(rows, caseload, costOfCaseload(caseload, pen.world.window.until))
}

export function writeContact(pen: Pen, contact: CareContact, nth: number): void {
  const kind = KINDS[contact.caseload.service]
  const rows = pen.sheets[`${kind}_contacts`]
  pen.begin(rows, nth)
  pen.event(rows, contact.caseload)
  rows.text(contact.caseload.service)
  rows.moment(contact.at)
  rows.text(contact.mode)
  rows.whole(contact.minutes)
  rows.text(contact.status)
  rows.text(contact.what)
  if (kind === 'mental_health') writeScores(rows, contact)
  pen.end(rows, contact, costOfContact(contact))
}

function writeScores(rows: Rows, { scores = [] }: CareContact): void {
  const scored = (test: TestId) => scores.find((score) => score.test === test)?.value
  const other = scores.find(({ test }) => test !== 'moodScore' && test !== 'worryScore')
  rows.whole(scored('moodScore'))
  rows.whole(scored('worryScore'))
  rows.text(other?.test)
  rows.decimal(other?.value, 10)
}

export function writeSignal(pen: Pen, signal: HomeSignal, nth: number): void {
  const rows = pen.sheets.home_signals
  pen.begin(rows, nth)
  rows.moment(signal.at)
  rows.text(signal.device)
  rows.text(signal.test)
  rows.decimal(signal.value, 100)
  rows.decimal(signal.second, 100)
  rows.text(signal.outcome)
  pen.end(rows, signal, 0)
}
