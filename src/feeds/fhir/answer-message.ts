import { randomUUID } from 'node:crypto'
import type { MessageHeader } from '@medplum/fhirtypes'
import type { Applied } from './apply-message.ts'
import type { Message } from './message.ts'

/** The answer to a message that was applied: a message back to whoever sent it, with what was kept and under which ids. */
export function okAnswer(message: Message, applied: Applied, base: string, now: Date): string {
  const header = responseHeader(message.header, message.id, 'ok', base)
  const focus = applied.kept.find(({ written }) => written === applied.focus)
  const text = JSON.stringify({
    ...header,
    focus: [{ reference: focus?.fullUrl || `${applied.focus.type}/${applied.focus.id}` }],
  })
  // Bodies are put together as text: parsing and writing them again would lose decimals.
  const entries = applied.kept.map(
    ({ fullUrl, written }) =>
      `{${fullUrl ? `"fullUrl":${JSON.stringify(fullUrl)},` : ''}"resource":${written.body}}`,
  )
  return bundle([`{"fullUrl":"urn:uuid:${header.id}","resource":${text}}`, ...entries], now)
}

/** The answer to one that could not be applied: fatal, or worth sending again as it is. */
export function errorAnswer(
  header: MessageHeader | undefined,
  id: string,
  code: 'fatal-error' | 'transient-error',
  outcome: Record<string, unknown>,
  base: string,
  now: Date,
): string {
  const about = `urn:uuid:${randomUUID()}`
  const said = responseHeader(header, id, code, base)
  const response = { ...said.response, details: { reference: about } }
  return bundle(
    [
      JSON.stringify({ fullUrl: `urn:uuid:${said.id}`, resource: { ...said, response } }),
      JSON.stringify({ fullUrl: about, resource: outcome }),
    ],
    now,
  )
}

function responseHeader(
  header: MessageHeader | undefined,
  id: string,
  code: 'ok' | 'fatal-error' | 'transient-error',
  base: string,
) {
  const [destination] = header?.destination ?? []
  return {
    resourceType: 'MessageHeader',
    id: randomUUID(),
    ...(header?.eventUri === undefined
      ? { eventCoding: header?.eventCoding ?? { code: 'unknown' } }
      : { eventUri: header.eventUri }),
    ...(header?.source?.endpoint && {
      destination: [
        { ...(header.source.name && { name: header.source.name }), endpoint: header.source.endpoint },
      ],
    }),
    source: { name: 'Golden Thread', software: 'Golden Thread', endpoint: destination?.endpoint ?? base },
    ...(header?.reason && { reason: header.reason }),
    response: { identifier: id || 'unknown', code },
  }
}

const bundle = (entries: string[], now: Date): string =>
  `{"resourceType":"Bundle","id":"${randomUUID()}","type":"message","timestamp":"${now.toISOString()}","entry":[${entries.join(',')}]}`
