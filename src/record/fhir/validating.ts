import { type Fault, Invalid } from '../../platform/index.ts'

type Json = Record<string, unknown>
const modes = ['create', 'update', 'delete', 'profile'] as const

/** What is to be validated: `at` is where it stands in what was sent; without a resource, the one in the address is meant. */
export type Asked = {
  resource: Json | undefined
  at: string
  mode: (typeof modes)[number]
  profiles: string[]
}

const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** What a body asks: a resource as it is, or in Parameters with mode and profile; the address may give those two as well. @throws Invalid */
export function askedOf(body: Json, query: Record<string, string | string[]>): Asked {
  const faults: Fault[] = []
  const asked: Asked = { resource: undefined, at: '', mode: 'create', profiles: [] }
  const take = (name: string, value: unknown, path: string) => {
    if (name === 'profile' && typeof value === 'string') asked.profiles.push(value.replace(/\|.*$/, ''))
    else if (name === 'mode' && modes.some((mode) => mode === value)) asked.mode = value as Asked['mode']
    else if (name === 'mode')
      faults.push({ path, words: `The mode is one of ${modes.join(', ')}`, code: 'value' })
    else faults.push({ path, words: 'These are taken here: resource, mode, profile', code: 'not-supported' })
  }
  for (const [name, given] of Object.entries(query))
    if (!name.startsWith('_')) for (const value of [given].flat()) take(name, value, name)
  if (body['resourceType'] !== 'Parameters') asked.resource = body
  else {
    const all: unknown[] = Array.isArray(body['parameter']) ? body['parameter'] : []
    for (const [index, parameter] of all.entries()) {
      const path = `Parameters.parameter[${index}]`
      const { name, resource, ...rest } = isObject(parameter) ? parameter : {}
      if (name === 'resource' && isObject(resource)) {
        asked.resource = resource
        asked.at = `parameter[${index}].resource`
      } else take(String(name), Object.entries(rest).find(([key]) => key.startsWith('value'))?.[1], path)
    }
  }
  if (faults.length > 0) throw new Invalid(faults)
  return asked
}
