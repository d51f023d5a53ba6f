import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildDefinitions, loadDefinitions, loadProfiles } from './definitions.ts'

describe('the slim definitions', () => {
  it('are those that the published ones give, and small', () => {
    const folder = mkdtempSync(join(tmpdir(), 'definitions-'))
    const built = buildDefinitions(join(folder, 'deep'))
    const text = (name: string) => readFileSync(join(folder, 'deep', name), 'utf8')
    const [definitions, profiles] = [text('definitions.json'), text('profiles.json')]
    rmSync(folder, { recursive: true })
    expect(loadDefinitions()).toEqual(built.definitions)
    expect(loadProfiles()).toEqual(built.profiles)
    expect(JSON.parse(definitions)).toEqual(built.definitions)
    expect(JSON.parse(profiles).profiles).toEqual(built.profiles)
    expect(definitions.length).toBeLessThan(1_000_000)
    expect(profiles.length).toBeLessThan(1_000_000)
  })

  it('are built even where they cannot be kept', () => {
    const { definitions, profiles } = buildDefinitions('/dev/null/nowhere')
    expect(Object.keys(definitions.types).length).toBeGreaterThan(600)
    expect(Object.keys(profiles).length).toBeGreaterThan(500)
  })

  it('know what an element may be', () => {
    const { types, valueSets } = loadDefinitions()
    expect(types['Encounter']?.elements['subject']).toEqual({
      min: 0,
      max: 1,
      types: ['Reference'],
      targets: ['Patient', 'Group'],
    })
    expect(types['Bundle.entry']?.elements['link']?.types).toEqual(['Bundle.link'])
    expect(types['Timing.repeat']?.elements['bounds']).toMatchObject({
      choice: true,
      types: ['Duration', 'Range', 'Period'],
    })
    expect(types['Patient']?.elements['id']?.types).toEqual(['id'])
    expect(types['HumanName']?.elements['id']?.types).toEqual(['string'])
    expect(valueSets['http://hl7.org/fhir/ValueSet/administrative-gender']).toContain(
      'http://hl7.org/fhir/administrative-gender|female',
    )
  })

  it('leave out value sets that cannot be listed', () => {
    expect(loadDefinitions().types['Attachment']?.elements['contentType']?.codes).toBeUndefined()
  })
})
