const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

/**
 * Elements that somewhere in R4 are a choice, written `value[x]`: JSON then holds `valueString`, `valueQuantity`
 * and so on, while FHIRPath says `value`. Only these names are worth a search when the plain property is missing.
 */
export const choiceNames = words(
  `abatement additive age allowed amount answer asNeeded author born bounds characteristic chargeItem code
  collected content created date deceased defaultValue definingSubstance definition detail diagnosis dose
  doseNumber due duration effective entity event example fastingStatus fixed identified indication instances
  item legallyBinding location manufacturer maxValue medication minValue minimumVolume module multipleBirth
  name occurred occurrence offset onset participantEffective pattern performed probability procedure product
  quantity rate reported scheduled seriesDoses serviced source start statusReason studyEffective subject
  substance target time timing topic used value when`,
)

/**
 * R4 elements of type `date`, to which no time of day can be added. Elsewhere a value that shows only a day is a
 * `dateTime` of day precision, and the two have different boundaries. Names that are `date` in one resource and
 * `dateTime` in another are left out.
 */
export const dateNames = words('approvalDate birthDate lastReviewDate nextScheduled')

const primitives = words(
  `base64Binary boolean canonical code date dateTime decimal id instant integer integer64 markdown oid
  positiveInt string time unsignedInt uri url uuid`,
)

const complexTypes = words(
  `Address Age Annotation Attachment CodeableConcept CodeableReference Coding ContactDetail ContactPoint
  Contributor Count DataRequirement Distance Dosage Duration Expression ExtendedContactDetail HumanName
  Identifier Meta Money ParameterDefinition Period Quantity Range Ratio RatioRange Reference RelatedArtifact
  SampledData Signature SimpleQuantity Timing TriggerDefinition UsageContext`,
)

export const isPrimitive = (type: string) => primitives.has(type)

/** `String` gives `string`, `Quantity` stays; undefined if the end of a name is no FHIR data type. */
export function typeOfSuffix(suffix: string): string | undefined {
  if (complexTypes.has(suffix)) return suffix
  const lower = suffix.charAt(0).toLowerCase() + suffix.slice(1)
  return primitives.has(lower) ? lower : undefined
}

/** `FHIR.string`, `System.String` and `string` all name the same type here. */
export function typeSpecifier(text: string): string {
  const name = text.replace(/^(FHIR|System)\./, '')
  return text.startsWith('System.') ? (typeOfSuffix(name) ?? name) : name
}
