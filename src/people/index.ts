export { filesFor, filesOf, refOf, type Said } from './files.ts'
export { cluesForm, type Finding, formView, look, resultsView } from './find.page.tsx'
export {
  fileOf,
  linkFiles,
  /** @public */ neverTheSame,
  /** @public */ supersede,
  /** @public */ unlinkFile,
} from './links.ts'
export { nameKey, postcodeKey } from './matching/names.ts'
export { checkDigit, faultInWords, isNhsNumber, nhsNumberSystem, readNhsNumber } from './nhs-number.ts'
export { saidBy } from './patient.fhir.ts'
export { refusalPage } from './reason.page.tsx'
export { peopleRoutes } from './routes.ts'
