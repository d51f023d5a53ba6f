export { allDatasets } from './all.ts'
export type { Column, Dataset, Said } from './schema.ts'
