import { collectionFunctions } from './functions-collections.ts'
import { conversionFunctions } from './functions-conversions.ts'
import { fhirFunctions } from './functions-fhir.ts'
import { filterFunctions } from './functions-filters.ts'
import { numberFunctions } from './functions-numbers.ts'
import { textFunctions } from './functions-text.ts'
import type { MakeFunction } from './scope.ts'

/**
 * Every function an expression may call. `now()`, `today()` and `timeOfDay()` are left out on purpose: a view is a
 * pure function of the resource, and a table filled yesterday must agree with one filled today. `memberOf()` needs a
 * terminology server and is refused as unknown.
 */
export const functions: Record<string, MakeFunction> = {
  ...collectionFunctions,
  ...filterFunctions,
  ...textFunctions,
  ...numberFunctions,
  ...conversionFunctions,
  ...fhirFunctions,
}
