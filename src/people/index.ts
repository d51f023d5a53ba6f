export { fileFor, filesOf, refOf, type Said } from './files.ts'
export { nameKey, postcodeKey } from './matching.ts'
export { faultInWords, isNhsNumber, nhsNumberSystem, readNhsNumber } from './nhs-number.ts'
export { saidBy } from './patient.fhir.ts'
