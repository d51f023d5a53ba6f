export type Random = () => number

/** What goes over the wire, whole, and by which way. `isProgram`: an answer in FHIR is due. */
export type Input = { name: string; way: 'http' | 'mllp'; bytes: Buffer; isFhir: boolean }

/** Signed in as a system and as practitioners; somebody there is a record of. */
export type Known = { bearer: string; community: string; cookies: string[]; ref: string; patient: string }

export function request(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Buffer,
): Buffer {
  const all = {
    host: 'localhost',
    connection: 'close',
    ...headers,
    ...(body && { 'content-length': String(body.length) }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`),
    body ?? Buffer.alloc(0),
  ])
}

export const encode = (text: string): string => encodeURIComponent(text.toWellFormed())
