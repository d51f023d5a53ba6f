import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

type Entry = { resource?: unknown; request: { method: string; url: string } }

/** A regional record of the test's own: a token endpoint and a FHIR server that takes transactions, over real HTTP. */
export type Region = {
  endpoint: { url: string; tokenUrl: string; clientId: string; clientSecret: string }
  /** What it holds, by `Type/id`. */
  holds: Map<string, string>
  /** Each request that it took, refused or let fall. */
  asked: { key: string; status: number; places: string[] }[]
  /** How it answers from here on: a status, or nothing at all. */
  answers(how: 'well' | 'never' | number): void
  close(): Promise<void>
}

export async function aRegion(): Promise<Region> {
  let how: 'well' | 'never' | number = 'well'
  const holds = new Map<string, string>()
  const asked: Region['asked'] = []
  const tokens = new Set<string>()
  const server = createServer(async (request, response) => {
    const body = await textOf(request)
    if (request.url === '/token') {
      const given = Buffer.from(
        (request.headers.authorization ?? '').replace('Basic ', ''),
        'base64',
      ).toString()
      if (given !== 'place:a secret' && given !== 'place:a%20secret') return response.writeHead(401).end()
      const token = `token-${tokens.size}`
      tokens.add(token)
      response.setHeader('content-type', 'application/json')
      return response.end(JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: 300 }))
    }
    const known = tokens.has((request.headers.authorization ?? '').replace('Bearer ', ''))
    const status = !known ? 401 : how === 'well' ? 200 : how === 'never' ? 0 : how
    const entries = known ? (JSON.parse(body) as { entry: Entry[] }).entry : []
    asked.push({
      key: String(request.headers['idempotency-key']),
      status,
      places: entries.map((each) => each.request.url),
    })
    if (status === 0) return request.socket.destroy()
    if (status === 200) for (const entry of entries) apply(holds, entry)
    response.writeHead(status, { 'content-type': 'application/fhir+json' })
    return response.end('{"resourceType":"Bundle","type":"transaction-response"}')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    endpoint: { url: `${base}/fhir`, tokenUrl: `${base}/token`, clientId: 'place', clientSecret: 'a secret' },
    holds,
    asked,
    answers: (next) => {
      how = next
    },
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections()
        server.close(() => closed())
      }),
  }
}

function apply(holds: Map<string, string>, { resource, request: { method, url } }: Entry): void {
  if (method === 'DELETE') holds.delete(url)
  else holds.set(url, JSON.stringify(resource))
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
