import type { Patient } from '@medplum/fhirtypes'
import { Invalid } from '../../platform/index.ts'
import { isAnotherPerson, nhsNumberOf } from '../adt/another-person.ts'
import { identifiersOf, type PatientSaid } from '../adt/patient.fhir.ts'
import { layPatient } from '../adt/patient-fold.ts'
import { isNews, type Order } from '../fold/order.ts'
import type { Quarantine } from '../hl7/acknowledgement.ts'
import type { Reading, Telling, Told, Who } from '../reading/reading.ts'
import { takeAppointment, takeDocument, takeReport } from './take-things.ts'
import { takeVisit } from './take-visit.ts'
import { isSame, type Person, placeOf, thingOf, type Work, write } from './work.ts'

/**
 * Takes one message into the work of its batch: the people, and the things of theirs that it tells of.
 * @returns why it does not count, as things stand; what it said is remembered all the same
 * @throws Invalid before anything is changed, when it seems to be about somebody else
 */
export function take(work: Work, message: string, reading: Reading): Quarantine | undefined {
  for (const told of reading.tellings) mustBeTheirs(work, told)
  let refused: Quarantine | undefined
  for (const told of reading.tellings) {
    const patient = personOf(work, told.who.number).id
    const whys = told.things.map((telling) => takeThing(work, message, telling, told, patient, reading.order))
    refused ??= whys.find((why) => why !== undefined)
    // A visit that is somebody else’s: the number of the visit may be wrong, or that of the person.
    if (whys.some((why) => why?.reason === 'another person')) continue
    takePatient(work, told.who, told.patient, reading.order)
    if (told.formerly) merge(work, told.formerly, told.who, reading.order)
    if (told.takesFrom) takePatient(work, told.takesFrom, onlyNumber(work, told.takesFrom), reading.order)
  }
  return refused
}

/** The numbers are looked at before anything is written: one wrong digit would write into another’s record. */
function mustBeTheirs(work: Work, { who, patient, things, formerly }: Told): void {
  const before = personOf(work, who.number).patient
  if (before && isAnotherPerson(before, patient)) {
    const words = 'This number belongs to somebody with another name, birth date or NHS number'
    throw new Invalid([{ path: 'PID-3', words, code: 'another person' }])
  }
  // Most merges join the record of somebody who came in unknown to their own, so names and birth dates may well differ. NHS numbers may not.
  const former = formerly && nhsNumberOf(personOf(work, formerly.number).patient)
  const number = nhsNumberOf(patient) ?? nhsNumberOf(before)
  if (former !== undefined && number !== undefined && former !== number) {
    const words = 'The two numbers belong to people with different NHS numbers'
    throw new Invalid([{ path: 'MRG-1', words, code: 'another person' }])
  }
  for (const { kind, key } of things) {
    const known = work.things.get(placeOf(kind, key))
    if (!known || kind === 'visit') continue
    const { by } = known.memory as { by: string }
    if (!isSame(work, by, who.number)) {
      const words = `This ${kind} belongs to somebody else`
      throw new Invalid([{ path: 'PID-3', words, code: 'another person' }])
    }
  }
}

function personOf(work: Work, number: string): Person {
  const person = work.people.get(number)
  if (!person) throw new Error('A person was not loaded with the batch')
  return person
}

function takePatient(work: Work, who: Who, said: PatientSaid, order: Order): void {
  const person = personOf(work, who.number)
  const thing = thingOf(work, 'person', who.number, who.number)
  const before: Patient & { id: string } = person.patient ?? { resourceType: 'Patient', id: person.id }
  const { patient, memory } = layPatient(before, thing.memory, said, order)
  if (person.patient === undefined || identityOf(patient) !== identityOf(before)) work.stirred.add(who.number)
  thing.memory = { ...thing.memory, ...memory }
  thing.changed = true
  person.patient = patient
  write(work, patient)
}

const identityOf = ({ identifier, birthDate, name }: Patient): string =>
  JSON.stringify([identifier?.map(({ value }) => value), birthDate, name])

const onlyNumber = (work: Work, who: Who): PatientSaid => ({
  identifier: identifiersOf(who, work.reader.source),
  cleared: [],
})

/** A number that no longer counts keeps its file; the two files become one person’s. */
function merge(work: Work, former: Who, into: Who, order: Order): void {
  if (former.number === into.number) return
  takePatient(work, former, onlyNumber(work, former), order)
  const [old, kept] = [former, into].map(({ number }) => thingOf(work, 'person', number, number))
  const person = personOf(work, former.number)
  if (!old || !kept || !person.patient) return
  const orders = { ...old.memory.orders }
  if (isNews(orders, 'active', order)) person.patient = { ...person.patient, active: false }
  write(work, person.patient)
  const same = new Set([...old.memory.same, ...kept.memory.same, former.number, into.number])
  const others = (number: string) => [...same].filter((each) => each !== number).sort()
  old.memory = { ...old.memory, orders, same: others(former.number) }
  kept.memory = { ...kept.memory, same: others(into.number) }
  work.merges.push({ from: former.number, to: into.number })
  for (const number of same) work.stirred.add(number)
}

function takeThing(
  work: Work,
  message: string,
  telling: Telling,
  { who }: Told,
  patient: string,
  order: Order,
): Quarantine | undefined {
  const about = { key: telling.key, number: who.number, patient, order }
  switch (telling.kind) {
    case 'visit':
      return takeVisit(work, message, about, telling.said)
    case 'report':
      takeReport(work, about, telling.said)
      return undefined
    case 'document':
      takeDocument(work, about, telling.said)
      return undefined
    default:
      takeAppointment(work, about, telling.said)
      return undefined
  }
}
