import fc from 'fast-check'

/** One message of a life, as text, with the second in which its hospital recorded it. */
export type LifeMessage = { text: string; control: string }

type Step = { at: number; kind: string; visit: string }

const two = (value: number) => String(value).padStart(2, '0')

/** Seconds since noon on 1 June 2026, as HL7 writes them. */
function written(seconds: number): string {
  const at = new Date(Date.UTC(2026, 5, 1, 11) + seconds * 1000)
  const [date, time] = [at.getUTCDate(), at.getUTCHours() + 1]
  return `2026060${date}${two(time)}${two(at.getUTCMinutes())}${two(at.getUTCSeconds())}`
}

type Resident = { number: string; nhs: string; name: string; born: string; sex: string }

const residents: Resident[] = [
  { number: 'R1', nhs: '9990001235', name: 'Ashworth^Margaret^^^Mrs', born: '19410714', sex: 'F' },
  { number: 'R2', nhs: '9990001308', name: 'Bramwell^Harold^^^Mr', born: '19380203', sex: 'M' },
]

const wards = ['AMU', 'A5', 'A3', 'STROKE']

/** The course of a visit, as a hospital’s system records it: what may follow what. */
const courses: string[][] = [
  ['A01', 'A08', 'A02', 'A02', 'A03'],
  ['A01', 'A11'],
  ['A01', 'A11', 'A01', 'A02'],
  ['A01', 'A02', 'A12', 'A02', 'A03'],
  ['A01', 'A02', 'A03', 'A13', 'A02', 'A03'],
  ['A04', 'A08', 'A06', 'A02', 'A03', 'A08'],
  ['A05', 'A27'],
  ['A05', 'A01', 'A21', 'A22', 'A03'],
  ['A01', 'A03', 'A03'],
  ['A01', 'A02', 'A45', 'A08', 'A03'],
]

const others = [
  'A31',
  'A28',
  'ORU',
  'ORU corrected',
  'MDM',
  'MDM replaces',
  'MDM cancels',
  'SIU',
  'A40',
] as const

/**
 * The messages of some lives in the order in which they happened. Everything in them is drawn: which visits, when, what each message says
 * beside its event, what else is told between.
 */
