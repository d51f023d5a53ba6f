export { buildDefinitions, definitionsFile, loadDefinitions } from './definitions.ts'
export type { Issue, IssueCode, ReadDecimal } from './issue.ts'
export { makeValidator, type Options, type Validate, validate } from './validate.ts'
