import { hospitalDay } from '../../benches/hospital.ts'
import { personBundle, resourceFor } from '../../benches/people.ts'
import { oneOf } from '../random.ts'
import { changeBytes, changeJson, nasty, oddText } from './mutate.ts'

type Random = () => number

/** What goes over the wire, whole, and by which way. `isProgram`: an answer in FHIR is due. */
export type Input = { name: string; way: 'http' | 'mllp'; bytes: Buffer; isFhir: boolean }

/** Signed in as a system and as practitioners; somebody there is a record of. */
export type Known = { bearer: string; community: string; cookies: string[]; ref: string; patient: string }

const day = hospitalDay()

/** One input, of a kind and changed as chance has it. */
export function nextInput(random: Random, known: Known): Input {
  const kinds = [
    hl7,
    hl7,
    bundle,
    resource,
    resource,
    search,
    search,
    page,
    form,
    csv,
    multipart,
    header,
    token,
  ]
  const input = oneOf(random, kinds)(random, known)
  // Now and then the bytes of the whole request are changed as well, its own framing included.
  return random() < 0.1
    ? {
        ...input,
        name: `${input.name}, bytes changed`,
        bytes: changeBytes(random, input.bytes),
        isFhir: false,
      }
    : input
}

function hl7(random: Random): Input {
  const segments = day.next().text.split('\r')
  const kinds: (() => string)[] = [
    () => segments.join('\r'),
    () => segments.filter(() => random() > 0.2).join('\r'),
    () => segments.map((each) => changedField(random, each)).join('\r'),
    () => [...segments, ...segments].join('\r'),
    () => segments.join('\n'),
    () => segments.join('\r').replace('|^~\\&|', oneOf(random, ['|^~\\&#|', '||', '^|~\\&^', '|^^^^|', '|'])),
    () => segments.join('\r').replace(/\|[^|]*\|2\.4/, '|P|9.9'),
    () => segments.map((each) => each.repeat(1 + Math.floor(random() * 30))).join('\r'),
    () =>
      `${segments.join('\r')}OBX|1|ED|X^Y^L||^application^pdf^Base64^${'A'.repeat(20_000)}\\X00FF\\\\Z\\|`,
  ]
  const text = Buffer.from(oneOf(random, kinds)(), oneOf(random, ['utf8', 'latin1', 'utf16le']))
  const changed = random() < 0.4 ? changeBytes(random, text) : text
  const frames: (() => Buffer)[] = [
    () => framed(changed),
    () => framed(changed),
    () => framed(changed),
    () => Buffer.concat([framed(changed), framed(changed)]),
    () => Buffer.concat([Buffer.from('noise'), framed(changed)]),
    () => Buffer.concat([Buffer.from([0x0b]), changed, Buffer.from([0x1c])]),
    () => Buffer.concat([Buffer.from([0x0b, 0x0b]), changed, Buffer.from([0x1c, 0x1c, 0x0d, 0x0d])]),
    () => changed,
  ]
  return { name: 'HL7', way: 'mllp', bytes: oneOf(random, frames)(), isFhir: false }
}

const framed = (message: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x0b]), message, Buffer.from([0x1c, 0x0d])])

function changedField(random: Random, segment: string): string {
  const fields = segment.split('|')
  const at = Math.floor(random() * fields.length)
  if (random() < 0.6)
    fields[at] = oneOf(random, [...nasty, '^^^^', '~~~', '\\H\\', '\\XZZ\\', '""', '20269999', '&&&'])
  return fields.join('|')
}

