import { Agent, request } from 'node:http'
import { signIn, systemToken } from '../../src/testing/http.ts'
import type { Ledger } from './ledger.ts'

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string }
export type Asked = {
  method: 'GET' | 'POST' | 'PUT'
  path: string
  as: Who
  body?: string
  headers?: Record<string, string>
}
/** A connected system, or a practitioner. */
export type Who = { client: string } | { staff: string }

/** Calls the product as systems and practitioners do, and notes every answer that the audit must hold. */
export function callerOf(base: string, ledger: () => Ledger) {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const credentials = new Map<string, Promise<Record<string, string>>>()
  const signedIn = (who: Who): Promise<Record<string, string>> => {
    const name = 'client' in who ? who.client : who.staff
    const known = credentials.get(name) ?? signInAs(base, who)
    credentials.set(name, known)
    known.catch(() => credentials.delete(name))
    return known
  }
  return {
    /** @throws when there is no answer: what was asked may have been done or not */
    async call({ method, path, as, body, headers }: Asked): Promise<Answer> {
      const answer = await ask(
        base + path,
        { method, agent, headers: { ...headers, ...(await signedIn(as)) } },
        body,
      )
      const location = String(answer.headers['location'] ?? '')
      const turnedAway = answer.status === 401 || location.startsWith('/sign-in')
      if (turnedAway) credentials.delete('client' in as ? as.client : as.staff)
      else if (answer.status < 400) ledger().answers.add(String(answer.headers['x-audit-id']))
      return turnedAway ? { ...answer, status: 401 } : answer
    },
    close: () => agent.destroy(),
  }
}
export type Caller = ReturnType<typeof callerOf>

async function signInAs(base: string, who: Who): Promise<Record<string, string>> {
  if ('staff' in who) return { cookie: await signIn(base, who.staff) }
  return { authorization: `Bearer ${await systemToken(base, who.client, `${who.client}-secret`)}` }
}

function ask(url: string, options: Parameters<typeof request>[1], body?: string): Promise<Answer> {
  return new Promise((done, broken) => {
    const going = request(url, options, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', broken)
      answer.on('end', () =>
        done({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(parts).toString(),
        }),
      )
    })
    going.on('error', broken)
    going.setTimeout(60_000, () => going.destroy(new Error('No answer for a minute')))
    going.end(body)
  })
}
