import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allViews, tableDdl, viewRecord } from './index.ts'
import { rowsOf } from './rows-of.ts'

describe('every view', () => {
  it('makes a table', () => {
    for (const view of allViews) expect(tableDdl(view, { schema: 'record' })).toContain(`"v_${view.name}"`)
  })

  it('that reveals a location says so', () => {
    expect(allViews.filter((view) => view.location).map((view) => view.name)).toEqual([
      'encounter_location',
      'patient_address',
      'patient_practice',
    ])
  })

  it('declares the type of every column', () => {
    for (const view of allViews)
      expect(view.columns.filter((column) => column.type === undefined)).toEqual([])
  })
})

const examples = resolve(import.meta.dirname, '../../../../shared/data/uk-core')

describe.skipIf(!existsSync(examples))('the UK Core examples', () => {
  const load = (file: string) => JSON.parse(readFileSync(resolve(examples, file), 'utf8'))

  it('fill their views without a fault', () => {
    for (const file of readdirSync(examples)) {
      const resource = load(file)
      for (const each of [
        resource,
        ...(resource.entry ?? []).map((entry: { resource: unknown }) => entry.resource),
      ]) {
        for (const view of allViews.filter(({ resource }) => resource === each.resourceType))
          expect(() => viewRecord(view, each)).not.toThrow()
      }
    }
  })

  it('show what they say', () => {
    expect(rowsOf('allergy', load('UKCore-AllergyIntolerance-Amoxicillin-Example.json'))).toMatchObject([
      {
        title: 'Amoxicillin',
        clinical_status: 'active',
        manifestations: 'Urticarial rash',
        reaction_severity: 'mild',
      },
    ])
    expect(
      rowsOf('medication_request', load('UKCore-MedicationRequest-ParacetamolIV-Example.json')),
    ).toMatchObject([
      { title: 'Paracetamol', dose: '500 milligram', frequency: '4 every 1 d', route: 'Intravenous' },
    ])
    expect(
      rowsOf('observation_component', load('UKCore-Observation-24HourBloodPressure-Example.json')),
    ).toMatchObject([{ value_number: '102' }, { value_number: '84' }])
  })
})
