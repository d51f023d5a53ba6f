/** Builds the slim FHIR definitions the validator loads, so that a first start need not: `node tools/build-definitions.ts`. */
import { statSync } from 'node:fs'
import { buildDefinitions, definitionsFile } from '../src/record/validation/definitions.ts'

const { types, valueSets } = buildDefinitions()
const size = Math.round(statSync(definitionsFile()).size / 1024)
console.log(`${Object.keys(types).length} types, ${Object.keys(valueSets).length} value sets, ${size} kB`)
