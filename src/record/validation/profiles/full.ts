import type { Known } from './known.ts'
import type { Node, Slice, Snapshot } from './snapshot.ts'
import { keyOf } from './values.ts'

type Json = Record<string, unknown>

/** The least that R4 asks of each type, for tests. */
const least: Record<string, Json> = {
  Encounter: { status: 'finished', class: { code: 'AMB' } },
  AllergyIntolerance: {
    patient: { reference: 'Patient/1' },
    clinicalStatus: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' },
      ],
    },
  },
  Appointment: { status: 'proposed', participant: [{ status: 'accepted', type: [{ text: 'x' }] }] },
  AuditEvent: {
    type: { code: 'x' },
    recorded: '2024-01-01T00:00:00Z',
    agent: [{ requestor: true }],
    source: { observer: { display: 'x' } },
  },
  BodyStructure: { patient: { reference: 'Patient/1' } },
  Bundle: { type: 'collection' },
  CarePlan: { status: 'active', intent: 'plan', subject: { reference: 'Patient/1' } },
  Communication: { status: 'completed' },
  Composition: {
    status: 'final',
    type: { text: 'x' },
    date: '2024-01-01',
    author: [{ display: 'x' }],
    title: 'x',
  },
  Condition: { subject: { reference: 'Patient/1' } },
  Consent: {
    status: 'active',
    scope: { text: 'x' },
    category: [{ text: 'x' }],
    patient: { reference: 'Patient/1' },
    policyRule: { text: 'x' },
  },
  DiagnosticReport: {
    status: 'final',
    code: { text: 'x' },
    issued: '2024-01-01T00:00:00Z',
    performer: [{ reference: 'Organization/1' }],
    resultsInterpreter: [{ reference: 'Organization/1' }],
  },
  DocumentReference: { status: 'current', content: [{ attachment: { title: 'x' } }] },
  EpisodeOfCare: { status: 'active', patient: { reference: 'Patient/1' } },
  FamilyMemberHistory: {
    status: 'completed',
    patient: { reference: 'Patient/1' },
    relationship: { text: 'x' },
  },
  Flag: { status: 'active', code: { text: 'x' }, subject: { reference: 'Patient/1' } },
  Immunization: {
    status: 'completed',
    vaccineCode: { text: 'x' },
    patient: { reference: 'Patient/1' },
    occurrenceDateTime: '2024-01-01',
  },
  List: { status: 'current', mode: 'working' },
  MedicationDispense: { status: 'completed', medicationCodeableConcept: { text: 'x' } },
  MedicationRequest: {
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'x' },
    subject: { reference: 'Patient/1' },
  },
  MedicationStatement: {
    status: 'active',
    medicationCodeableConcept: { text: 'x' },
    subject: { reference: 'Patient/1' },
  },
  MessageHeader: { eventCoding: { code: 'x' }, source: { endpoint: 'https://a.example' } },
  Observation: { status: 'final', code: { text: 'x' }, note: [{ text: 'x' }] },
  OperationOutcome: { issue: [{ severity: 'error', code: 'invalid' }] },
  Organization: { name: 'x' },
  Procedure: { status: 'completed', subject: { reference: 'Patient/1' } },
  Questionnaire: { status: 'active' },
  QuestionnaireResponse: { status: 'completed' },
  RelatedPerson: { patient: { reference: 'Patient/1' } },
  RequestGroup: { status: 'active', intent: 'order' },
  Schedule: { actor: [{ reference: 'Practitioner/1' }] },
  ServiceRequest: { status: 'active', intent: 'order', subject: { reference: 'Patient/1' } },
  Slot: {
    schedule: { reference: 'Schedule/1' },
    status: 'free',
    start: '2024-01-01T00:00:00Z',
    end: '2024-01-01T00:10:00Z',
  },
  Task: { status: 'requested', intent: 'order' },
}

