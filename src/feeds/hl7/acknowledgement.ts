import { type Header, nameIn } from './hl7.ts'
import { writeTime } from './hl7-time.ts'

/** Why a message is kept in quarantine. `words` are for whoever mends it and may quote it; `place` names the field, such as PID-7. */
export type Quarantine = { reason: Reason; place: string; words: string }

export type Answer = 'AA' | 'AE' | 'AR'

/**
 * What a sender is told. AR: as it stands, nobody here could ever take it. AE: kept, and somebody will look. The error is a code of HL7
 * table 0357; the words say nothing of what was sent, since acknowledgements end up in logs.
 */
const reasons = {
  structure: ['AR', '100^Segment sequence error', 'The message is not built as HL7 v2 builds it'],
  'unknown sender': [
    'AR',
    '204^Unknown key identifier',
    'Nobody known here sends under this application and facility',
  ],
  'no agreement': ['AR', '207^Application internal error', 'The sender has no sharing agreement in force'],
  unsupported: ['AE', '201^Unsupported event code', 'This kind of message is not taken yet'],
  missing: ['AE', '101^Required field missing', 'Something needed is missing'],
  value: ['AE', '102^Data type error', 'A value cannot be what it should be'],
  'control id reused': ['AE', '205^Duplicate key identifier', 'Another message came under this control id'],
  'unknown visit': ['AE', '204^Unknown key identifier', 'Nothing is known of this visit'],
  'visit state': ['AE', '207^Application internal error', 'This cannot follow what is known of the visit'],
  'another person': ['AE', '204^Unknown key identifier', 'The identifiers belong to another person'],
  'not kept': ['AE', '207^Application internal error', 'The record could not take what the message says'],
} as const satisfies Record<string, readonly [Answer, string, string]>

export type Reason = keyof typeof reasons

export const allReasons = Object.keys(reasons) as Reason[]

export const isReason = (code: string | undefined): code is Reason => code !== undefined && code in reasons

export const answerFor = (quarantine: Quarantine | undefined): Answer =>
  quarantine ? reasons[quarantine.reason][0] : 'AA'

/**
 * The acknowledgement of a message: applied and committed (AA), or kept in quarantine with the reason and the place (AE, AR).
 * @param header of the message it answers; undefined when it had none that could be read
 * @param id of the acknowledgement itself
 */
export function acknowledge(
  header: Header | undefined,
  quarantine: Quarantine | undefined,
  id: string,
  now: Date,
): string {
  const of = header ?? unreadable
  const separators = of.separators.length >= 5 ? of.separators : unreadable.separators
  const [bar = '|', hat = '^'] = separators
  const type = ['ACK', of.event, 'ACK'].slice(0, of.event === '' ? 1 : 3).join(hat)
  const to = [of.receivingApplication, of.receivingFacility, of.sendingApplication, of.sendingFacility]
  const charset = Array(6).fill('').with(5, of.charset)
  const msh = [
    `MSH${separators}`,
    ...to,
    writeTime(now),
    '',
    type,
    id,
    of.processingId || 'P',
    of.version || '2.4',
    ...(of.charset ? charset : []),
  ]
  const [answer, , words] = quarantine ? reasons[quarantine.reason] : (['AA', '', ''] as const)
  const place = quarantine && placeIn(quarantine.place)
  const text = place ? `${words} (${quarantine?.place})` : words
  const msa = ['MSA', answer, of.controlId, ...(text ? [text] : [])]
  const segments = [msh, msa, ...(quarantine ? [errorSegment(of, quarantine, text, hat)] : [])]
  return `${segments.map((fields) => fields.join(bar)).join('\r')}\r`
}

/** ERR-1 is how versions before 2.5 say what ERR-2, ERR-3 and ERR-8 say since. */
function errorSegment(header: Header, { reason, place }: Quarantine, text: string, hat: string): string[] {
  const [segment = '', field = ''] = placeIn(place) ?? []
  const code = `${reasons[reason][1]}^HL70357`.replaceAll('^', hat)
  if (/^2\.[1-4]/.test(header.version))
    return ['ERR', [segment, segment && '1', field, code.replaceAll(hat, '&')].join(hat)]
  return [
    'ERR',
    '',
    segment && [segment, '1', ...(field ? [field] : [])].join(hat),
    code,
    'E',
    '',
    '',
    '',
    text,
  ]
}

/** `PID-7` is the seventh field of PID; what is not so named, such as `Patient.name`, has no place in the message. */
function placeIn(place: string): string[] | undefined {
  const match = /^([A-Z][A-Z0-9]{2})(?:-(\d+))?$/.exec(place)
  return match ? [match[1] ?? '', match[2] ?? ''] : undefined
}

const unreadable: Header = {
  separators: '|^~\\&',
  sendingApplication: '',
  sendingFacility: '',
  receivingApplication: '',
  receivingFacility: '',
  time: '',
  messageType: '',
  event: '',
  controlId: '',
  processingId: '',
  version: '',
  charset: '',
}

/** Whom a message names as its sender. */
export const senderNames = (header: Header) => ({
  sendingApplication: nameIn(header, header.sendingApplication),
  sendingFacility: nameIn(header, header.sendingFacility),
})