export const lives: fc.Arbitrary<LifeMessage[]> = fc
  .record({
    visits: fc.array(
      fc.record({
        course: fc.nat(courses.length - 1),
        gaps: fc.array(fc.nat(4000), { minLength: 7, maxLength: 7 }),
        who: fc.nat(1),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    others: fc.array(fc.record({ kind: fc.constantFrom(...others), at: fc.nat(40_000), who: fc.nat(1) }), {
      maxLength: 8,
    }),
    says: fc.array(fc.nat(9), { minLength: 12, maxLength: 12 }),
  })
  .map(({ visits, others: more, says }) => {
    const steps: (Step & { who: number })[] = []
    for (const [index, { course, gaps, who }] of visits.entries()) {
      let at = gaps[6] ?? 0
      for (const [step, kind] of (courses[course] ?? []).entries()) {
        at += 1 + (gaps[step] ?? 0)
        steps.push({ at, kind, visit: `V${index}`, who })
      }
    }
    for (const { kind, at, who } of more) steps.push({ at, kind, visit: '', who })
    steps.sort((one, other) => one.at - other.at)
    return messagesOf(steps, says)
  })

function messagesOf(steps: (Step & { who: number })[], says: number[]): LifeMessage[] {
  const owners = new Map<string, number>()
  const letters = new Map<number, number>()
  return steps.map(({ at, kind, visit, who }, index) => {
    const control = `M${index + 1}`
    const say = says[index % says.length] ?? 0
    const owner = owners.get(visit) ?? who
    const next = kind === 'A45' ? 1 - owner : owner
    if (visit !== '') owners.set(visit, next)
    const resident = residents[visit === '' ? who : next] as Resident
    const former = residents[owner] as Resident
    const letter = (letters.get(who) ?? 0) + (kind.startsWith('MDM') ? 1 : 0)
    letters.set(who, letter)
    return { control, text: messageOf({ at, kind, visit, control, say, letter, resident, former }) }
  })
}

type Says = Omit<Step, 'at'> & {
  at: number
  control: string
  say: number
  letter: number
  resident: Resident
  former: Resident
}

function messageOf(says: Says): string {
  const { at, kind, control, say, resident } = says
  const [type, event] = kind.startsWith('A')
    ? ['ADT', kind]
    : (kindOf[kind.split(' ')[0] ?? ''] ?? ['ADT', 'A31'])
  const mdm = kind === 'MDM replaces' ? 'T10' : kind === 'MDM cancels' ? 'T11' : event
  const when = written(at)
  const msh = `MSH|^~\\&|RFRPAS|RFR|GOLDENTHREAD|ROTHERHAM|${when}||${type}^${type === 'MDM' ? mdm : event}|${control}|P|2.4`
  const name = say === 3 ? resident.name.replace('^^^', `^Second${say}^^`) : resident.name
  const address = say % 4 === 1 ? `${say} Long Lane^^Maltby^^S66 ${say}ZZ^^H` : say === 8 ? '""' : ''
  const phone = say % 3 === 0 ? `01709 96010${say}` : ''
  const dead = say === 7 ? 'Y' : say === 5 ? 'N' : ''
  const number = say === 2 && kind !== 'A45' ? '' : `${resident.nhs}^^^NHS^NH~`
  const pid = `PID|1||${number}${resident.number}^^^RFR^MR||${name}||${resident.born}|${resident.sex}|||${address}||${phone}|||||||||||||||||${dead}|${say % 5 === 0 ? '|01' : ''}`
  return [msh, ...(type === 'ADT' ? [`EVN|${event}|${when}`] : []), pid, ...rest(says)]
    .join('\r')
    .concat('\r')
}

const kindOf: Record<string, [string, string]> = {
  ORU: ['ORU', 'R01'],
  MDM: ['MDM', 'T02'],
  SIU: ['SIU', 'S12'],
}

function rest({ kind, visit, say, at, letter, resident, former }: Says): string[] {
  const ward = `${wards[say % wards.length]}^${say}^${say}^RFR`
  const consultant = say % 2 === 0 ? `C${say}^Pryce^Gethin${say}` : ''
  const pv1 = `PV1|1|${say % 3 === 0 ? 'I' : ''}|${ward}||||${consultant}||||||||||||${visit}|||||||||||||||||||||||||${say === 4 ? written(at - 60) : ''}`
  if (visit !== '') {
    const mrg = kind === 'A45' ? [`MRG|${former.number}^^^RFR^MR||||${visit}`] : []
    return [...mrg, pv1, ...(say === 6 ? ['PV2|||^Fall'] : [])]
  }
  switch (kind) {
    case 'ORU':
      return [
        `OBR|1||L1-${resident.number}|UE^Urea^L|||${written(at)}||||||||||||||||||P`,
        `OBX|1|NM|NA^Sodium^L||14${say}|mmol/L|133 - 146||||P`,
        'NTE|1||First look',
      ]
    case 'ORU corrected':
      return [
        `OBR|1||L1-${resident.number}|UE^Urea^L|||${written(at)}||||||||||||||||||C`,
        `OBX|1|NM|${say % 2 === 0 ? 'NA^Sodium' : 'K^Potassium'}^L||${say}.50|mmol/L|||||C`,
      ]
    case 'MDM':
    case 'MDM replaces':
    case 'MDM cancels': {
      const parent = kind === 'MDM replaces' ? `D${letter - 1}-${resident.number}` : ''
      const own = kind === 'MDM cancels' ? Math.max(1, letter - 1) : letter
      return [
        `TXA|1|DS^Discharge summary^L|TX|${written(at)}||||||||D${own}-${resident.number}|${parent}||||AU`,
        ...(kind === 'MDM cancels' ? [] : [`OBX|1|TX|1^Letter||Dear colleague ${say}|`]),
      ]
    }
    case 'SIU':
      return [
        `SCH|P1|F1-${resident.number}||||REASON^Clinic ${say}|CHECKUP||30|min|^^^${written(at + 90_000)}`,
        `AIL|1||CLIN${say}^^^RFR`,
      ]
    case 'A40':
      return [`MRG|${resident.number}X^^^RFR^MR`]
    default:
      return []
  }
}

/** The same messages as a bad day would bring them: out of order, and some of them twice. */
export const dirt = (count: number): fc.Arbitrary<number[]> =>
  fc
    .tuple(
      fc.shuffledSubarray(
        Array.from({ length: count }, (_, index) => index),
        { minLength: count, maxLength: count },
      ),
      fc.array(fc.nat(Math.max(0, count - 1)), { maxLength: 4 }),
      fc.array(fc.nat(), { maxLength: 4 }),
    )
    .map(([order, again, places]) => {
      const all = [...order]
      for (const [index, message] of again.entries())
        all.splice((places[index] ?? 0) % (all.length + 1), 0, message)
      return all
    })
