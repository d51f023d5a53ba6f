import { declaredTypes } from './declared.ts'
import { declarationOf } from './parameters.ts'

const columns = [
  { name: '_id', type: 'token' },
  { name: '_lastUpdated', type: 'date' },
]

/** What can be searched, for the statement of what the server can do. */
export function searchCapabilities(): {
  type: string
  searchParam: { name: string; type: string }[]
  searchInclude: string[]
  searchRevInclude: string[]
}[] {
  const references = declaredTypes.flatMap((type) =>
    parametersOf(type)
      .filter(({ kind }) => kind === 'reference')
      .map((parameter) => ({ type, ...parameter })),
  )
  return declaredTypes.map((type) => ({
    type,
    searchParam: [...columns, ...parametersOf(type).map(({ name, kind }) => ({ name, type: kind }))],
    searchInclude: references.filter((each) => each.type === type).map(({ name }) => `${type}:${name}`),
    searchRevInclude: references
      .filter(({ targets }) => targets.includes(type))
      .map((each) => `${each.type}:${each.name}`),
  }))
}

const parametersOf = (type: string) => [...(declarationOf(type)?.parameters.values() ?? [])]
