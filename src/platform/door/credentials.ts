import type { IncomingHttpHeaders } from 'node:http'

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
