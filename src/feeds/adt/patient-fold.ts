import type { ContactPoint, Extension, Identifier, Patient } from '@medplum/fhirtypes'
import { nhsNumberSystem } from '../../people/index.ts'
import { isNews, type Order, type Orders } from '../fold/order.ts'
import type { PatientSaid } from './patient.fhir.ts'

/**
 * What has to be remembered of the messages about a person beside the Patient itself: of each part the order of what stands there, and what
 * each NHS number was said to be verified as, even while another number stands.
 */
export type PatientMemory = { orders: Orders; verified: Record<string, [Order, Extension]> }

export const nothingSaid: PatientMemory = { orders: {}, verified: {} }

const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'

/**
 * The Patient with what one message says laid over it: of each name, address, telephone number and so on the newest counts. The same
 * messages in any order, once or twice, give the same Patient. Whatever HL7 v2 cannot say stays as it came by another way.
 */
export function layPatient(
  before: Patient & { id: string },
  memory: PatientMemory,
  said: PatientSaid,
  order: Order,
): { patient: Patient & { id: string }; memory: PatientMemory } {
  const patient = { ...before }
  const orders = { ...memory.orders }
  const news = (part: string) => isNews(orders, part, order)
  for (const part of said.cleared) news(`no ${part}`)
  layList(patient, 'identifier', said.identifier, orders, order)
  layList(patient, 'name', said.name, orders, order)
  layList(patient, 'address', said.address, orders, order)
  layList(patient, 'telecom', said.telecom, orders, order)
  if (said.birthDate !== undefined && news('birthDate')) patient.birthDate = said.birthDate
  if (said.gender !== undefined && news('gender')) patient.gender = said.gender
  if (said.practice && news('practice')) patient.generalPractitioner = said.practice
  if (said.language && news('language')) patient.communication = [{ language: { text: said.language } }]
  if (said.ethnicity && news('ethnicity')) setExtension(patient, said.ethnicity)
  if (said.protectedAddress !== undefined) setProtection(patient, said.protectedAddress, orders, order)
  setDeath(patient, said, orders, order)
  const verified = verifiedAfter(memory, said, order)
  patient.identifier = identifiersWith(patient.identifier ?? [], verified)
  return { patient, memory: { orders, verified } }
}

type Lists = Pick<Patient, 'identifier' | 'name' | 'address' | 'telecom'>
type ListName = keyof Lists & string

/** What in a list is replaced together, such as the official names, and in which order the parts stand. */
const partsOf: { [Name in ListName]: (member: NonNullable<Lists[Name]>[number]) => string } = {
  identifier: ({ system }) => (system === nhsNumberSystem ? '' : (system ?? '~')),
  name: ({ use }) => rank(use, ['official', 'usual', 'nickname', 'maiden', 'old', 'temp']),
  address: ({ use }) => rank(use ?? 'home', ['home', 'temp', 'work', 'old', 'billing']),
  telecom: ({ system, use }) => `${rank(system, ['phone', 'email', 'fax'])} ${rank(use, telecomUses)}`,
}
const telecomUses = ['home', 'mobile', 'work']
const rank = (use: string | undefined, all: string[]): string => {
  const at = use === undefined ? -1 : all.indexOf(use)
  return `${at < 0 ? 9 : at} ${use ?? ''}`
}

/** What emptying a field takes away. */
const clearedBy = (list: ListName, member: object): string | undefined => {
  if (list === 'address') return 'no address'
  if (list !== 'telecom') return undefined
  return (member as ContactPoint).use === 'work' ? 'no telecom work' : 'no telecom home'
}

