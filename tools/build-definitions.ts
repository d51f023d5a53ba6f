/** Builds the slim FHIR definitions and the snapshots of profiles, so that a first start need not: `node tools/build-definitions.ts`. */
import { buildDefinitions } from '../src/record/validation/definitions.ts'

const { definitions, profiles } = buildDefinitions()
const size = (content: unknown) => `${Math.round(JSON.stringify(content).length / 1024)} kB`
const { types, valueSets } = definitions
console.log(
  `${Object.keys(types).length} types, ${Object.keys(valueSets).length} value sets, ${size(definitions)}`,
)
console.log(`${Object.keys(profiles).length} profiles, ${size(profiles)}`)
