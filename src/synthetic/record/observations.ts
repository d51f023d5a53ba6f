import type { CodeableConcept, Observation, ObservationReferenceRange, Quantity } from '@medplum/fhirtypes'
import { type TestFacts, type TestId, testFacts } from '../health/tests.ts'
import { SPECIALLY_PROTECTED } from '../identifiers.ts'
import { hl7, snomed } from './concepts.ts'
import { by, type Life, type PersonFile, type Written, write } from './file.ts'
import type { Author } from './staff.ts'

export interface Measured {
  on: string
  author: Author
  /** Reference to the visit at which it was taken. */
  encounter?: string | undefined
  comment?: string
}

const UCUM = 'http://unitsofmeasure.org'

function quantity(facts: TestFacts, value: number): Quantity {
  const rounded = Number(value.toFixed(facts.decimals ?? 0))
  if (!facts.unit) return { value: rounded }
  return { value: rounded, unit: facts.shown ?? facts.unit, system: UCUM, code: facts.unit }
}

function interpretation(facts: TestFacts, value: number): CodeableConcept | undefined {
  if (facts.low === undefined && facts.high === undefined) return undefined
  if (facts.low !== undefined && value < facts.low) return hl7('v3-ObservationInterpretation', 'L', 'Low')
  if (facts.high !== undefined && value > facts.high) return hl7('v3-ObservationInterpretation', 'H', 'High')
  return hl7('v3-ObservationInterpretation', 'N', 'Normal')
}

function range(facts: TestFacts): ObservationReferenceRange[] | undefined {
  if (facts.low === undefined && facts.high === undefined) return undefined
  return [
    {
      ...(facts.low !== undefined && { low: quantity(facts, facts.low) }),
      ...(facts.high !== undefined && { high: quantity(facts, facts.high) }),
    },
  ]
}

function observation(file: PersonFile, facts: TestFacts, at: Measured): Observation {
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [hl7('observation-category', facts.category)],
    code: snomed(facts.text, facts.code),
    subject: file.patient,
    ...(at.encounter && { encounter: { reference: at.encounter } }),
    effectiveDateTime: at.on,
    issued: at.on,
    performer: [by(at.author)],
    ...(at.comment && { note: [{ text: at.comment }] }),
  }
}

export function measure(file: PersonFile, id: TestId, value: number, at: Measured): Written<Observation> {
  const facts = testFacts(id)
  const shown = Number(value.toFixed(facts.decimals ?? 0))
  const reading = interpretation(facts, shown)
  const ranges = range(facts)
  return write(file, {
    ...observation(file, facts, at),
    valueQuantity: quantity(facts, value),
    ...(reading && { interpretation: [reading] }),
    ...(ranges && { referenceRange: ranges }),
  })
}

/** The practice's latest value of a test, which is where other services' stories of the same body begin. */
export function lastKnown(life: Life, id: TestId): number | undefined {
  const { text } = testFacts(id)
  const held = life.files.get('general-practice')?.resources ?? []
  const values = held.flatMap((r) =>
    r.resourceType === 'Observation' && r.code.text === text ? [r.valueQuantity?.value ?? 0] : [],
  )
  return values.at(-1)
}

export function measureBloodPressure(
  file: PersonFile,
  systolic: number,
  diastolic: number,
  at: Measured,
): Written<Observation> {
  const facts = testFacts('bloodPressure')
  return write(file, {
    ...observation(file, facts, at),
    component: [
      { code: snomed('Systolic blood pressure', '271649006'), valueQuantity: quantity(facts, systolic) },
      { code: snomed('Diastolic blood pressure', '271650006'), valueQuantity: quantity(facts, diastolic) },
    ],
  })
}

const SMOKING = {
  never: snomed('Never smoked tobacco', '266919005'),
  former: snomed('Ex-smoker', '8517006'),
  current: snomed('Smoker', '77176002'),
} as const

