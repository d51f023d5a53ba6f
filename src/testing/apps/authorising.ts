import { createHash, randomBytes } from 'node:crypto'
import type { SmartPlace, Somebody } from './smart-place.ts'
import { type Landed, type Visitor, visitor } from './visitor.ts'

/** An app that asks for a token as SMART App Launch says, and the practitioner who answers, step by step; for tests. */
export type Asking = {
  client: string
  redirect: string
  scope: string
  launch?: string
  /** Whatever is to be other than it should. */
  changed?: Record<string, string>
  leaveOut?: string[]
}

export function authorising(
  place: SmartPlace,
  { client, redirect, scope, launch, changed = {}, leaveOut = [] }: Asking,
) {
  const verifier = randomBytes(32).toString('base64url')
  const { base } = place.app
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    redirect_uri: redirect,
    scope,
    state: 'state-of-the-app',
    aud: `${base}/fhir`,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(launch && { launch }),
    ...changed,
  })
  for (const name of leaveOut) query.delete(name)
  const url = `${base}/demo-issuer/auth?${query}`

  /** Begins, signs in where asked, and stops at the page that asks about the app. */
  async function begin(who: Visitor, staff: string): Promise<Landed> {
    const page = await who.go(url)
    return page.url.pathname.includes('/choose/') ? who.chooseStaff(page, staff) : page
  }

  /** Takes what came back with the browser to the token endpoint. */
  async function exchange(
    landed: Landed,
    headers: Record<string, string> = {},
    fields: Record<string, string> = {},
  ) {
    const code = landed.url.searchParams.get('code') ?? ''
    return token(
      place,
      {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirect,
        client_id: client,
        code_verifier: verifier,
        ...fields,
      },
      headers,
    )
  }
  return { url, begin, exchange }
}

export async function token(
  place: SmartPlace,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const answer = await fetch(`${place.app.base}/demo-issuer/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  })
  return {
    status: answer.status,
    headers: answer.headers,
    json: (await answer.json()) as Record<string, string>,
  }
}

/** On the page that asks about whom: finds the person and comes to the page that asks for consent. */
export async function chooseThe(who: Visitor, page: Landed, person: Somebody): Promise<Landed> {
  const [year = '', month = '', day = ''] = person.born.split('-')
  const found = await who.go(`${page.url.pathname}/find`, { nhsNumber: person.nhsNumber, day, month, year })
  return who.go(/href="(\/apps\/asking\/[^"]+\/people\/[^"]+)"/.exec(found.text)?.[1] ?? 'nobody-found')
}

export const allow = (who: Visitor, page: Landed): Promise<Landed> => who.go(`${page.url.pathname}/allow`, {})
export const refuse = (who: Visitor, page: Landed): Promise<Landed> =>
  who.go(`${page.url.pathname.split('/people/')[0]}/refuse`, {})

/** An app opened by itself about somebody, up to its token. */
export async function standalone(
  place: SmartPlace,
  asking: Asking,
  staff: string,
  person: Somebody,
  headers: Record<string, string> = {},
) {
  const who = visitor(place.app.base)
  const flow = authorising(place, asking)
  const consent = await chooseThe(who, await flow.begin(who, staff), person)
  const landed = await allow(who, consent)
  return { who, consent, landed, flow, ...(await flow.exchange(landed, headers)) }
}
