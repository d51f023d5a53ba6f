import { z } from 'zod'
import type { Issuer } from '../issuer.ts'

const document = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  introspection_endpoint: z.url().optional(),
  revocation_endpoint: z.url().optional(),
})

export type Discovery = z.output<typeof document>

/** The issuer says itself where everything is. Asked once; an issuer that could not be reached is asked again. */
export function discovering(issuer: () => Issuer): () => Promise<Discovery> {
  let found: Promise<Discovery> | undefined
  return () => {
    found ??= ask(issuer().url)
    found.catch(() => {
      found = undefined
    })
    return found
  }
}

async function ask(issuer: string): Promise<Discovery> {
  const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  return document.parse(await answer.json())
}
