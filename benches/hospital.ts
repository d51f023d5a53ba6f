import { checkDigit } from '../src/people/index.ts'

/** What a hospital sends in a day, one message after another: admissions, moves, updates, results, letters, discharges of invented people. */
export type HospitalDay = {
  next(): { text: string }
  /** A transfer of somebody to a bed of this name. */
  transferOf(number: string, bed: string): string
}

const wards = ['AMU', 'A1', 'A2', 'A5', 'A7']
/** What each person’s stay is made of, in the proportions of a hospital: half of all messages are results and updates. */
const course = ['A01', 'A08', 'ORU', 'A02', 'A08', 'ORU', 'ORU', 'A31', 'MDM', 'A03'] as const

let serial = 0

export function hospitalDay(): HospitalDay {
  let step = 0
  // So many people are in at once; when all have gone through a step, the next comes.
  const inside = 200
  let admitted = serial
  const stay = (number: string) => `V${number.slice(1)}`
  return {
    next: () => {
      const person = step % inside
      const event = course[Math.floor(step / inside) % course.length] ?? 'A08'
      const round = Math.floor(step / (inside * course.length))
      if (person === 0 && event === 'A01') admitted = serial
      step += 1
      return {
        text: message(
          event,
          `B${String(admitted + 1_000_000 * (round % 9) + person).padStart(8, '0')}`,
          `${person % 30}`,
          stay,
        ),
      }
    },
    transferOf: (number, bed) => message('A02', number, bed, stay),
  }
}

function nhsNumber(number: string): string {
  for (let add = 0; ; add++) {
    const nine = `999${String((Number(number.slice(1)) + add) % 1_000_000).padStart(6, '0')}`
    const digit = checkDigit(nine)
    if (digit !== undefined) return nine + digit
  }
}

const names = ['Ashworth', 'Bramwell', 'Crossley', 'Dyson', 'Eastwood', 'Firth', 'Garside', 'Hoyle']

function message(event: string, number: string, bed: string, visit: (number: string) => string): string {
  serial += 1
  // house allows clock: messages of a benchmark happen now
  const now = new Date().toISOString().replace(/\D/g, '').slice(0, 14) + '+0000'
  const [type, code] = event === 'ORU' ? ['ORU', 'R01'] : event === 'MDM' ? ['MDM', 'T02'] : ['ADT', event]
  const at = Number(number.slice(1))
  const born = `19${String(30 + (at % 60))}${String(1 + (at % 12)).padStart(2, '0')}${String(1 + (at % 28)).padStart(2, '0')}`
  const lines = [
    `MSH|^~\\&|RFRPAS|RFR|GOLDENTHREAD|ROTHERHAM|${now}||${type}^${code}|BENCH${serial}|P|2.4`,
    ...(type === 'ADT' ? [`EVN|${code}|${now}`] : []),
    `PID|1||${nhsNumber(number)}^^^NHS^NH~${number}^^^RFR^MR||${names[at % names.length]}^Person${at}^^^Mr||${born}|M||A|${at % 99} Barnacre Lane^^Wath upon Dearne^^S63 9ZA^^H||01709 960${String(at % 1000).padStart(3, '0')}`,
    'PD1|||Riverside Practice^^ZP001',
    `PV1|1|I|${wards[at % wards.length]}^1^${bed}^RFR||||C1^Pryce^Gethin^^^Dr||||||||||||${visit(number)}`,
  ]
  if (event === 'ORU') {
    lines.push(`OBR|1||L${serial}|UE^Urea and electrolytes^L|||${now}||||||||||||||||||F`)
    for (const [index, test] of ['Sodium', 'Potassium', 'Urea', 'Creatinine', 'eGFR'].entries())
      lines.push(`OBX|${index + 1}|NM|T${index}^${test}^L||${100 + (serial % 50)}.0|mmol/L|90 - 146|N|||F`)
  }
  if (event === 'MDM')
    lines.push(
      `TXA|1|DS^Discharge summary^L|TX|${now}||||||||D${serial}|||||AU`,
      ...Array.from(
        { length: 20 },
        (_, line) =>
          `OBX|${line + 1}|TX|1^Letter||Line ${line} of a letter of the usual length, which goes on.`,
      ),
    )
  return `${lines.join('\r')}\r`
}
