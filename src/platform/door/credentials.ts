import type { IncomingHttpHeaders } from 'node:http'
import type { Credentials } from './keeper.ts'

/** What a request brings to say who asks; nobody has looked yet whether it is anybody's. */
export function credentialsOf({ cookie, authorization }: IncomingHttpHeaders): {
  session: string | undefined
  bearer: string | undefined
} {
  return {
    session: /(?:^|;\s*)session=([^;]+)/.exec(cookie ?? '')?.[1],
    bearer: /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1],
  }
}

const whoAsksThere = ['id', 'name', 'role', 'organisation'] as const

/** The practitioner for whom another record system asks: four headers, percent-encoded where a name needs it; all of them or none. */
export function onBehalfOf(headers: IncomingHttpHeaders): Credentials['onBehalfOf'] {
  const given = whoAsksThere.map((what) => headers[`x-practitioner-${what}`])
  const [id, name, role, organisation] = given.map((each) => (typeof each === 'string' ? decoded(each) : ''))
  return id && name && role && organisation ? { id, name, role, organisation } : undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).trim().slice(0, 200)
  } catch {
    return ''
  }
}
