import { createHash } from 'node:crypto'
import type { Hl7Message, Hl7Segment } from '@medplum/core'
import type { Attachment } from '@medplum/fhirtypes'
import { Invalid } from '../../platform/index.ts'
import { repetitionsIn } from '../hl7/hl7.ts'

/**
 * A file in OBX-5: application ^ type ^ subtype ^ encoding ^ data. Undefined where no data came.
 * @throws Invalid where the data is not encoded as it says
 */
export function attachmentIn(segment: Hl7Segment, context: Hl7Message['context']): Attachment | undefined {
  const [file] = repetitionsIn(segment, 5, context)
  const data = file?.(5)
  if (!file || !data) return undefined
  return attachmentOf(decoded(data, file(4).toLowerCase()), contentType(file(2), file(3)))
}

/** As FHIR keeps it: the size, and the hash by which a reader can tell that nothing was changed. */
export function attachmentOf(bytes: Buffer, type: string, title?: string): Attachment {
  return {
    contentType: type,
    data: bytes.toString('base64'),
    size: bytes.length,
    hash: createHash('sha1').update(bytes).digest('base64'),
    ...(title && { title }),
  }
}

function decoded(data: string, encoding: string): Buffer {
  const wrong = () =>
    new Invalid([{ path: 'OBX-5', words: `The file is not written in ${encoding}`, code: 'value' }])
  if (encoding === 'base64') {
    const dense = data.replace(/\s+/g, '')
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(dense) || dense.length % 4 === 1) throw wrong()
    return Buffer.from(dense, 'base64')
  }
  if (encoding === 'hex') {
    const dense = data.replace(/\s+/g, '')
    if (!/^(?:[0-9a-f]{2})+$/i.test(dense)) throw wrong()
    return Buffer.from(dense, 'hex')
  }
  return Buffer.from(data, 'utf8')
}

const mediaType = /^[a-z0-9][a-z0-9.+-]*$/
const bySubtype: Record<string, string> = {
  pdf: 'application/pdf',
  rtf: 'application/rtf',
  html: 'text/html',
  plain: 'text/plain',
  txt: 'text/plain',
  xml: 'text/xml',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  tiff: 'image/tiff',
}

/** HL7 tables 0191 and 0291: `AP^PDF`, `application^pdf`, `TEXT^HTML`, `^PDF`. */
function contentType(type: string, subtype: string): string {
  const [main, sub] = [type.toLowerCase(), subtype.toLowerCase()]
  const known = bySubtype[sub] ?? bySubtype[main]
  if (known) return known
  const mains = ['application', 'text', 'image', 'audio', 'video', 'multipart']
  return mains.includes(main) && mediaType.test(sub) ? `${main}/${sub}` : 'application/octet-stream'
}
