import { parseLossless, validate } from '../record/index.ts'

const decimals = new Set(['value', 'valueDecimal', 'period'])

/**
 * A published UK Core example as its author meant it: they were turned from XML into JSON by a tool that wrote decimals as text and kept
 * comments in a property that FHIR dropped after DSTU2; and three references lack the type before the id.
 */
export function mended(value: unknown, key = ''): unknown {
  if (typeof value === 'string' && decimals.has(key) && /^\d+(?:\.\d+)?$/.test(value)) return Number(value)
  if (typeof value === 'string' && key === 'reference')
    return value.replace(/^UKCore-MedicationRequest-/, 'MedicationRequest/$&')
  if (Array.isArray(value)) return value.map((item) => mended(item))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => name !== 'fhir_comments')
  // An identifier's value and a telephone number look like decimals but are text.
  const isText = 'system' in value && !('unit' in value) && !('code' in value)
  const pairs = kept.map(
    ([name, inner]) => [name, mended(inner, isText && name === 'value' ? '' : name)] as const,
  )
  const filled = pairs.filter(
    ([name, inner]) => !name.startsWith('_') || Object.keys(inner as object).length > 0,
  )
  return Object.fromEntries(filled)
}

const ukCore = 'https://fhir.hl7.org.uk/StructureDefinition/UKCore-'
const category = 'http://terminology.hl7.org/CodeSystem/observation-category'
type Made = { resourceType: string; category?: { coding?: { system?: string; code?: string }[] }[] }

/**
 * What UK Core finds wrong, or might have better, with resources that the product makes, each fault once. A laboratory result or report is held
 * against the profile of those, which asks for more.
 */
export function ukCoreFaults(made: readonly (string | object)[]): string[] {
  const faults = made.flatMap((each) => {
    const resource = (typeof each === 'string' ? parseLossless(each) : each) as Made
    const codings = (resource.category ?? []).flatMap(({ coding = [] }) => coding)
    const isLab = codings.some(
      ({ system, code }) => (system === category && code === 'laboratory') || code === 'LAB',
    )
    const profile = `${ukCore}${resource.resourceType}${isLab ? '-Lab' : ''}`
    return validate(resource, { profiles: { also: [profile] } }).map(
      ({ severity, path, words }) => `${severity} ${path.replace(/\d+/g, 'n')}: ${words}`,
    )
  })
  return [...new Set(faults)].sort()
}
