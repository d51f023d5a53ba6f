import { testFacts } from '../../health/tests.ts'
import type {
  Admission,
  EmergencyAttendance,
  Happening,
  OutpatientAppointment,
  Test,
} from '../../lives/happening.ts'
import { MINUTES_A_DAY, type Moment } from '../../lives/moment.ts'
import type { LifeStory } from '../../lives/story.ts'
import type { Place } from '../../place.ts'
import { consultantFor } from '../illness-of.ts'
import { personOf } from '../person.ts'
import { minuteOf } from '../telling.ts'
import { visitNumberOf, wardOf } from '../visits.ts'
import { saidOf } from '../words/said.ts'
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
const typedAt = (at: Moment, quicker: number): Moment => at + Math.round((1 + (at % 9)) / quicker)

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

function adt(story: LifeStory, { event, at, visit }: News, quicker: number): Message {
  const sent = typedAt(at, quicker)
  const person = personOf(story, '', at)
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

function attendance(story: LifeStory, seen: EmergencyAttendance): News[] {
  const visit: Visit = {
    number: visitNumberOf(story, seen),
    class: 'E',
    location: seen.department === 1 ? 'AE' : 'UECC',
    reason: saidOf(story, seen, seen.reason),
    consultant: 'Dr Niamh Corrigan',
    from: seen.at,
  }
  return [
    { event: 'A04', at: seen.at, visit },
    { event: 'A03', at: seen.left, visit: { ...visit, until: seen.left } },
  ]
}

function stay(story: LifeStory, place: Place, admission: Admission): News[] {
  const visitAt = (ward: string): Visit => ({
    number: visitNumberOf(story, admission),
    class: 'I',
    location: wardOf(place, ward).slice('RFR/'.length),
    reason: saidOf(story, admission, admission.reason),
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

function appointment(story: LifeStory, seen: OutpatientAppointment, quicker: number): Message[] {
  const number = visitNumberOf(story, seen)
  const booked = Math.max(seen.referral?.at ?? 0, seen.at - Math.round((21 * MINUTES_A_DAY) / quicker))
  const told = (event: string, at: Moment): Message => {
    const person = personOf(story, '', at)
    const control = `${number}-${event}-${at % 10_000_000}`
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
    ...(off ? [told(off, seen.at + Math.round((off === 'S15' ? -MINUTES_A_DAY : 60) / quicker))] : []),
  ]
}

function result(story: LifeStory, test: Test, quicker: number): Message {
  const facts = testFacts(test.test)
  const person = personOf(story, '', test.at)
  const number = `L${story.resident.serial}${minuteOf(test) % 10_000_000}`
  const reported = test.at + Math.round(75 / quicker)
  const control = `${number}-${test.test}-${reported % 10_000_000}`
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

function death(story: LifeStory, at: Moment, quicker: number): Message {
  const person = personOf(story, '', at)
  const sent = at + Math.round((4 * 60) / quicker)
  const control = `D${story.resident.serial}-${sent % 10_000_000}`
  return {
    at: sent,
    control,
    segments: [header('ADT', 'A31', sent, control), evn('A31', sent, at), pid(person, person.nhsNumber, at)],
  }
}

function messagesOf(story: LifeStory, place: Place, happening: Happening, quicker: number): Message[] {
  switch (happening.kind) {
    case 'emergency attendance':
      return attendance(story, happening).map((news) => adt(story, news, quicker))
    case 'admission':
      return stay(story, place, happening).map((news) => adt(story, news, quicker))
    case 'outpatient':
      return appointment(story, happening, quicker)
    case 'test':
      return happening.where === 'hospital' ? [result(story, happening, quicker)] : []
    default:
      return []
  }
}

/**
 * Everything the hospital's system would send about somebody, in the order in which it sends it.
 * @param quicker how many times as fast as life its clerks and laboratories work, where lives do too
 */
export function hospitalMessages(story: LifeStory, place: Place, quicker = 1): Message[] {
  const { happenings } = story
  const told = happenings.flatMap((each) => messagesOf(story, place, each, quicker))
  const dead = happenings.find((each) => each.kind === 'death')
  // The hospital hears of the death of those it knows.
  if (dead && told.length > 0) told.push(death(story, dead.at, quicker))
  return told.sort((a, b) => a.at - b.at || (a.control < b.control ? -1 : 1))
}
