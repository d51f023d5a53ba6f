import { z } from 'zod'
import { idFor, type RegionalEndpoint, traceHeaders } from '../../platform/index.ts'
import type { Push } from './push.ts'

/** What the region answered, or why it did not. Never what it said: that may hold a person's data. */
export type Delivery = { status?: number; problem?: string }

const patience = 30_000
const granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(300) })

/** The region's FHIR server: signs in by client credentials and sends nowhere but to its two addresses. */
export function openRegion(to: RegionalEndpoint, now: () => Date) {
  let token: { text: string; until: number } | undefined

  async function signIn(signal: AbortSignal): Promise<string> {
    if (token && token.until > now().getTime()) return token.text
    const pair = `${encodeURIComponent(to.clientId)}:${encodeURIComponent(to.clientSecret)}`
    const answer = await fetch(to.tokenUrl, {
      method: 'POST',
      redirect: 'error',
      signal,
      headers: {
        authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    })
    if (!answer.ok) throw new Error(`The token was refused with ${answer.status}`)
    const { access_token: text, expires_in: seconds } = granted.parse(await answer.json())
    token = { text, until: now().getTime() + (seconds - 10) * 1000 }
    return text
  }

  async function deliver(push: Push, closing: AbortSignal): Promise<Delivery> {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(patience)])
    try {
      const answer = await fetch(to.url, {
        method: 'POST',
        redirect: 'error',
        signal,
        headers: {
          authorization: `Bearer ${await signIn(signal)}`,
          'content-type': 'application/fhir+json',
          accept: 'application/fhir+json',
          'idempotency-key': push.key,
          'x-request-id': idFor(push.key),
          ...traceHeaders(),
        },
        body: push.body,
      })
      await answer.body?.cancel()
      if (answer.status === 401) token = undefined
      return answer.ok
        ? { status: answer.status }
        : { status: answer.status, problem: `The region answered ${answer.status}` }
    } catch (problem) {
      return { problem: wordsFor(problem) }
    }
  }
  return { deliver }
}

/** Why there was no answer, by its kind. */
function wordsFor(problem: unknown): string {
  const { name, message, cause } = problem as Error & { cause?: { code?: string } }
  if (name === 'TimeoutError') return `The region did not answer within ${patience / 1000} seconds`
  if (message.startsWith('The token')) return message
  return cause?.code ? `The region could not be reached (${cause.code})` : 'The region could not be reached'
}
