/** The types that can be searched, about people and about nobody; each by the parameters that the R4 standard publishes for it. */
export const aboutPeople = [
  'Patient',
  'AllergyIntolerance',
  'Appointment',
  'CarePlan',
  'CareTeam',
  'Communication',
  'Condition',
  'Consent',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'EpisodeOfCare',
  'Flag',
  'Goal',
  'Immunization',
  'List',
  'MedicationDispense',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Procedure',
  'QuestionnaireResponse',
  'RelatedPerson',
  'ServiceRequest',
  'Task',
] as const

const aboutNobody = [
  'HealthcareService',
  'Location',
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Questionnaire',
  'Schedule',
  'Slot',
] as const

export const declaredTypes: readonly string[] = [...aboutPeople, ...aboutNobody]
export const isAboutPeople = (type: string): boolean => (aboutPeople as readonly string[]).includes(type)

/** Published, and not offered: a sound is no match we could explain, and a place on the map is not kept. */
export const leftOut = new Set(['phonetic', 'near'])
