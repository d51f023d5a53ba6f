import type { ContactPoint, Extension, HumanName, Identifier, Patient } from '@medplum/fhirtypes'
import { type Dice, diceFor } from '../dice.ts'
import { localNumber, NHS_NUMBER, ODS_CODE, PROTECTED_ADDRESS } from '../identifiers.ts'
import type { Address, Person } from '../people/person.ts'
import type { Organisation, Source } from '../place.ts'

const UK_CORE = 'https://fhir.hl7.org.uk'

/** Each kind of source numbers people in its own style. */
const LOCAL_STYLE: Record<string, (serial: number) => string> = {
  hospital: (n) => `R${1_400_000 + n * 17}`,
  community: (n) => `C${500_000 + n * 11}`,
  'mental-health': (n) => `MH${30_000 + n * 7}`,
  'social-care': (n) => `${7_000_000 + n * 13}`,
  hospice: (n) => `H${20_000 + n * 3}`,
  'general-practice': (n) => `${10_000 + n}`,
}

/** What a source of this kind calls the person. */
export const localNumberOf = (person: Pick<Person, 'serial'>, source: Pick<Source, 'kind'>): string =>
  LOCAL_STYLE[source.kind]?.(person.serial) ?? ''

/** Someone never registered has no number anywhere; social care was the last to be given it and lacks some. */
function heldNumber(person: Person, source: Source): string | null {
  return source.kind === 'social-care' && person.socialCareLacksNumber ? null : person.nhsNumber
}

function identifiers(person: Person, source: Source): Identifier[] {
  const number = heldNumber(person, source)
  const local: Identifier = {
    use: 'usual',
    system: localNumber(source.id),
    value: localNumberOf(person, source),
  }
  if (number === null) return [local]
  const verified: Extension = {
    url: `${UK_CORE}/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus`,
    valueCodeableConcept: {
      coding: [
        {
          system: `${UK_CORE}/CodeSystem/UKCore-NHSNumberVerificationStatusEngland`,
          code: '01',
          display: 'Number present and verified',
        },
      ],
    },
  }
  return [
    { extension: [verified], use: 'official', system: NHS_NUMBER, value: number },
    { ...local, use: 'secondary' },
  ]
}

/** The practice knows the middle names; most others were told only the first, and carers know the pet name. */
function names(person: Person, source: Source): HumanName[] {
  const given = source.kind === 'general-practice' ? [...person.given] : person.given.slice(0, 1)
  const official: HumanName = {
    use: 'official',
    family: person.family,
    given,
    ...(person.title && { prefix: [person.title] }),
  }
  const visits = ['community', 'social-care', 'hospice'].includes(source.kind)
  return person.knownAs && visits ? [official, { use: 'nickname', given: [person.knownAs] }] : [official]
}

function addressHeldBy(person: Person, source: Source, dice: Dice): Address {
  const missedTheMove = ['mental-health', 'social-care'].includes(source.kind) || dice.chance(0.3)
  const trusted = source.kind === 'general-practice' || person.protectedAddress
  return person.formerAddress && missedTheMove && !trusted ? person.formerAddress : person.address
}

const RELATIONSHIP_CODES: Record<string, { code: string; display: string }> = {
  wife: { code: 'WIFE', display: 'wife' },
  husband: { code: 'HUSB', display: 'husband' },
  daughter: { code: 'DAUC', display: 'daughter' },
  son: { code: 'SONC', display: 'son' },
  mother: { code: 'MTH', display: 'mother' },
  father: { code: 'FTH', display: 'father' },
  sister: { code: 'SIS', display: 'sister' },
  partner: { code: 'DOMPART', display: 'domestic partner' },
  friend: { code: 'FRND', display: 'unrelated friend' },
}

export function relationshipConcept(relationship: string) {
  const coding = RELATIONSHIP_CODES[relationship]
  const system = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode'
  return { ...(coding && { coding: [{ system, ...coding }] }), text: relationship }
}

/** The categories that the invented place uses; the data dictionary has more. */
const ETHNIC_CATEGORIES: Record<string, string> = {
  A: 'White - British',
  C: 'White - Any other White background',
  J: 'Asian or Asian British - Pakistani',
  N: 'Black or Black British - African',
}

function ethnicity({ ethnicity: code }: Person): Extension {
  const display = ETHNIC_CATEGORIES[code]
  return {
    url: `${UK_CORE}/StructureDefinition/Extension-UKCore-EthnicCategory`,
    valueCodeableConcept: {
      coding: [
        { system: `${UK_CORE}/CodeSystem/UKCore-EthnicCategoryEngland`, code, ...(display && { display }) },
      ],
    },
  }
}

/** Asked at registration, so held where people register: the practice and the hospital. */
function detail(person: Person): Partial<Patient> {
  if (!person.language) return { extension: [ethnicity(person)] }
  const { code, text } = person.language
  const interpreter = {
    url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired',
    valueBoolean: true,
  }
  const language = { coding: [{ system: 'urn:ietf:bcp:47', code, display: text }], text }
  return {
    extension: [ethnicity(person), interpreter],
    communication: [{ language, preferred: true }],
  }
}

function phones({ phone, mobile }: Person): ContactPoint[] {
  const point = (use: 'home' | 'mobile', value: string): ContactPoint => ({ system: 'phone', use, value })
  return [...(phone ? [point('home', phone)] : []), ...(mobile ? [point('mobile', mobile)] : [])]
}

/** The Patient as this source knows it: their own number, and the gaps and delays that real systems have. */
export function patientFor(
  person: Person,
  source: Source,
  organisation: Organisation,
  registeredWith: Organisation | undefined,
): Patient {
  const dice = diceFor(`${person.key}/${source.id}/patient`)
  const held = addressHeldBy(person, source, dice)
  const telecom = phones(person)
  const practice = source.kind === 'social-care' ? undefined : registeredWith
  return {
    resourceType: 'Patient',
    ...(person.protectedAddress && { meta: { security: [PROTECTED_ADDRESS] } }),
    ...(source.kind === 'general-practice' || source.kind === 'hospital' ? detail(person) : {}),
    identifier: identifiers(person, source),
    active: person.died === undefined,
    name: names(person, source),
    ...(telecom.length > 0 && { telecom }),
    gender: person.sex,
    birthDate: person.born,
    ...(person.died && { deceasedDateTime: person.died }),
    address: [
      { use: 'home', line: [held.line], city: held.town, postalCode: held.postcode, country: 'England' },
    ],
    ...(person.kin && {
      contact: [
        {
          relationship: [relationshipConcept(person.kin.relationship)],
          name: { text: person.kin.name },
          telecom: [{ system: 'phone', value: person.kin.phone }],
        },
      ],
    }),
    ...(practice && {
      generalPractitioner: [
        { identifier: { system: ODS_CODE, value: practice.code }, display: practice.name },
      ],
    }),
    ...(person.birthOrder && { multipleBirthInteger: person.birthOrder }),
    managingOrganization: {
      identifier: { system: ODS_CODE, value: organisation.code },
      display: organisation.name,
    },
  }
}