function layList<Name extends ListName>(
  patient: Patient,
  list: Name,
  said: Lists[Name] | undefined,
  orders: Orders,
  order: Order,
): void {
  type Member = NonNullable<Lists[Name]>[number]
  const partOf = partsOf[list] as (member: Member) => string
  let members = (patient[list] ?? []) as Member[]
  const hidden = (member: Member) => {
    const clear = clearedBy(list, member)
    const cleared = clear === undefined ? undefined : orders[clear]
    return cleared !== undefined && (orders[`${list} ${partOf(member)}`] ?? '') < cleared
  }
  for (const [part, each] of Map.groupBy((said ?? []) as Member[], partOf)) {
    if (isNews(orders, `${list} ${part}`, order))
      members = [...members.filter((old) => partOf(old) !== part), ...withKnown(each, members)]
  }
  if (said === undefined && !members.some(hidden)) return
  const shown = members.filter((member) => !hidden(member))
  shown.sort((one, other) => (partOf(one) < partOf(other) ? -1 : partOf(one) > partOf(other) ? 1 : 0))
  if (shown.length > 0) patient[list] = shown as Patient[Name]
  else delete patient[list]
}

/** The same number again keeps what HL7 v2 cannot say of it, such as who assigned it. */
const withKnown = <Member extends object>(said: Member[], before: Member[]): Member[] =>
  said.map((each) => {
    const { system, value } = each as Identifier
    const isSame = (old: Member) =>
      (old as Identifier).system === system && (old as Identifier).value === value
    return value === undefined ? each : { ...before.find(isSame), ...each }
  })

function verifiedAfter(
  memory: PatientMemory,
  said: PatientSaid,
  order: Order,
): Record<string, [Order, Extension]> {
  const number = said.identifier?.find(({ system }) => system === nhsNumberSystem)?.value
  if (number === undefined || said.verification === undefined) return memory.verified
  const before = memory.verified[number]
  return before && before[0] > order
    ? memory.verified
    : { ...memory.verified, [number]: [order, said.verification] }
}

/** The sender’s own number is the usual one where it has no NHS number to go by. */
function identifiersWith(identifiers: Identifier[], verified: PatientMemory['verified']): Identifier[] {
  const hasNhs = identifiers.some(({ system }) => system === nhsNumberSystem)
  return identifiers.map((each) => {
    if (each.system === nhsNumberSystem) {
      const extension = verified[each.value ?? '']?.[1]
      if (!extension) return each
      const others = each.extension?.filter(({ url }) => url !== extension.url) ?? []
      return { ...each, extension: [...others, extension] }
    }
    return each.use === undefined || each.use === 'usual' || each.use === 'secondary'
      ? { ...each, use: hasNhs ? 'secondary' : 'usual' }
      : each
  })
}

function setExtension(patient: Patient, extension: Extension): void {
  const others = (patient.extension ?? []).filter((each) => each.url !== extension.url)
  patient.extension = [...others, extension]
}

/** The label is taken away again only where a message set it: most systems write N for everybody. */
function setProtection(patient: Patient, isProtected: boolean, orders: Orders, order: Order): void {
  const wasSet = orders['protected'] !== undefined
  if (isProtected) isNews(orders, 'protected', order)
  else isNews(orders, 'not protected', order)
  const stands = (orders['protected'] ?? '') > (orders['not protected'] ?? '')
  const others = (patient.meta?.security ?? []).filter(
    (label) => label.system !== confidentiality || label.code !== 'R',
  )
  if (stands)
    patient.meta = { ...patient.meta, security: [...others, { system: confidentiality, code: 'R' }] }
  else if (wasSet && patient.meta) {
    const { security: _, ...meta } = patient.meta
    patient.meta = { ...meta, ...(others.length > 0 && { security: others }) }
  }
}

/** A death stands unless a newer message denied it; its time, if it was said since. */
function setDeath(patient: Patient, said: PatientSaid, orders: Orders, order: Order): void {
  if (said.dead === undefined && said.died === undefined) return
  if (said.dead !== undefined) isNews(orders, `dead ${said.dead}`, order)
  const died = said.died !== undefined && isNews(orders, 'died', order) ? said.died : patient.deceasedDateTime
  const denied = orders['dead no'] ?? ''
  // A time that came by another way stands under everything that a message says.
  const since = orders['died'] ?? (died === undefined ? '' : ' ')
  delete patient.deceasedBoolean
  delete patient.deceasedDateTime
  if (died !== undefined && since > denied) patient.deceasedDateTime = died
  else if ((orders['dead yes'] ?? '') > denied) patient.deceasedBoolean = true
}
