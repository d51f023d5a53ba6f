/** What the FHIR API answers; `json` is any, as a test reads it. */
export type FhirAnswered = {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of it, it says itself
  json: any
}

/** Asks the FHIR API as a system with a token or as a practitioner with a session's cookie. A body that is text is sent as it is. */
export const fhirAs =
  (base: string, by: { token?: string; cookie?: string }) =>
  async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<FhirAnswered> => {
    const answer = await fetch(
      path.startsWith('http') ? path : `${base}/fhir${path === '' ? '' : `/${path}`}`,
      {
        method,
        headers: {
          ...(by.token ? { authorization: `Bearer ${by.token}` } : {}),
          ...(by.cookie ? { cookie: by.cookie } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      },
    )
    const text = await answer.text()
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      json:
        /^[[{]/.test(text) && !answer.headers.get('content-type')?.includes('ndjson')
          ? JSON.parse(text)
          : undefined,
    }
  }

export type AskFhir = ReturnType<typeof fhirAs>