const sample: Record<string, (node: Node) => unknown> = {
  Reference: ({ targets = ['Patient'] }) => ({ reference: `${targets[0]}/1` }),
  CodeableConcept: () => ({ text: 'x' }),
  Coding: () => ({ code: 'x' }),
  Identifier: () => ({ value: 'x' }),
  Quantity: () => ({ value: 1 }),
  Period: () => ({ start: '2024-01-01' }),
  Timing: () => ({ event: ['2024-01-01'] }),
  Address: () => ({ text: 'x' }),
  ContactPoint: () => ({ use: 'home' }),
  Extension: () => ({ url: 'urn:x' }),
  boolean: () => true,
  dateTime: () => '2024-01-01',
  date: () => '2024-01-01',
  positiveInt: () => 1,
  unsignedInt: () => 1,
  'Composition.section': () => ({
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' },
  }),
  'Patient.contact': () => ({ name: { text: 'x' } }),
  'Patient.communication': () => ({ language: { text: 'en' } }),
}

/** A resource that meets a profile and has every element that the profile speaks of, extensions too. For tests. */
export function fullSample(
  { root, type, url }: Snapshot,
  known: Known,
  codes: Record<string, string[]>,
): Json {
  const make = (node: Slice, kind: string): unknown => {
    if (node.fixed !== undefined) return node.fixed
    if (node.pattern !== undefined) return structuredClone(node.pattern)
    const definition = node.profile === undefined ? undefined : known.snapshot(node.profile)
    if (node.profile !== undefined && !definition) return unknownExtension(node)
    if (definition) return fullSample(definition, known, codes)
    const [pair] = node.binding ? (codes[node.binding.valueSet] ?? []) : []
    const [system, code] = pair?.split('|') ?? []
    if (pair !== undefined && kind === 'CodeableConcept') return { coding: [{ system, code }] }
    const made = sample[kind]?.(node) ?? (/^[a-z]/.test(kind) ? 'x' : {})
    return typeof made === 'object' && made !== null ? fill(node, { ...made }) : made
  }
  const unknownExtension = ({ profile, children }: Slice): Json =>
    children
      ? { url: profile, extension: ['urn:a', 'urn:b'].map((own) => ({ url: own, valueString: 'x' })) }
      : { url: profile, valueString: 'x' }
  const fill = (node: Node, item: Json): Json => {
    for (const child of Object.values(node.children ?? {})) put(child, item)
    return item
  }
  const put = (node: Node, owner: Json) => {
    if (node.max === 0) return
    const kind = (node.only ?? node.types)[0] ?? ''
    const key = node.choice ? keyOf(node.name, kind) : node.name
    const isPrimitive = /^[a-z]/.test(kind) && !kind.includes('.')
    if (isPrimitive && node.children && node.fixed === undefined) {
      owner[`_${key}`] = fill(node, {})
      if (kind !== 'code') owner[key] ??= make(node, kind)
      return
    }
    const slices = Object.values(node.slices ?? {}).filter(({ when, max }) => when && max !== 0)
    const before = owner[key]
    if (Array.isArray(before) && slices.length === 0) {
      for (const each of before) fill(node, each as Json)
      return
    }
    if (typeof before === 'object' && before !== null && !Array.isArray(before)) fill(node, before as Json)
    else if (!node.list) owner[key] = make(node, kind)
    else if (slices.length > 0) owner[key] = slices.map((slice) => withOuter(node, make(slice, kind), kind))
    else owner[key] ??= Array.from({ length: node.min || 1 }, () => make(node, kind))
  }
  // What is said of every item of a list holds for those of a slice as well.
  const withOuter = (node: Node, item: unknown, kind: string) =>
    node.children ? { ...(make({ ...node, slices: {} }, kind) as Json), ...(item as Json) } : item
  const start: Json = type === 'Extension' ? { url } : { resourceType: type, ...structuredClone(least[type]) }
  return fill(root, start)
}
