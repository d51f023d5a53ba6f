import type { CodeLists, Constraint, Declared } from '../profiles/declared.ts'
import care from './care.profile.json' with { type: 'json' }
import codes from './codes.json' with { type: 'json' }
import extensions from './extensions.profile.json' with { type: 'json' }
import medicines from './medicines.profile.json' with { type: 'json' }
import observations from './observations.profile.json' with { type: 'json' }
import people from './people.profile.json' with { type: 'json' }
import reports from './reports.profile.json' with { type: 'json' }
import requests from './requests.profile.json' with { type: 'json' }

/**
 * A profile of a resource: the type is the second part of its name. Names of UK Core stand for their addresses. `version` is that of the published
 * definition the facts were read from; `unread` is what could not be read in a version in force, so that nobody takes it for checked.
 */
type Profile = {
  name: string
  version?: string
  base?: string
  unread?: string[]
  elements: Record<string, Constraint>
}
/** An extension with a value, or one made of parts. Its value must be there unless it is optional. */
type Extension = Valued & {
  name: string
  on: string[]
  optional?: true
  parts?: Record<string, Valued & { min?: number }>
}
type Valued = { value?: string; targets?: string[]; codes?: string; strength?: 'required' }

const address = 'https://fhir.hl7.org.uk/StructureDefinition/'

const full = (name: string) => (/^(?:Extension-)?UKCore-/.test(name) ? address + name : name)
const fullSet = (name: string) =>
  name.startsWith('UKCore-') ? `https://fhir.hl7.org.uk/ValueSet/${name}` : name
const titleOf = (name: string) =>
  `UK Core ${name.replace(/^(?:Extension-)?UKCore-/, '').replaceAll('-', ' ')}`

function profile({ name, version, base, unread, elements }: Profile): Declared {
  return {
    url: full(name),
    ...(version !== undefined && { version }),
    title: titleOf(name),
    type: name.split('-')[1] ?? '',
    ...(base !== undefined && { base: full(base) }),
    ...(unread && { unread }),
    elements: Object.fromEntries(
      Object.entries(elements).map(([id, { profile: of, binding, ...rest }]) => [
        id,
        {
          ...rest,
          ...(of !== undefined && { profile: full(of) }),
          ...(binding && { binding: { ...binding, valueSet: fullSet(binding.valueSet) } }),
        },
      ]),
    ),
  }
}

function extension({ name, on, parts, optional, ...valued }: Extension): Declared {
  const elements: Declared['elements'] = { url: { fixed: full(name) } }
  for (const [part, { min = 0, ...inner }] of Object.entries(parts ?? {})) {
    elements[`extension:${part}`] = { min, max: 1 }
    elements[`extension:${part}.url`] = { fixed: part }
    elements[`extension:${part}.value[x]`] = { min: 1, ...typed(inner) }
  }
  elements['value[x]'] = parts ? { max: 0 } : { min: optional ? 0 : 1, ...typed(valued) }
  return { url: full(name), title: titleOf(name), type: 'Extension', contexts: on, elements }
}

const typed = ({ value, targets, codes: list, strength }: Valued): Constraint => ({
  ...(value !== undefined && { types: [value] }),
  ...(targets && { targets }),
  ...(list !== undefined && { binding: { strength: strength ?? 'extensible', valueSet: fullSet(list) } }),
})

/**
 * The UK Core profiles and extensions of the types that are taken here: facts of the definitions that HL7 UK publishes (staging repository,
 * versions as each file says), in a form and in words of our own. docs/validation.md says what was left out.
 */
export const ukCore: { profiles: Declared[]; codes: CodeLists } = {
  profiles: [
    ...([people, care, medicines, observations, reports, requests] as unknown as Profile[][])
      .flat()
      .map(profile),
    ...(extensions as unknown as Extension[]).map(extension),
  ],
  codes: Object.fromEntries(
    Object.entries(codes).map(([name, lists]) => [fullSet(name), lists as Record<string, string[]>]),
  ),
}
