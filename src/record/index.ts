export { fhirApi } from './fhir/api.page.ts'
export { keepTransaction } from './fhir/transaction.ts'
export { recordRoutes } from './routes.ts'
export { keep, type Sending, type Write, type Written } from './store/write.ts'
