import { readFileSync } from 'node:fs'
import { connectTo } from '../src/feeds/index.ts'
import { systemClock } from '../src/platform/index.ts'

/**
 * Sends the HL7 v2 message in a file over MLLP and prints the acknowledgement: `tools/send-hl7.ts FILE [host:port]`.
 * In the file `{{now}}` stands for this moment in the hospital's local time and `{{id}}` for a control id of its own, so that an example
 * happens today. Ends with 0 when the message was applied, with 1 when it was not.
 */
const [file, address = 'localhost:2575'] = process.argv.slice(2)
const [host = 'localhost', port = '2575'] = address.split(':')
if (file === undefined) {
  console.error('Say which file to send: tools/send-hl7.ts docs/examples/admission.hl7 [host:port]')
  process.exit(2)
}

// People keep messages in files with a line for each segment; on the wire a segment ends with CR.
const london = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'medium',
})
const now = systemClock.now()
const message = readFileSync(file, 'utf8')
  .replaceAll('{{now}}', london.format(now).replace(/\D/g, ''))
  .replaceAll('{{id}}', `RFR${now.getTime()}`)
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
