import { connect } from 'node:net'
import { framer } from '../../src/feeds/mllp/framing.ts'
import type { Input } from './input.ts'

const mostMilliseconds = 20_000
const longestMessage = 8 * 1024 * 1024

/** Sends an input as it is and says what is wrong with how it was answered; nothing when it was answered as it should be. */
export async function faultWith(
  input: Input,
  ports: { http: number; mllp: number },
): Promise<string | undefined> {
  const wanted = input.way === 'mllp' ? messagesIn(input.bytes) : Number.POSITIVE_INFINITY
  const { answer, isLate } = await exchange(input, input.way === 'mllp' ? ports.mllp : ports.http, wanted)
  if (isLate) return 'no answer, and the connection stays open'
  return input.way === 'mllp' ? judgeAcknowledgements(answer, wanted) : judgeHttp(answer, input)
}

const messagesIn = (bytes: Buffer): number =>
  framer(longestMessage)(bytes).filter((found) => 'message' in found).length

/** Writes everything, says that it is all, and reads until the other side closes or has answered everything. */
function exchange(
  { bytes, way }: Input,
  port: number,
  wanted: number,
): Promise<{ answer: Buffer; isLate: boolean }> {
  return new Promise((done) => {
    const parts: Buffer[] = []
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    const finish = (isLate: boolean) => {
      clearTimeout(late)
      socket.destroy()
      done({ answer: Buffer.concat(parts), isLate })
    }
    const late = setTimeout(() => finish(true), mostMilliseconds)
    socket.on('data', (part: Buffer) => {
      parts.push(part)
      if (way === 'mllp' && messagesIn(Buffer.concat(parts)) >= wanted) finish(false)
    })
    socket.on('error', () => finish(false))
    socket.on('close', () => finish(false))
    socket.on('end', () => finish(false))
    if (way === 'mllp') socket.end(bytes)
    else {
      socket.write(bytes)
      // A server that waits for the rest of it, or for the next, is told that there is none.
      setTimeout(() => socket.end(), 3000).unref()
    }
  })
}

/** One for each message, and a refusal says where and why. */
function judgeAcknowledgements(answer: Buffer, wanted: number): string | undefined {
  const acknowledgements = framer(longestMessage)(answer).flatMap((found) =>
    'message' in found ? [found.message.toString()] : [],
  )
  if (acknowledgements.length !== wanted)
    return `${wanted} messages and ${acknowledgements.length} acknowledgements`
  for (const each of acknowledgements) {
    // It speaks with the separators of the message it answers.
    const [, separator = '|', code] = /\rMSA(.)(A[AER])\1/.exec(each) ?? []
    if (!code) return `no MSA: ${each.slice(0, 300)}`
    const why = each.split(`\rERR${separator}`)[1]?.split('\r')[0] ?? ''
    if (code !== 'AA' && why.length < 4) return `refused without a reason: ${each.slice(0, 300)}`
    const told = insideOf(each)
    if (told) return told
  }
  return undefined
}

/** A stack, a path or a name of ours that got out. */
const inside = /\n\s+at .*:\d+:\d+|node_modules|\/src\/[a-z]+\/|\bFST_ERR\w*/

function insideOf(text: string): string | undefined {
  const found = inside.exec(text)
  return found
    ? `tells of its inside: ${text.slice(Math.max(0, found.index - 100), found.index + 200)}`
    : undefined
}

function judgeHttp(answer: Buffer, { isFhir, bytes }: Input): string | undefined {
  const text = answer.toString('utf8')
  // Of blank lines alone nothing can be said.
  if (text === '') return bytes.toString().trim() === '' ? undefined : 'closed without an answer'
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1])
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  if (!(status >= 100 && status < 500)) return `answered ${status}: ${body.slice(0, 300)}`
  const told = insideOf(text)
  if (told) return told
  if (status < 400 || status === 304) return undefined
  if (!isFhir)
    return /<h1|diagnostics|words/.test(body) || isOfHttpItself(head)
      ? undefined
      : `refused without words: ${text.slice(0, 400)}`
  try {
    if (isOfHttpItself(head)) return undefined
    const outcome = JSON.parse(body) as {
      resourceType?: string
      issue?: { diagnostics?: string; code?: string }[]
    }
    const issues = outcome.issue ?? []
    if (outcome.resourceType === 'Bundle') return undefined
    if (outcome.resourceType !== 'OperationOutcome' || issues.length === 0)
      return `refused without an OperationOutcome: ${body.slice(0, 300)}`
    return issues.every((issue) => issue.code && (issue.diagnostics ?? JSON.stringify(issue)).length > 5)
      ? undefined
      : `an issue without words: ${body.slice(0, 300)}`
  } catch {
    return isOfHttpItself(head) ? undefined : `refused without an OperationOutcome: ${text.slice(0, 400)}`
  }
}

/** What is no request at all never reaches a way in: the connection is closed after a line that says so. */
const isOfHttpItself = (head: string): boolean =>
  /^HTTP\/1\.1 (?:400|408|411|413|414|417|431) /.test(head) && /connection: close/i.test(head)