function bundle(random: Random, { bearer }: Known): Input {
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

function resource(random: Random, { bearer, patient }: Known): Input {
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

function search(random: Random, { bearer, patient }: Known): Input {
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

const encode = (text: string): string => encodeURIComponent(text.toWellFormed())

const pages = [
  '',
  '/timeline',
  '/results',
  '/problems',
  '/documents',
  '/medicines',
  '/encounters',
  '/frailty',
  '/looked',
  '/not-theirs',
  '/reason',
]

function page(random: Random, { cookies, ref }: Known): Input {
  const who = oneOf(random, [ref, ref, ...nasty.map(encode), '00000000-0000-0000-0000-000000000000'])
  const asked = `?${oneOf(random, ['from', 'to', 'kind', 'source', 'page', 'items', 'before', 'after', '__proto__', 'sort'])}=${encode(oneOf(random, nasty))}`
  const others = [
    '/',
    '/files',
    '/feeds/messages',
    '/feeds/quarantine',
    '/matching',
    '/caseload-in-hospital',
    '/wrong-person',
    '/access-reviews',
    '/nothing',
    `/${encode(oneOf(random, nasty))}`,
  ]
  const path = random() < 0.6 ? `/people/${who}${oneOf(random, pages)}` : oneOf(random, others)
  return {
    name: 'page',
    way: 'http',
    isFhir: false,
    bytes: request('GET', path + asked, { cookie: oneOf(random, cookies) }),
  }
}

function form(random: Random, { cookies, ref }: Known): Input {
  const path = oneOf(random, [
    `/people/${ref}/reason`,
    `/people/${ref}/not-theirs`,
    `/people/${ref}/break-glass`,
    '/people/find',
    '/matching/find',
    '/matching/superseded',
    '/matching/trace-list',
    '/sign-out',
  ])
  const names = [
    'reason',
    'words',
    'item',
    'items',
    'why',
    'family',
    'birthDate',
    'nhsNumber',
    'postcode',
    '__proto__',
    'constructor',
    'list',
    'day',
    'month',
    'year',
  ]
  const fields = Array.from(
    { length: Math.floor(random() * 6) },
    () =>
      `${oneOf(random, names)}${oneOf(random, ['', '[]', '[a]'])}=${oneOf(random, [encode(oneOf(random, nasty)), '%zz', 'with me'])}`,
  )
  const type =
    random() < 0.9
      ? 'application/x-www-form-urlencoded'
      : oneOf(random, ['application/json', 'text/csv', 'multipart/form-data'])
  return {
    name: 'form',
    way: 'http',
    isFhir: false,
    bytes: request(
      'POST',
      path,
      { cookie: oneOf(random, cookies), 'content-type': type },
      Buffer.from(fields.join('&')),
    ),
  }
}

function csv(random: Random, { community }: Known): Input {
  const head =
    'Extract date,Team,Person ID,NHS number,Family name,Given name,Date of birth,Since,Until,Reason'
  const line = () =>
    ['2026-06-01', 'rfr-dn-north', 'F1', '9990001235', 'Fuzz', 'Una', '1950-03-04', '2026-01-01', '', 'x']
      .map((cell) => (random() < 0.2 ? oneOf(random, [...nasty, '"', '"a', '=1+1']) : cell))
      .join(oneOf(random, [',', ',', ';', '\t']))
  const text = [
    random() < 0.9 ? head : oneOf(random, nasty),
    ...Array.from({ length: Math.floor(random() * 6) }, line),
  ].join(oneOf(random, ['\r\n', '\n', '\r']))
  const bytes =
    random() < 0.5
      ? Buffer.from(text)
      : changeBytes(random, Buffer.from(text, oneOf(random, ['utf8', 'latin1', 'utf16le'])))
  return {
    name: 'CSV',
    way: 'http',
    isFhir: false,
    bytes: request(
      'POST',
      `/files/caseloads?name=${encode(oneOf(random, nasty)).slice(0, 300)}`,
      { authorization: `Bearer ${community}`, 'content-type': 'text/csv' },
      bytes,
    ),
  }
}

function multipart(random: Random, { cookies, ref }: Known): Input {
  const edge = oneOf(random, ['edge', 'x'.repeat(70), '--', "'"])
  const part = (name: string, more: string, content: string) =>
    `--${edge}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`
  const body = [
    part('dataset', '', oneOf(random, nasty)),
    part(
      oneOf(random, ['file', 'content', '__proto__']),
      `; filename="${oneOf(random, ['a.csv', 'a.pdf', 'a.html', '../a.txt', 'a'])}"\r\nContent-Type: text/csv`,
      oneOf(random, ['%PDF-1.7 ', '<html>', ...nasty]),
    ),
    part('title', '', oneOf(random, nasty)),
    `--${edge}--\r\n`,
  ].join('')
  const bytes = random() < 0.5 ? Buffer.from(body) : changeBytes(random, Buffer.from(body))
  const path = oneOf(random, ['/files/send', `/people/${ref}/documents/new`, `/people/${ref}/reason`])
  return {
    name: 'multipart',
    way: 'http',
    isFhir: false,
    bytes: request(
      'POST',
      path,
      { cookie: oneOf(random, cookies), 'content-type': `multipart/form-data; boundary=${edge}` },
      bytes,
    ),
  }
}

function header(random: Random, { bearer, patient }: Known): Input {
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

function token(random: Random, { bearer, cookies }: Known): Input {
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

function request(method: string, path: string, headers: Record<string, string>, body?: Buffer): Buffer {
  const all = {
    host: 'localhost',
    connection: 'close',
    ...headers,
    ...(body && { 'content-length': String(body.length) }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`),
    body ?? Buffer.alloc(0),
  ])
}