export function noteSmoking(
  file: PersonFile,
  habit: keyof typeof SMOKING,
  at: Measured,
): Written<Observation> {
  return write(file, {
    ...observation(file, { text: 'Smoking status', category: 'survey' }, at),
    category: [hl7('observation-category', 'social-history')],
    valueCodeableConcept: SMOKING[habit],
  })
}

/** A finding in words, such as the result of a swab. */
export function noteFinding(
  file: PersonFile,
  name: string,
  finding: string,
  at: Measured & { speciallyProtected?: boolean; category?: TestFacts['category'] },
): Written<Observation> {
  return write(file, {
    ...observation(file, { text: name, category: at.category ?? 'laboratory' }, at),
    ...(at.speciallyProtected && { meta: { security: [SPECIALLY_PROTECTED] } }),
    valueString: finding,
  })
}

export interface Vitals {
  breathing: number
  oxygen: number
  onOxygen?: boolean
  /** Scored for a target of 88 to 92%, as a doctor decided for some people with COPD. */
  scale2?: boolean
  systolic: number
  diastolic: number
  pulse: number
  temperature: number
  awake?: 'Alert' | 'New confusion'
}

/** Upper limits and their scores, lowest first; above the last limit another score holds. */
type Bands = readonly (readonly [number, number])[]
const scored = (value: number, bands: Bands, above: number) =>
  bands.find(([limit]) => value <= limit)?.[1] ?? above

const SCALE_1: Bands = [
  [91, 3],
  [93, 2],
  [95, 1],
]
const SCALE_2: Bands = [
  [83, 3],
  [85, 2],
  [87, 1],
  [92, 0],
]
const SCALE_2_ON_OXYGEN: Bands = [...SCALE_2, [94, 1], [96, 2]]

function oxygenScore({ oxygen, scale2, onOxygen }: Vitals): number {
  if (!scale2) return scored(oxygen, SCALE_1, 0)
  return onOxygen ? scored(oxygen, SCALE_2_ON_OXYGEN, 3) : scored(oxygen, SCALE_2, 0)
}

const BREATHING: Bands = [
  [8, 3],
  [11, 1],
  [20, 0],
  [24, 2],
]
const SYSTOLIC: Bands = [
  [90, 3],
  [100, 2],
  [110, 1],
  [219, 0],
]
const PULSE: Bands = [
  [40, 3],
  [50, 1],
  [90, 0],
  [110, 1],
  [130, 2],
]
const TEMPERATURE: Bands = [
  [35, 3],
  [36, 1],
  [38, 0],
  [39, 1],
]

/** The total by the bands of the Royal College of Physicians' National Early Warning Score (NEWS2, 2017). */
export function news2(v: Vitals): number {
  return (
    scored(v.breathing, BREATHING, 3) +
    oxygenScore(v) +
    (v.onOxygen ? 2 : 0) +
    scored(v.systolic, SYSTOLIC, 3) +
    scored(v.pulse, PULSE, 3) +
    (v.awake === 'New confusion' ? 3 : 0) +
    scored(Number(v.temperature.toFixed(1)), TEMPERATURE, 2)
  )
}

/** One round of observations at a bedside or in a kitchen: everything NEWS2 needs, and its total. */
export function takeVitals(file: PersonFile, v: Vitals, at: Measured): void {
  measure(file, 'breathing', v.breathing, at)
  const air = v.onOxygen ? 'On oxygen, 2 litres a minute by nasal cannula' : 'Breathing room air'
  measure(file, 'oxygenSaturation', v.oxygen, { ...at, comment: air })
  measureBloodPressure(file, v.systolic, v.diastolic, at)
  measure(file, 'pulse', v.pulse, at)
  noteFinding(file, 'Level of consciousness (ACVPU)', v.awake ?? 'Alert', { ...at, category: 'exam' })
  measure(file, 'temperature', v.temperature, at)
  const scale = v.scale2 ? 'Oxygen scale 2: target 88 to 92%' : 'Oxygen scale 1'
  measure(file, 'news2', news2(v), { ...at, comment: scale })
}
