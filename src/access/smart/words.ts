import { type Grant, grantsOf } from './scopes.ts'

/** What a practitioner calls the things behind FHIR types. */
const things: Record<string, string> = {
  '*': 'everything in the record',
  AllergyIntolerance: 'allergies',
  Appointment: 'appointments',
  CarePlan: 'care plans',
  Condition: 'problems and diagnoses',
  Consent: 'objections and consents',
  DiagnosticReport: 'reports',
  DocumentReference: 'documents',
  Encounter: 'contacts and stays',
  EpisodeOfCare: 'care that goes on',
  Flag: 'alerts',
  Immunization: 'vaccinations',
  Location: 'places',
  MedicationRequest: 'medicines prescribed',
  MedicationStatement: 'medicines taken',
  Observation: 'test results and measurements',
  Organization: 'organisations',
  Patient: 'name, address and other details',
  Practitioner: 'practitioners',
  Procedure: 'procedures',
  ServiceRequest: 'referrals and requests',
}

const thing = (type: string): string => things[type] ?? `items of the kind ${type}`

const acts = { c: 'add', r: 'see', u: 'change', d: 'delete', s: 'see' } as const

/** "see" or "add, change and see". */
function actsOf({ letters }: Grant): string {
  const all = [...new Set(letters.map((letter) => acts[letter]))]
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : (all[0] ?? 'see')
}

/** What an app asks for, in the practitioner's words: of one person, of everyone they may see, and besides. */
export function scopesInWords(scopes: readonly string[]): {
  ofPerson: string[]
  ofEveryone: string[]
  besides: string[]
} {
  const grants = grantsOf(scopes)
  const said = (context: Grant['context']) => [
    ...new Set(
      grants
        .filter((grant) => grant.context === context)
        .map((grant) => `${actsOf(grant)} ${thing(grant.type)}`),
    ),
  ]
  return {
    ofPerson: said('patient'),
    ofEveryone: said('user'),
    besides: [
      ...(['profile', 'fhirUser'].some((scope) => scopes.includes(scope))
        ? ['know your name']
        : scopes.includes('openid')
          ? ['know that it is you']
          : []),
      ...(scopes.includes('offline_access')
        ? ['go on when you have signed out, until you or the place stop it']
        : []),
      ...(scopes.includes('online_access') ? ['go on while you are signed in'] : []),
    ],
  }
}
