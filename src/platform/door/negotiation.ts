import type { FastifyRequest } from 'fastify'

const json = new Set(['application/fhir+json', 'application/json', 'text/json', 'json'])

/**
 * Whether what is asked for can be answered: FHIR R4 as JSON, or what the operation says that it answers with. `_format` goes before Accept.
 * @throws 406, naming what was asked for
 */
export function mustTakeJson(request: FastifyRequest, formats: readonly string[] = []): void {
  const asked = parameter(request, '_format') ?? request.headers.accept ?? ''
  const ranges = asked.split(',').map((range) => range.trim().toLowerCase())
  if (ranges.every((range) => range === '')) return
  const takes = ranges.some((range) => {
    const [media = '', ...parameters] = range.split(';').map((part) => part.trim())
    if (parameters.some((each) => /^q=0(\.0*)?$/.test(each) || isOtherVersion(each))) return false
    return json.has(media) || media === '*/*' || media === 'application/*' || formats.includes(media)
  })
  if (takes) return
  const words = `${asked.slice(0, 100)} is not answered here. Ask for application/fhir+json${formats.map((each) => ` or ${each}`).join('')}.`
  throw Object.assign(new Error(words), { statusCode: 406 })
}

/**
 * Whether what was sent over FHIR can be read: R4 in UTF-8, as the media type that its way in takes. What is declared to be written otherwise
 * would be kept wrong.
 * @throws 415, naming what is taken
 */
export function mustSendJson({ method, headers, body }: FastifyRequest, path: string): void {
  const given = headers['content-type']
  if (given === undefined || body === undefined || body === null) return
  const [media = '', ...parameters] = given.split(';').map((part) => part.trim().toLowerCase())
  const takes = takenAt(method, path)
  const isOther = (each: string) =>
    isOtherVersion(each) || (each.startsWith('charset=') && !/^charset="?utf-?8"?$/.test(each))
  if (takes.includes(media) && !parameters.some(isOther)) return
  throw Object.assign(new Error('Not taken here'), { statusCode: 415, takes: `${takes[0]} in UTF-8` })
}

function takenAt(method: string, path: string): string[] {
  if (path.endsWith('/_search')) return ['application/x-www-form-urlencoded']
  return method === 'PATCH'
    ? ['application/json-patch+json']
    : ['application/fhir+json', 'application/json', 'text/json']
}

const isOtherVersion = (given: string): boolean =>
  given.startsWith('fhirversion=') && !/^fhirversion="?4\.0"?$/.test(given)

function parameter({ query, body }: FastifyRequest, name: string): string | undefined {
  const form = body !== null && typeof body === 'object' && !Buffer.isBuffer(body) ? body : {}
  const given = { ...form, ...(query as object) } as Record<string, unknown>
  const value = [given[name]].flat()[0]
  // A plus that was sent as it is has become a space.
  return typeof value === 'string' ? value.replace(/fhir (?=(?:nd)?json)/, 'fhir+') : undefined
}

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown }
const asWritten: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && source !== undefined ? rawJSON(source) : value

/** The body with line breaks where `_pretty=true` asks for them. Numbers stay as they are written. */
export function asAsked(request: FastifyRequest, body: string): string {
  if (parameter(request, '_pretty') !== 'true') return body
  return JSON.stringify(JSON.parse(body, asWritten as never), null, 2)
}
