import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { allExtracts } from '../../../datasets/extracts/all.ts'
import { faultsIn } from '../../../datasets/extracts/faults.ts'
import { drawGround } from '../../ground/draw.ts'
import type {
  Admission,
  AmbulanceCall,
  Caseload,
  EmergencyAttendance,
  Happening,
  Referral,
} from '../../lives/happening.ts'
import { livesOf } from '../../lives/lives.ts'
import { dayFrom, momentOn } from '../../lives/moment.ts'
import type { LifeStory } from '../../lives/story.ts'
import { writeLife } from './life.ts'
import { Pen } from './pen.ts'
import { writePeople } from './people.ts'
import { emptySheets, SHEETS, type SheetId } from './sheets.ts'

const world = {
  seed: '1',
  ground: drawGround({ people: 500, seed: '1' }),
  window: { from: dayFrom('2023-10-01'), until: dayFrom('2026-10-01') },
}
const [someone] = livesOf(world, 0)
if (!someone) throw new Error('Nobody lives in the first neighbourhood')

const at = (iso: string, hour = 9) => momentOn(dayFrom(iso), hour)
const fall = { text: 'Fell at home, hip pain', icd10: 'S720' }
const ambulance: AmbulanceCall = {
  kind: 'ambulance',
  at: at('2025-01-10', 6),
  category: 2,
  reason: fall,
  response: 34,
  onScene: 41,
  handover: 62,
  outcome: 'taken to hospital',
}
const attendance: EmergencyAttendance = {
  kind: 'emergency attendance',
  at: at('2025-01-10', 8),
  because: ambulance,
  department: 1,
  arrival: 'ambulance',
  acuity: 2,
  reason: fall,
  seen: at('2025-01-10', 10),
  decided: at('2025-01-10', 12),
  left: at('2025-01-10', 15),
  outcome: 'admitted',
  investigations: 3,
}
const stay: Admission = {
  kind: 'admission',
  at: at('2025-01-10', 15),
  because: attendance,
  method: 'emergency',
  specialty: 'Trauma and orthopaedics',
  diagnoses: ['S720', 'I10X'],
  procedures: ['W461'],
  reason: fall,
  wards: [
    { ward: 'A1', from: at('2025-01-10', 15) },
    { ward: 'B2', from: at('2025-01-12') },
  ],
  critical: false,
  ready: at('2025-01-17'),
  discharged: at('2025-01-19'),
  pathway: 1,
  delay: { reason: 'Awaiting care at home', days: 2 },
  destination: 'usual home',
}
const referral: Referral = {
  kind: 'referral',
  at: at('2024-03-01'),
  specialty: 'Cardiology',
  from: 'GP',
  priority: 'routine',
  reason: { text: 'Palpitations' },
}
const caseload: Caseload = {
  kind: 'caseload',
  service: 'talking therapies',
  at: at('2024-05-01'),
  from: 'self',
  reason: { text: 'Low mood', condition: 'depression' },
  accepted: true,
}
const practice = 'ZP001'
const happenings: Happening[] = [
  {
    kind: 'gp contact',
    at: at('2023-12-01'),
    practice,
    mode: 'telephone',
    by: 'GP',
    booked: at('2023-11-30'),
    status: 'attended',
    minutes: 9,
    reason: { text: 'Cough, "chesty"' },
    planned: false,
  },
  {
    kind: 'prescription',
    at: at('2023-12-01', 10),
    practice,
    medicine: 'amlodipine',
    quantity: 28,
    repeat: true,
    for: 'hypertension',
  },
  { kind: 'test', at: at('2023-12-04'), test: 'bloodPressure', value: 141, second: 82, where: 'practice' },
  { kind: 'vaccination', at: at('2024-01-05'), practice, vaccine: 'Influenza vaccine' },
  referral,
  {
    kind: 'outpatient',
    at: at('2024-04-20'),
    because: referral,
    referral,
    specialty: 'Cardiology',
    first: true,
    mode: 'face to face',
    status: 'attended',
    outcome: 'discharged',
  },
  caseload,
  {
    kind: 'care contact',
    at: at('2024-05-20'),
    caseload,
    mode: 'video',
    minutes: 50,
    status: 'attended',
    what: 'Cognitive behavioural therapy',
    scores: [
      { test: 'moodScore', value: 14 },
      { test: 'worryScore', value: 9 },
    ],
  },
  ambulance,
  attendance,
  stay,
  {
    kind: 'caseload',
    service: 'telecare',
    at: at('2025-01-25'),
    from: 'hospital',
    reason: fall,
    accepted: true,
  },
  {
    kind: 'social care',
    event: 'service',
    at: at('2025-01-20'),
    reason: fall,
    support: 'PHY-CARE',
    carer: false,
    service: 'ST-MAX',
    component: 'Reablement',
    since: dayFrom('2023-09-20'),
    until: dayFrom('2025-03-03'),
    weeklyCost: 700,
  },
  {
    kind: 'social care',
    event: 'safeguarding concern',
    at: at('2025-01-25'),
    reason: fall,
    support: 'PHY-CARE',
    carer: false,
  },
  { kind: 'home signal', at: at('2025-02-20'), device: 'pendant', outcome: 'answered, no help needed' },
  { kind: 'call', to: '111', at: at('2025-06-01'), from: 'self', reason: fall, wait: 95, outcome: 'advice' },
  { kind: 'birth', at: at('2025-08-01'), child: 77, weeks: 39, grams: 3410, delivery: 'vaginal' },
  { kind: 'care home stay', at: at('2026-09-01'), home: 'CH01', nursing: false, funding: 'council' },
  { kind: 'death', at: at('2026-09-20'), where: 'care home', cause: { text: 'Dementia', icd10: 'F03X' } },
]
const story: LifeStory = {
  ...someone,
  resident: {
    ...someone.resident,
    serial: 41,
    leaves: 'died',
    present: { from: world.window.from, until: dayFrom('2026-09-21') },
  },
  happenings,
}

