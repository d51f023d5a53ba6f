import { testFacts } from '../../health/tests.ts'
import type {
  Admission,
  EmergencyAttendance,
  Happening,
  OutpatientAppointment,
  Test,
} from '../../lives/happening.ts'
import { MINUTES_A_DAY, type Moment } from '../../lives/moment.ts'
import { consultantFor } from '../illness-of.ts'
import { personOf } from '../person.ts'
import type { Telling } from '../telling.ts'
import { visitNumberOf, wardOf } from '../visits.ts'
import { evn, header, type Message, pid } from './message.ts'
import { components, escaped, hl7Time, segment } from './segments.ts'

/** What a message says of a visit. */
interface Visit {
  number: string
  class: 'E' | 'I' | 'O'
  location: string
  reason: string
  consultant: string
  from: Moment
  until?: Moment
}

interface News {
  event: string
  at: Moment
  visit: Visit
}

/** The clerk writes it down a few minutes after it happened. */
const typedAt = (at: Moment): Moment => at + 1 + (at % 9)

function visitSegments({ number, class: kind, location, reason, consultant, from, until }: Visit): string[] {
  const [family = '', ...given] = consultant.split(' ').reverse()
  return [
    segment('PV1', {
      1: '1',
      2: kind,
      3: `${location}^^^RFR`,
      7: components('', family, given.reverse().join(' ')),
      19: number,
      44: hl7Time(from),
      ...(until !== undefined && { 45: hl7Time(until) }),
    }),
    segment('PV2', { 3: components('', reason) }),
  ]
}

function adt(telling: Telling, { event, at, visit }: News): Message {
  const sent = typedAt(at)
  const person = personOf(telling.story, '', at)
  const control = `${visit.number}-${event}-${at % 10_000_000}`
  return {
    at: sent,
    control,
    segments: [
      header('ADT', event, sent, control),
      evn(event, sent, at),
      pid(person, person.nhsNumber),
      ...visitSegments(visit),
    ],
  }
}

function attendance(telling: Telling, seen: EmergencyAttendance): News[] {
  const visit: Visit = {
    number: visitNumberOf(telling, seen.at),
    class: 'E',
    location: seen.department === 1 ? 'AE' : 'UECC',
    reason: seen.reason.text,
    consultant: 'Dr Niamh Corrigan',
    from: seen.at,
  }
  return [
    { event: 'A04', at: seen.at, visit },
    { event: 'A03', at: seen.left, visit: { ...visit, until: seen.left } },
  ]
}

function stay(telling: Telling, admission: Admission): News[] {
  const visitAt = (ward: string): Visit => ({
    number: visitNumberOf(telling, admission.at),
    class: 'I',
    location: wardOf(telling, ward).slice('RFR/'.length),
    reason: admission.reason.text,
    consultant: consultantFor(admission.specialty).name,
    from: admission.at,
  })
  const first = admission.wards[0]?.ward ?? 'AMU'
  const moves = admission.wards
    .slice(1)
    .map(({ ward, from }) => ({ event: 'A02', at: from, visit: visitAt(ward) }))
  const last = admission.wards.at(-1)?.ward ?? first
  const { discharged } = admission
  return [
    { event: 'A01', at: admission.at, visit: visitAt(first) },
    ...moves,
    ...(discharged === undefined
      ? []
      : [{ event: 'A03', at: discharged, visit: { ...visitAt(last), until: discharged } }]),
  ]
}

const CALLED_OFF: Partial<Record<OutpatientAppointment['status'], string>> = {
  'cancelled by patient': 'S15',
  'cancelled by hospital': 'S15',
  'did not attend': 'S26',
}

function appointment(telling: Telling, seen: OutpatientAppointment): Message[] {
  const number = visitNumberOf(telling, seen.at)
  const booked = Math.max(seen.referral?.at ?? 0, seen.at - 21 * MINUTES_A_DAY)
  const told = (event: string, at: Moment): Message => {
    const person = personOf(telling.story, '', at)
    const control = `${number}-${event}`
    return {
      at,
      control,
      segments: [
        header('SIU', event, at, control),
        segment('SCH', {
          2: number,
          7: components('', `${seen.specialty} clinic`),
          9: '20',
          10: 'min',
          11: `^^20^${hl7Time(seen.at)}^${hl7Time(seen.at + 20)}`,
        }),
        pid(person, person.nhsNumber),
      ],
    }
  }
  const off = CALLED_OFF[seen.status]
  return [
    told('S12', booked),
    ...(off ? [told(off, off === 'S15' ? seen.at - MINUTES_A_DAY : seen.at + 60)] : []),
  ]
}

function result(telling: Telling, test: Test): Message {
  const facts = testFacts(test.test)
  const person = personOf(telling.story, '', test.at)
  const number = `L${telling.story.resident.serial}${test.at % 10_000_000}`
  const control = `${number}-${test.test}`
  const reported = test.at + 75
  const range =
    facts.low === undefined && facts.high === undefined ? '' : `${facts.low ?? ''}-${facts.high ?? ''}`
  return {
    at: reported,
    control,
    segments: [
      header('ORU', 'R01', reported, control),
      pid(person, person.nhsNumber),
      segment('OBR', {
        1: '1',
        3: number,
        4: components(test.test, facts.text),
        7: hl7Time(test.at),
        22: hl7Time(reported),
        24: 'LAB',
        25: 'F',
      }),
      segment('OBX', {
        1: '1',
        2: 'NM',
        3: components(test.test, facts.text),
        5: String(Number(test.value.toFixed(facts.decimals ?? 0))),
        6: escaped(facts.shown ?? facts.unit ?? ''),
        7: range,
        11: 'F',
        14: hl7Time(test.at),
      }),
    ],
  }
}

function death(telling: Telling, at: Moment): Message {
  const person = personOf(telling.story, '', at)
  const sent = at + 4 * 60
  const control = `D${telling.story.resident.serial}`
  return {
    at: sent,
    control,
    segments: [header('ADT', 'A31', sent, control), evn('A31', sent, at), pid(person, person.nhsNumber, at)],
  }
}

function messagesOf(telling: Telling, happening: Happening): Message[] {
  switch (happening.kind) {
    case 'emergency attendance':
      return attendance(telling, happening).map((news) => adt(telling, news))
    case 'admission':
      return stay(telling, happening).map((news) => adt(telling, news))
    case 'outpatient':
      return appointment(telling, happening)
    case 'test':
      return happening.where === 'hospital' ? [result(telling, happening)] : []
    default:
      return []
  }
}

/** Everything the hospital's system would send about somebody, in the order in which it sends it. */
export function hospitalMessages(telling: Telling): Message[] {
  const { happenings } = telling.story
  const told = happenings.flatMap((each) => messagesOf(telling, each))
  const dead = happenings.find((each) => each.kind === 'death')
  // The hospital hears of the death of those it knows.
  if (dead && told.length > 0) told.push(death(telling, dead.at))
  return told.sort((a, b) => a.at - b.at || (a.control < b.control ? -1 : 1))
}
