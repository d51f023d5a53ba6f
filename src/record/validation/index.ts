export { loadDefinitions } from './definitions.ts'
export type { Issue, IssueCode, ReadDecimal } from './issue.ts'
export type { Applied } from './profiles/claims.ts'
export { type Options, type Validate, type Validator, validate, validatorFor } from './validate.ts'
