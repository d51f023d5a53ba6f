/** Signs in as a browser does, by the demonstration's own issuer; returns the session's cookie. */
export async function signIn(base: string, staff: string): Promise<string> {
  const jar = new Map<string, string>()
  let url = `${base}/sign-in`
  for (let hop = 0; hop < 8; hop++) {
    const choosing = url.includes('/choose/')
    const answer = await fetch(url, {
      method: choosing ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(choosing ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(choosing ? { body: new URLSearchParams({ staff }).toString() } : {}),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
      jar.set(name, value)
    }
    const session = jar.get('session')
    if (session) return `session=${session}`
    url = new URL(answer.headers.get('location') ?? '/', url).href
  }
  throw new Error(`${staff} could not sign in`)
}

/** An access token for a connected system, by OAuth 2 client credentials. */
export async function systemToken(base: string, client: string, secret: string): Promise<string> {
  const answer = await fetch(`${base}/demo-issuer/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  })
  return ((await answer.json()) as { access_token: string }).access_token
}

/** As a well-kept client: told that the service is busy, it waits as long as it was told and asks again. */
export async function fetchPatiently(url: string, init: RequestInit = {}): Promise<Response> {
  for (;;) {
    const answer = await fetch(url, init)
    const wait = answer.headers.get('retry-after')
    if (answer.status !== 503 || wait === null) return answer
    await answer.arrayBuffer()
    await new Promise((ready) => setTimeout(ready, Number(wait) * 1000))
  }
}
