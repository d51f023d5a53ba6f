import { PathError } from './ast.ts'
import { typeOfSuffix, typeSpecifier } from './choices.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

/** The resource types of R4. */
export const resourceTypes = words(
  `Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic
  Binary BiologicallyDerivedProduct BodyStructure Bundle CapabilityStatement CarePlan CareTeam CatalogEntry
  ChargeItem ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication
  CommunicationRequest CompartmentDefinition Composition ConceptMap Condition Consent Contract Coverage
  CoverageEligibilityRequest CoverageEligibilityResponse DetectedIssue Device DeviceDefinition DeviceMetric
  DeviceRequest DeviceUseStatement DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis
  Encounter Endpoint EnrollmentRequest EnrollmentResponse EpisodeOfCare EventDefinition Evidence
  EvidenceVariable ExampleScenario ExplanationOfBenefit FamilyMemberHistory Flag Goal GraphDefinition Group
  GuidanceResponse HealthcareService ImagingStudy Immunization ImmunizationEvaluation
  ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice Library Linkage List Location Measure
  MeasureReport Media Medication MedicationAdministration MedicationDispense MedicationKnowledge
  MedicationRequest MedicationStatement MedicinalProduct MedicinalProductAuthorization
  MedicinalProductContraindication MedicinalProductIndication MedicinalProductIngredient
  MedicinalProductInteraction MedicinalProductManufactured MedicinalProductPackaged
  MedicinalProductPharmaceutical MedicinalProductUndesirableEffect MessageDefinition MessageHeader
  MolecularSequence NamingSystem NutritionOrder Observation ObservationDefinition OperationDefinition
  OperationOutcome Organization OrganizationAffiliation Parameters Patient PaymentNotice
  PaymentReconciliation Person PlanDefinition Practitioner PractitionerRole Procedure Provenance
  Questionnaire QuestionnaireResponse RelatedPerson RequestGroup ResearchDefinition
  ResearchElementDefinition ResearchStudy ResearchSubject RiskAssessment RiskEvidenceSynthesis Schedule
  SearchParameter ServiceRequest Slot Specimen SpecimenDefinition StructureDefinition StructureMap
  Subscription Substance SubstanceNucleicAcid SubstancePolymer SubstanceProtein
  SubstanceReferenceInformation SubstanceSourceMaterial SubstanceSpecification SupplyDelivery SupplyRequest
  Task TerminologyCapabilities TestReport TestScript ValueSet VerificationResult VisionPrescription`,
)

/** Types that no element's name ends in, as the names of a choice do: `value[x]` is never a Narrative. */
const others = words(
  `Element BackboneElement Resource DomainResource Extension Narrative ElementDefinition MarketingStatus
  Population ProdCharacteristic ProductShelfLife SubstanceAmount MoneyQuantity xhtml BackboneType Base DataType
  PrimitiveType`,
)

/** Types of FHIRPath itself that FHIR calls otherwise. */
const system = words('Long Any')

/** Whether a name, with or without its namespace, is that of a type; `Instant` counts as `instant`. */
export function isType(name: string): boolean {
  const bare = name.replace(/^(FHIR|System)\./, '')
  return resourceTypes.has(bare) || others.has(bare) || system.has(bare) || typeOfSuffix(bare) !== undefined
}

/** The type of that name, without its namespace. Throws PathError where there is none. */
export function knownType(name: string, at: number): string {
  if (!isType(name)) throw new PathError(`${name} is not a type`, at)
  return typeSpecifier(name)
}
