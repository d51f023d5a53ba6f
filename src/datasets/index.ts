export { allDatasets } from './all.ts'
export { typeInWords } from './documentation.ts'
export type { Column, Dataset, Said } from './schema.ts'
