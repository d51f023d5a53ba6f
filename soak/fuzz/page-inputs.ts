import { oneOf } from '../random.ts'
import { encode, type Input, type Known, type Random, request } from './input.ts'
import { changeBytes, nasty } from './mutate.ts'

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

export function page(random: Random, { cookies, ref }: Known): Input {
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

export function form(random: Random, { cookies, ref }: Known): Input {
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

export function csv(random: Random, { community }: Known): Input {
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

export function multipart(random: Random, { cookies, ref }: Known): Input {
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
