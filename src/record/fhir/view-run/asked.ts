import { type Fault, Invalid } from '../../../platform/index.ts'
import { fault, misasked } from '../bundle/entry.ts'
import { parametersOf, type Query } from '../parameters.ts'
import { type Output, outputs } from './rows-as.ts'

/** What to run, over what, and how the rows are answered. */
export type Asked = {
  view: unknown
  resources: unknown[]
  patient: string | undefined
  limit: number | undefined
  header: boolean
  output: Output
}

const known = ['viewResource', 'resource', 'patient', '_limit', 'header', '_format'] as const
type Name = (typeof known)[number]
const isKnown = (name: unknown): name is Name => known.some((each) => each === name)

type Parameter = { name?: unknown; resource?: unknown } & Record<string, unknown>

/**
 * A Parameters resource, or the ViewDefinition by itself with the rest in the address.
 * @throws Invalid naming each parameter that is not taken, or holds what it cannot
 */
export function askedIn(body: Record<string, unknown>, query: Query, accept: string | undefined): Asked {
  const { _format, ...others } = query
  const given = parametersOf(others, ['patient', '_limit', 'header'])
  const format = [_format ?? accept ?? ''].flat()[0] ?? ''
  if (body['resourceType'] === 'ViewDefinition' || body['resourceType'] === undefined)
    return asked(body, [], { ...given, _format: format })
  if (body['resourceType'] !== 'Parameters')
    throw fault('resourceType', 'Send a ViewDefinition, or Parameters that hold one', 'invalid')
  const faults: Fault[] = []
  const values: Partial<Record<Name, string>> = { ...given, _format: format }
  const resources: unknown[] = []
  let view: unknown
  for (const [index, each] of (
    (Array.isArray(body['parameter']) ? body['parameter'] : []) as Parameter[]
  ).entries()) {
    const at = `Parameters.parameter[${index}]`
    if (!isKnown(each?.name))
      faults.push({ path: `${at}.name`, words: `Give one of ${known.join(', ')}`, code: 'not-supported' })
    else if (each.name === 'viewResource') view = each.resource
    else if (each.name === 'resource') resources.push(each.resource)
    else {
      const value = valueIn(each)
      if (value === undefined) faults.push({ path: at, words: 'This needs a value', code: 'required' })
      else values[each.name] = value
    }
  }
  if (view === undefined)
    faults.push({ path: 'Parameters.parameter', words: 'Send the view as viewResource', code: 'required' })
  if (faults.length > 0) throw new Invalid(faults)
  return asked(view, resources, values)
}

function valueIn(parameter: Parameter): string | undefined {
  const [name] = Object.keys(parameter).filter((each) => each.startsWith('value'))
  const value = name === undefined ? undefined : parameter[name]
  if (value !== null && typeof value === 'object') {
    const { reference } = value as { reference?: unknown }
    return typeof reference === 'string' ? reference : undefined
  }
  return value === undefined || value === null ? undefined : String(value)
}

function asked(view: unknown, resources: unknown[], values: Partial<Record<Name, string>>): Asked {
  const limit = values._limit
  if (limit !== undefined && !/^[1-9]\d{0,8}$/.test(limit))
    throw misasked('_limit', 'Give how many rows, 1 at least', 'value')
  return {
    view,
    resources,
    patient: values.patient?.replace(/^Patient\//, ''),
    limit: limit === undefined ? undefined : Number(limit),
    header: values.header !== 'false',
    output: outputOf(values._format ?? ''),
  }
}

/** @throws Invalid for a format that is not made */
function outputOf(format: string): Output {
  const media = format
    .split(',')
    .map((each) => each.split(';')[0]?.trim().toLowerCase().replace('fhir ', 'fhir+') ?? '')
  for (const name of media)
    for (const [output, { names }] of Object.entries(outputs))
      if (names.some((each) => each === name)) return output as Output
  if (media.every((name) => name === '' || name.includes('*'))) return 'json'
  throw misasked('_format', 'Ask for json, ndjson or csv', 'not-supported')
}