function told(lives: readonly LifeStory[]) {
  const pen = new Pen(emptySheets(), world)
  for (const life of lives) writeLife(pen, life)
  writePeople(pen)
  return (id: SheetId): string[][] => {
    const { bytes, length } = pen.sheets[id]
    return parse(bytes.subarray(0, length), { record_delimiter: '\n' })
  }
}
const rowsOf = told([story])

/** One row of an extract by the names of its columns. */
function row(id: SheetId, nth = 0): Record<string, string | undefined> {
  const columns = allExtracts.find((extract) => extract.id === id)?.columns ?? []
  const values = rowsOf(id)[nth] ?? []
  return Object.fromEntries(columns.map(({ name }, at) => [name, values[at]]))
}

describe('a life with something of everything', () => {
  test.each(SHEETS)('is in %s as it is declared', (id) => {
    const extract = allExtracts.find((each) => each.id === id)
    if (!extract) throw new Error(`${id} is not declared`)
    expect(rowsOf(id).flatMap((each) => faultsIn(extract, each))).toEqual([])
  })

  test('leads from the ambulance to the ward by number', () => {
    const called = row('ambulance')['event_id']
    const came = row('emergency_care')
    expect(came).toMatchObject({ because_id: called, minutes: '420', cost_pence: '68368' })
    const stayed = row('admitted_care')
    expect(stayed).toMatchObject({ attendance_id: came['event_id'], nights: '9', diagnoses: 'S720 I10X' })
    expect(row('ward_stays', 1)).toMatchObject({
      admission_id: stayed['event_id'],
      ward_order: '2',
      ward_until: '2025-01-19T09:00',
    })
    expect(row('ward_stays', 0)['ward_until']).toBe('2025-01-12T09:00')
  })

  test('leads from referral and caseload to what came of them', () => {
    expect(row('outpatients')['referral_id']).toBe(row('referrals')['event_id'])
    expect(row('mental_health_contacts')).toMatchObject({
      caseload_id: row('mental_health_caseloads')['event_id'],
      phq9: '14',
      gad7: '9',
      other_score: '',
    })
  })

  test('costs what the table of unit costs says', () => {
    // A stay of nine nights after an injury is the collection's long stay; six weeks at £700; 19 days in the home until 20 September.
    expect(row('admitted_care')['cost_pence']).toBe('706500')
    expect(row('adult_social_care')).toMatchObject({
      event_start_date: '2023-09-20',
      weekly_cost_pence: '70000',
      cost_pence: '420000',
    })
    expect(row('gp_appointments')).toMatchObject({ reason: 'Cough, "chesty"', cost_pence: '4500' })
  })

  test('ends in the row of the person', () => {
    expect(row('people')).toMatchObject({
      person_id: '41',
      death_date: '2026-09-20',
      death_place: 'care home',
      death_icd10: 'F03X',
      here_until: '2026-09-21',
    })
  })

  test('numbers are in no two rows', () => {
    const numbers = SHEETS.flatMap((id) => rowsOf(id).map((_, nth) => row(id, nth)['event_id'])).filter(
      Boolean,
    )
    // The death is in people, and a safeguarding concern in no extract.
    expect(numbers).toHaveLength(happenings.length - 2)
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})
