import { describe, expect, it } from 'vitest'
import { PathError } from './ast.ts'
import { compilePath } from './compile.ts'
import { itemsOf, plain, Typed } from './values.ts'

const person = {
  resourceType: 'Patient',
  id: 'p1',
  active: true,
  birthDate: '1950-06',
  _birthDate: { extension: [{ url: 'urn:time', valueDateTime: '1950-06-01T10:00:00+01:00' }] },
  name: [
    { use: 'official', family: 'Ward', given: ['Ada', null, 'May'] },
    { use: 'usual', given: ['Addie'] },
  ],
  deceasedBoolean: false,
  multipleBirthInteger: 2,
  contained: [{ resourceType: 'Organization', id: 'o1', name: 'Clinic' }],
  managingOrganization: { reference: '#o1' },
  generalPractitioner: [
    { reference: 'Practitioner/d1/_history/4' },
    { reference: 'http://elsewhere.example/Practitioner/d2' },
  ],
  contact: [{ period: { start: '2020-01-01', end: '2020-06' } }],
  extension: [{ url: 'urn:weight', valueQuantity: { value: 70.5, unit: 'kg' } }],
}

const constants = new Map([
  ['use', new Typed('code', 'usual')],
  ['born', new Typed('date', '1950-06-12')],
  ['two', new Typed('integer', 2)],
])

function run(expression: string, resource: unknown = person): unknown[] {
  const scope = { resource, node: resource, rowIndex: 3, item: resource, index: undefined, total: undefined }
  return itemsOf(compilePath(expression, { constants }).run(resource, scope)).map(plain)
}

