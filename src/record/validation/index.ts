export { buildDefinitions, loadDefinitions } from './definitions.ts'
export type { Issue, IssueCode, ReadDecimal } from './issue.ts'
export { type Options, type Validate, validate } from './validate.ts'
