import { personBundle, resourceFor } from '../../benches/people.ts'
import { oneOf } from '../random.ts'
import { encode, type Input, type Known, type Random, request } from './input.ts'
import { changeBytes, changeJson, nasty, oddText } from './mutate.ts'

export function bundle(random: Random, { bearer }: Known): Input {
  const sound = personBundle(90_000 + Math.floor(random() * 1000), 2 + Math.floor(random() * 6))
  const body = oddText(random, JSON.stringify(changeJson(random, sound)))
  return fhir(
    random,
    'bundle',
    'POST',
    oneOf(random, ['/fhir', '/fhir', '/fhir/$process-message', '/fhir/Bundle']),
    bearer,
    body,
  )
}

export function resource(random: Random, { bearer, patient }: Known): Input {
  const sound = resourceFor(1, Math.floor(random() * 5), `Patient/${patient}`)
  const changed = changeJson(random, sound)
  const path = oneOf(random, ['', `/${oneOf(random, ['abc', '%00', 'a'.repeat(300), '../x', '__proto__'])}`])
  const type = oneOf(random, [sound.resourceType, 'Patient', 'Nonsense', '__proto__', 'Binary'])
  const body = random() < 0.6 ? JSON.stringify(changed) : oddText(random, JSON.stringify(changed))
  return fhir(
    random,
    'resource',
    path ? oneOf(random, ['PUT', 'PATCH', 'DELETE']) : 'POST',
    `/fhir/${type}${path}`,
    bearer,
    body,
  )
}

function fhir(
  random: Random,
  name: string,
  method: string,
  path: string,
  bearer: string,
  body: string,
): Input {
  const type =
    random() < 0.9
      ? 'application/fhir+json'
      : oneOf(random, [
          'application/json-patch+json',
          'application/fhir+xml',
          '',
          'text/plain; charset=utf-7',
          'multipart/form-data',
        ])
  const bytes = random() < 0.85 ? Buffer.from(body) : changeBytes(random, Buffer.from(body))
  return {
    name,
    way: 'http',
    isFhir: true,
    bytes: request(method, path, { authorization: `Bearer ${bearer}`, 'content-type': type }, bytes),
  }
}

const parameters = [
  'identifier',
  'patient',
  'subject',
  'family',
  'birthdate',
  'code',
  'date',
  '_id',
  '_count',
  '_lastUpdated',
  '_sort',
  '_include',
  '_revinclude',
  '_has:Observation:patient:code',
  '_summary',
  '_elements',
  '_page',
  '_cursor',
  'patient.identifier',
  'constructor',
  '__proto__',
  'value-quantity',
]

export function search(random: Random, { bearer, patient }: Known): Input {
  const type = oneOf(random, [
    'Patient',
    'Observation',
    'Condition',
    'Encounter',
    'Slot',
    'ServiceRequest',
    'Nothing',
  ])
  const values = [
    ...nasty.map(encode),
    ...nasty.filter((each) => /^[\x21-\x7e]*$/.test(each)),
    `Patient/${patient}`,
    'ge2020',
    'eq',
    'ap2026-13',
    'http://x.example|y',
    '%',
    '%c0%80',
    'a,b\\,c',
    'Observation:subject:*',
    '-date,,_id',
  ]
  const asked = Array.from(
    { length: 1 + Math.floor(random() * 4) },
    () =>
      `${oneOf(random, parameters)}${oneOf(random, ['', ':exact', ':missing', ':not', ':Patient', ':of-type', ':'])}=${oneOf(random, values)}`,
  )
  const path = `/fhir/${type}?${asked.join(oneOf(random, ['&', '&', '&&', ';']))}`.replace(
    /[^\x21-\x7e]/g,
    '?',
  )
  return {
    name: 'search',
    way: 'http',
    isFhir: true,
    bytes: request('GET', path, { authorization: `Bearer ${bearer}` }),
  }
}

export function header(random: Random, { bearer, patient }: Known): Input {
  const names = [
    'accept',
    'if-match',
    'if-none-match',
    'if-none-exist',
    'if-modified-since',
    'prefer',
    'nhsd-target-identifier',
    'x-request-id',
    'x-practitioner-name',
    'content-type',
    'content-encoding',
    'expect',
    'range',
    'host',
    'origin',
    'sec-fetch-site',
    'cookie',
    'accept-encoding',
    'x-http-method-override',
  ]
  const values = [
    ...nasty,
    'W/"1"',
    'W/"',
    '"*"',
    'e30=',
    'return=minimal',
    'bytes=0-',
    'gzip',
    '100-continue',
    'session=; session=x',
    'application/fhir+xml',
    'identifier=a|b&identifier=c',
  ]
  const odd = Object.fromEntries(
    Array.from({ length: 1 + Math.floor(random() * 3) }, () => [
      oneOf(random, names),
      oneOf(random, values)
        .replace(/[^\x20-\x7e]/g, '?')
        .slice(0, 3000),
    ]),
  )
  const sound = { authorization: `Bearer ${bearer}`, 'content-type': 'application/fhir+json' }
  const write = random() < 0.5
  return {
    name: 'header',
    way: 'http',
    isFhir: true,
    bytes: request(
      write ? 'POST' : 'GET',
      write ? '/fhir/Observation' : `/fhir/Patient/${patient}`,
      { ...sound, ...odd },
      write ? Buffer.from(JSON.stringify(resourceFor(1, 5, `Patient/${patient}`))) : undefined,
    ),
  }
}

export function token(random: Random, { bearer, cookies }: Known): Input {
  const kinds = [
    bearer,
    bearer.split('.').slice(0, 2).join('.'),
    'a.b.c',
    'null',
    '',
    Buffer.from('{"alg":"none"}').toString('base64url'),
  ]
  const changed = (text: string) =>
    changeBytes(random, Buffer.from(text))
      .toString('latin1')
      .replace(/[^\x21-\x7e]/g, '')
  const headers =
    random() < 0.5
      ? { authorization: `Bearer ${changed(oneOf(random, kinds))}` }
      : { cookie: changed(oneOf(random, cookies)) }
  return {
    name: 'token',
    way: 'http',
    isFhir: true,
    bytes: request('GET', '/fhir/Patient?identifier=1', headers),
  }
}
