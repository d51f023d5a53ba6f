import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CaseFile, runCase } from './cases.ts'

const folder = resolve(import.meta.dirname, '../../../../shared/data/sql-on-fhir')
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []

describe.skipIf(files.length === 0)('the SQL on FHIR test suite', () => {
  if (files.length === 0) it('is not on this machine', () => {})
  for (const file of files) {
    const { resources, tests } = JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as CaseFile
    it.each(tests)(`${file}: $title`, (test) => {
      expect(runCase(test, resources)).toBeUndefined()
    })
  }
})
