/** An ADT message for tests, about Margaret Ashworth on the acute medical unit unless told otherwise. Times as HL7 writes them. */
export type AdtSays = {
  control?: string
  application?: string
  facility?: string
  version?: string
  charset?: string
  sent?: string
  recorded?: string
  occurred?: string
  identifiers?: string
  name?: string
  born?: string
  sex?: string
  ethnicity?: string
  address?: string
  phone?: string
  died?: string
  dead?: string
  visitClass?: string
  ward?: string
  visit?: string
  admitted?: string
  discharged?: string
  consultant?: string
  reason?: string
}

let serial = 0

export function anAdt(event: string, says: AdtSays = {}): string {
  serial += 1
  const { recorded = '20260612143500', control = `T${serial}`, version = '2.4' } = says
  const msh = segment('MSH', {
    2: says.application ?? 'RFRPAS',
    3: says.facility ?? 'RFR',
    4: 'GOLDENTHREAD',
    5: 'ROTHERHAM',
    6: says.sent ?? recorded,
    8: `ADT^${event}`,
    9: control,
    10: 'P',
    11: version,
    17: says.charset ?? '',
  }).replace('MSH|', 'MSH|^~\\&')
  const evn = segment('EVN', { 1: event, 2: recorded, 6: says.occurred ?? '' })
  const pid = segment('PID', {
    1: '1',
    3: says.identifiers ?? '9990001235^^^NHS^NH~R1400017^^^RFR^MR',
    5: says.name ?? 'Ashworth^Margaret^^^Mrs^^L',
    7: says.born ?? '19410714',
    8: says.sex ?? 'F',
    10: says.ethnicity ?? '',
    11: says.address ?? '12 Barnacre Lane^^Wath upon Dearne^^S63 9ZA^^H',
    13: says.phone ?? '',
    29: says.died ?? '',
    30: says.dead ?? '',
  })
  const pv1 = segment('PV1', {
    1: '1',
    2: says.visitClass ?? 'I',
    3: says.ward ?? 'AMU^^12^RFR',
    7: says.consultant ?? '',
    19: says.visit ?? 'V900001',
    44: says.admitted ?? '20260612143000',
    45: says.discharged ?? '',
  })
  const pv2 = segment('PV2', { 3: says.reason ?? '' })
  return [msh, evn, pid, pv1, pv2].map((line) => `${line}\r`).join('')
}

function segment(name: string, fields: Record<number, string>): string {
  const last = Math.max(...Object.keys(fields).map(Number))
  return [name, ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join('|')
}
