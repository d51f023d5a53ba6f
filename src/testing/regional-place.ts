import type { Place } from '../access/index.ts'
import { systemToken } from './http.ts'
import type { WorldPerson } from './worlds.ts'

/** The place as it is once somebody has switched the regional record on. */
export const connected = (place: Place): Place => ({
  ...place,
  regionalRecord: {
    name: 'Regional Care Record',
    organisation: 'ZREG',
    client: 'region',
    demoSecret: 'region-secret',
  },
  organisations: [
    ...place.organisations,
    { code: 'ZREG', name: 'Regional Care Record', short: 'Region', kind: 'regional-record' },
  ],
  agreements: [
    ...place.agreements,
    { organisation: 'ZREG', agreement: 'Regional agreement', from: '2020-01-01', until: null },
  ],
})

/** Somebody registered with a practice, with something to share, something for safeguarding, and something restricted. */
export const someone = (more: Partial<WorldPerson> = {}): WorldPerson => ({
  number: 0,
  own: [],
  practice: 'ZP001',
  protectedAddress: false,
  objection: false,
  files: [
    {
      source: 'zp001-gp',
      ward: null,
      stay: 'now',
      team: null,
      items: [
        { mark: '', type: 'Condition', restricted: false, safeguarding: false },
        { mark: '', type: 'Flag', restricted: false, safeguarding: true },
        { mark: '', type: 'Observation', restricted: true, safeguarding: false },
      ],
    },
  ],
  ...more,
})

type Asked = {
  status: number
  text: string
  json: { id?: string; entry?: { resource: { id: string } }[]; total?: number }
}

/** Asks the FHIR API. */
export async function askFhir(
  base: string,
  token: string,
  method: string,
  path: string,
  body?: object,
  headers: object = {},
): Promise<Asked> {
  const answer = await fetch(`${base}/fhir${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json', ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  return { status: answer.status, text, json: JSON.parse(text) }
}

/** As the demonstration’s practice sends. */
export async function practiceSends(
  base: string,
  method: string,
  path: string,
  body?: object,
): Promise<Asked> {
  return askFhir(base, await systemToken(base, 'demo-practice', 'demo-practice-secret'), method, path, body)
}