describe('a FHIRPath expression', () => {
  it.each<[string, ...unknown[]]>([
    ['name.given', 'Ada', 'May', 'Addie'],
    ['Patient.name.family', 'Ward'],
    ['Observation.name.family'],
    ['name[1].given', 'Addie'],
    ['name[%two].given'],
    ['name.where(use = %use).given', 'Addie'],
    ["name.given.where($this.startsWith('A')).count()", 2],
    ['name.select(given.first())', 'Ada', 'Addie'],
    ['name.select(given[$index])', 'Ada'],
    ['name.exists(family.empty())', true],
    ['name.all(given.exists())', true],
    ['constructor'],
    ['__proto__'],
    ['`name`.family', 'Ward'],
    ['deceased', false],
    ['deceased.ofType(boolean)', false],
    ['deceased.ofType(dateTime)'],
    ['deceased is boolean', true],
    ['multipleBirth.ofType(integer) + 1', 3],
    ['(deceased as boolean).not()', true],
    ["birthDate.extension('urn:time').value.ofType(dateTime).exists()", true],
    ["extension('urn:weight').value.unit", 'kg'],
    ["extension('urn:weight').value.value + 0.1", 70.6],
    ['managingOrganization.resolve().name', 'Clinic'],
    ['getResourceKey()', 'Patient/p1'],
    ['generalPractitioner.getReferenceKey()', 'Practitioner/d1'],
    ['generalPractitioner.getReferenceKey(Organization)'],
    ['%rowIndex', 3],
    ['%resource.id', 'p1'],
    ["name.given.join(' ')", 'Ada May Addie'],
    ["telecom.value.join(',')", ''],
    ["iif(active, 'yes', 'no')", 'yes'],
    ['name.given | name.given', 'Ada', 'May', 'Addie'],
    ['(telecom.value | name.family | name.given).first()', 'Ward'],
    ["name.given.aggregate($this & $total, '')", 'AddieMayAda'],
    ["descendants().where($this = 'Clinic')", 'Clinic'],
    ['// nothing\n 1 /* one */ + 1', 2],
  ])('%s', (expression, ...expected) => {
    expect(run(expression)).toEqual(expected)
  })

  it.each<[string, ...unknown[]]>([
    // A missing value is neither true nor false, and only decides where the other side does.
    ['true and {}'],
    ['false and {}', false],
    ['{} and false', false],
    ['true or {}', true],
    ['{} or true', true],
    ['false or {}'],
    ['{} xor true'],
    ['true xor false', true],
    ['false implies {}', true],
    ['{} implies true', true],
    ['true implies {}'],
    ['{}.not()'],
    ['{} = 1'],
    ['1 = 1.0', true],
    ['(1 | 2) = (1 | 2)', true],
    ['(1 | 2) = 1', false],
    ["'a' ~ 'A'", true],
    ['{} ~ {}', true],
    ['2 in (1 | 2)', true],
    ['(1 | 2) contains 3', false],
  ])('logic: %s', (expression, ...expected) => {
    expect(run(expression)).toEqual(expected)
  })

  it.each<[string, ...unknown[]]>([
    ['0.1 + 0.2', 0.3],
    ['1.1 * 3', 3.3],
    ['7 div 2', 3],
    ['-7 mod 3', -1],
    ['1 / 0'],
    ['1 + 2 * 3', 7],
    ['-(2).abs()', -2],
    ["'a' + 'b'", 'ab'],
    ["'a' & {}", 'a'],
    ['(-2.5).round()', -3],
    ['1.005.round(2)', 1.01],
    ["'12'.toInteger()", 12],
    ["'x'.toInteger()"],
    ["'x'.convertsToInteger()", false],
    ['1.50.toString()', '1.50'],
    ["'Ab'.lower()", 'ab'],
    ["'abc'.substring(1, 1)", 'b'],
    ["'2021-02'.matches('^\\\\d{4}')", true],
    ['@2020-01-31 + 1 month', '2020-02-29'],
    ['@2020 < @2021', true],
    ['@2020 < @2020-05'],
    ['@2020-05 = @2020-05-01'],
    ['@2020-01-01T10:00:00Z = @2020-01-01T11:00:00+01:00', true],
    ['@T10:00 < @T11:00', true],
    ['contact.period.start < contact.period.end', true],
    ['birthDate < %born'],
  ])('sums: %s', (expression, ...expected) => {
    expect(run(expression)).toEqual(expected)
  })

  it.each<[string, ...unknown[]]>([
    ['1.587.lowBoundary()', 1.5865],
    ['1.587.highBoundary()', 1.5875],
    ['1.587.lowBoundary(2)', 1.58],
    ['1.587.highBoundary(2)', 1.59],
    ['(-1.587).lowBoundary(0)', -2],
    ['(-1.587).highBoundary(0)', -1],
    ['1.0.lowBoundary()', 0.95],
    ['1.lowBoundary()', 0.5],
    ['1.0.lowBoundary(30)'],
    ['birthDate.lowBoundary()', '1950-06-01'],
    ['birthDate.highBoundary()', '1950-06-30'],
    ['birthDate.highBoundary(4)', '1950'],
    ['@2014.lowBoundary(6)', '2014-01'],
    ['@2016-02.highBoundary()', '2016-02-29'],
    ['@2014-01-01T08.highBoundary(17)', '2014-01-01T08:59:59.999-12:00'],
    ['@2014-01-01T08:05:00Z.highBoundary()', '2014-01-01T08:05:00.999Z'],
    ['@2014-01-01T08:05:00.250+01:00.highBoundary()', '2014-01-01T08:05:00.250+01:00'],
    ['@T10:30.lowBoundary(9)', '10:30:00.000'],
    ['@T10:30.highBoundary(9)', '10:30:59.999'],
    ['contact.period.lowBoundary()', '2020-01-01T00:00:00.000+14:00'],
    ['contact.period.highBoundary()', '2020-06-30T23:59:59.999-12:00'],
    ['{}.lowBoundary()'],
    ["'text'.lowBoundary()"],
  ])('boundaries: %s', (expression, ...expected) => {
    expect(run(expression)).toEqual(expected)
  })

  it.each([
    ['@@', 0],
    ['name.', 5],
    ['name)', 4],
    ['name.nonsense()', 5],
    ['%nobody', 0],
    ['now()', 0],
    ['name.first(1)', 5],
    ['ofType(1)', 0],
    ["'open", 0],
  ])('refuses %s before it meets any data', (expression, at) => {
    const fault = expect(() => compilePath(expression, { constants }))
    fault.toThrow(PathError)
    fault.toThrow(expect.objectContaining({ at }))
  })

  it.each(['(', '-'])('refuses thousands of %s without running out of stack', (symbol) => {
    expect(() => compilePath(`${symbol.repeat(5000)}1`, { constants })).toThrow(PathError)
  })

  it.each(['name.family > name.given', "1 > 'a'", 'name + 1', 'name.given.single()', "'a'.abs()"])(
    'stops at %s when it meets the data',
    (expression) => expect(() => run(expression)).toThrow(PathError),
  )
})

describe('a number kept as its digits', () => {
  const json = JSON as unknown as { rawJSON: (text: string) => unknown }
  const resource = { resourceType: 'Observation', valueQuantity: { value: json.rawJSON('1.50') } }

  it('counts as a number', () => {
    expect(run('value.ofType(Quantity).value + 1', resource)).toEqual([2.5])
    expect(run('value.ofType(Quantity).value > 1.4', resource)).toEqual([true])
  })

  it('has the boundaries of the digits as written', () => {
    expect(run('value.ofType(Quantity).value.lowBoundary()', resource)).toEqual([1.495])
  })
})
