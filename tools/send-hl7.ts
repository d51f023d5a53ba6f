import { readFileSync } from 'node:fs'
import { connectTo } from '../src/feeds/index.ts'

/**
 * Sends the HL7 v2 message in a file over MLLP and prints the acknowledgement: `tools/send-hl7.ts FILE [host:port]`.
 * Ends with 0 when the message was applied, with 1 when it was not.
 */
const [file, address = 'localhost:2575'] = process.argv.slice(2)
const [host = 'localhost', port = '2575'] = address.split(':')
if (file === undefined) {
  console.error('Say which file to send: tools/send-hl7.ts docs/examples/admission.hl7 [host:port]')
  process.exit(2)
}

// People keep messages in files with a line for each segment; on the wire a segment ends with CR.
const message = readFileSync(file, 'utf8')
  .trimEnd()
  .split(/\r\n|\r|\n/)
  .join('\r')
try {
  const sender = await connectTo(Number(port), host)
  const answer = await sender.send(`${message}\r`)
  console.log(answer.replaceAll('\r', '\n').trimEnd())
  sender.close()
  process.exitCode = answer.includes('\rMSA|AA|') ? 0 : 1
} catch (problem) {
  const { code, message: words } = problem as NodeJS.ErrnoException
  console.error(`Not sent to ${host}:${port}: ${code ?? words}.`)
  process.exitCode = 1
}
