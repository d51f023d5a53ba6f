import { Buffer } from 'node:buffer'
import type {
  CarePlan,
  Consent,
  DocumentReference,
  Flag,
  RelatedPerson,
  ServiceRequest,
} from '@medplum/fhirtypes'
import { FLAG_CATEGORY, SPECIALLY_PROTECTED } from '../identifiers.ts'
import { hl7, snomed } from './concepts.ts'
import { by, organisationRef, type PersonFile, type Written, write } from './file.ts'
import { relationshipConcept } from './patient.ts'
import type { Author } from './staff.ts'

interface Authored {
  on: string
  author: Author
}

/** A plan: what it is for, and what will be done. `until` closes it. */
export function writePlan(
  file: PersonFile,
  plan: Authored & { kind: string; aim: string; actions: readonly string[]; until?: string | undefined },
): Written<CarePlan> {
  return write(file, {
    resourceType: 'CarePlan',
    status: plan.until ? 'completed' : 'active',
    intent: 'plan',
    category: [{ text: plan.kind }],
    title: plan.kind,
    description: plan.aim,
    subject: file.patient,
    period: { start: plan.on, ...(plan.until && { end: plan.until }) },
    created: plan.on,
    author: by(plan.author),
    activity: plan.actions.map((description) => ({
      detail: { status: plan.until ? 'completed' : 'in-progress', description },
    })),
  })
}

type FlagKind = 'clinical' | 'contact' | 'safety' | 'advance-directive' | 'safeguarding'

export function raiseFlag(
  file: PersonFile,
  flag: Authored & { kind: FlagKind; text: string; until?: string },
): Written<Flag> {
  const category =
    flag.kind === 'safeguarding'
      ? { coding: [{ system: FLAG_CATEGORY, code: 'safeguarding', display: 'Safeguarding' }] }
      : hl7('flag-category', flag.kind)
  return write(file, {
    resourceType: 'Flag',
    status: flag.until ? 'inactive' : 'active',
    category: [category],
    code: { text: flag.text },
    subject: file.patient,
    period: { start: flag.on, ...(flag.until && { end: flag.until }) },
    author: by(flag.author),
  })
}

/** A letter or form, as plain text. */
export function fileDocument(
  file: PersonFile,
  doc: Authored & {
    type: { text: string; code?: string }
    title: string
    lines: readonly string[]
    encounter?: string | undefined
    speciallyProtected?: boolean
  },
): Written<DocumentReference> {
  const bytes = Buffer.from(doc.lines.join('\n'), 'utf8')
  const data = bytes.toString('base64')
  return write(file, {
    resourceType: 'DocumentReference',
    ...(doc.speciallyProtected && { meta: { security: [SPECIALLY_PROTECTED] } }),
    status: 'current',
    docStatus: 'final',
    type: snomed(doc.type.text, doc.type.code),
    subject: file.patient,
    date: doc.on,
    author: [by(doc.author)],
    custodian: organisationRef(file.organisation),
    description: doc.title,
    content: [
      {
        attachment: {
          contentType: 'text/plain',
          language: 'en-GB',
          data,
          size: bytes.length,
          title: doc.title,
          creation: doc.on,
        },
      },
    ],
    ...(doc.encounter && { context: { encounter: [{ reference: doc.encounter }] } }),
  })
}

export function requestService(
  file: PersonFile,
  request: Authored & {
    what: string
    to: string
    reason: string
    status: ServiceRequest['status']
    urgent?: boolean
  },
): Written<ServiceRequest> {
  return write(file, {
    resourceType: 'ServiceRequest',
    status: request.status,
    intent: 'order',
    priority: request.urgent ? 'urgent' : 'routine',
    code: { text: request.what },
    subject: file.patient,
    authoredOn: request.on,
    requester: by(request.author),
    performer: [{ display: request.to }],
    reasonCode: [{ text: request.reason }],
  })
}

/** Someone's carer or next of kin as a record of their own, where the source keeps one. */
export function noteCarer(file: PersonFile): Written<RelatedPerson> | undefined {
  const { kin } = file.person
  if (!kin) return undefined
  return write(file, {
    resourceType: 'RelatedPerson',
    active: true,
    patient: file.patient,
    relationship: [relationshipConcept(kin.relationship), ...(kin.carer ? [{ text: 'Unpaid carer' }] : [])],
    name: [{ text: kin.name }],
    telecom: [{ system: 'phone', value: kin.phone }],
  })
}

/** The person has said no to sharing their record; their practice wrote it down. */
export function objectToSharing(file: PersonFile, noted: Authored): Written<Consent> {
  return write(file, {
    resourceType: 'Consent',
    status: 'active',
    scope: hl7('consentscope', 'patient-privacy', 'Privacy Consent'),
    category: [hl7('consentcategorycodes', 'npp')],
    patient: file.patient,
    dateTime: noted.on,
    performer: [file.patient],
    organization: [organisationRef(file.organisation)],
    policyRule: { text: 'Objection to sharing outside the practice, recorded by the practice' },
    provision: { type: 'deny' },
  })
}
