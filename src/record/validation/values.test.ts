import { describe, expect, it } from 'vitest'
import { allergy, coded, condition, encounter, errorsIn, extension, found, patient } from './samples.ts'

describe('a value', () => {
  it.each<[string, unknown]>([
    ['birthDate', '2021-02-29'],
    ['birthDate', '1900-02-29'],
    ['birthDate', '2021-13'],
    ['birthDate', '21-1-1'],
    ['birthDate', '2021-01-01T10:00:00Z'],
    ['birthDate', '0000'],
    ['birthDate', 19500601],
    ['active', 'true'],
    ['active', 1],
    ['multipleBirthInteger', 1.5],
    ['multipleBirthInteger', '1'],
    ['multipleBirthInteger', 2 ** 31],
    ['deceasedDateTime', '2021-01-01T10:00:00'],
    ['deceasedDateTime', '2021-01-01T10:00Z'],
    ['deceasedDateTime', '2021-01-01T24:00:00Z'],
    ['deceasedDateTime', '2021-02-30T10:00:00Z'],
    ['language', ' en'],
    ['language', 'en\tgb'],
    ['implicitRules', 'a b'],
    ['id', 'has_underscore'],
    ['id', 'x'.repeat(65)],
    ['gender', 'f'],
  ])('%s cannot be %j', (name, value) => {
    expect(errorsIn({ ...patient, [name]: value }).map(({ path }) => path)).toEqual([`Patient.${name}`])
  })

  it.each<[string, unknown]>([
    ['valueDecimal', '1.0'],
    ['valueDecimal', Number.NaN],
    ['valueBase64Binary', 'abc'],
    ['valueBase64Binary', 'ab=c'],
    ['valueUuid', 'urn:uuid:1'],
    ['valueOid', 'urn:oid:3.1'],
    ['valueTime', '10:00'],
    ['valueTime', '25:00:00'],
    ['valueInstant', '2021-01-01'],
    ['valuePositiveInt', 0],
    ['valueUnsignedInt', -1],
    ['valueString', 'a\u0000b'],
    ['valueString', 'a\ud800'],
    ['valueMarkdown', ''],
  ])('%s cannot be %j', (name, value) => {
    expect(errorsIn(extension({ [name]: value })).map(({ path }) => path)).toEqual([
      `Patient.extension[0].${name}`,
    ])
  })

  it.each([
    '<p>no div</p>',
    '<div></div>',
    '<div><p>crossed</div></p>',
    '<div>a</div><div>b</div>',
    '<div>a < b</div>',
    '<div><script>1</script></div>',
    '<div><p onclick="x()">a</p></div>',
    '<div><a href="javascript:x()">a</a></div>',
    '<div><p>open</div>',
    'text',
  ])('a narrative cannot be %s', (div) => {
    expect(found({ ...patient, text: { status: 'generated', div } })).toEqual(['invalid Patient.text.div'])
  })
})

describe('a code', () => {
  it.each<[string, unknown, string]>([
    [
      'of a list',
      { ...patient, contact: [{ gender: 'x', name: { text: 'a' } }] },
      'code-invalid Patient.contact[0].gender',
    ],
    [
      'in a list',
      {
        ...allergy,
        clinicalStatus: coded('allergyintolerance-clinical', 'active'),
        category: ['food', 'pets'],
      },
      'code-invalid AllergyIntolerance.category[1]',
    ],
    [
      'of the wrong system',
      { ...condition, clinicalStatus: coded('condition-ver-status', 'active') },
      'code-invalid Condition.clinicalStatus',
    ],
    [
      'given only as words',
      { ...condition, clinicalStatus: { text: 'active' } },
      'code-invalid Condition.clinicalStatus',
    ],
  ])('%s', (_, resource, issue) => expect(found(resource)).toEqual([issue]))
})

describe('a reference', () => {
  const subject = (reference: unknown, more = {}) => ({ ...encounter, subject: { reference, ...more } })
  it.each<[string, unknown, string]>([
    ['of no known form', subject('Ada Ward'), 'value Encounter.subject.reference'],
    ['to no known type', subject('Person2/1'), 'value Encounter.subject.reference'],
    ['to an id that is none', subject('Patient/a_b'), 'value Encounter.subject.reference'],
    [
      'to a wrong type elsewhere',
      subject('https://other.example/fhir/Medication/1'),
      'value Encounter.subject.reference',
    ],
    [
      'to a wrong type by its own word',
      subject(undefined, { type: 'Medication', display: 'x' }),
      'value Encounter.subject.type',
    ],
    ['to nothing that is contained', subject('#p'), 'not-found Encounter.subject.reference'],
    [
      'to a contained resource of the wrong type',
      { ...subject('#p'), contained: [{ resourceType: 'Medication', id: 'p' }] },
      'value Encounter.subject.reference',
    ],
    ['by search outside a transaction', subject('Patient?identifier=1'), 'value Encounter.subject.reference'],
  ])('%s', (_, resource, issue) => expect(found(JSON.parse(JSON.stringify(resource)))).toEqual([issue]))
})
