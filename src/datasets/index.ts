export { allDatasets } from './all.ts'
export { allExtracts } from './extracts/all.ts'
export type { ExtractType, FlatExtract } from './extracts/schema.ts'
export type { Column, Dataset, Said } from './schema.ts'
