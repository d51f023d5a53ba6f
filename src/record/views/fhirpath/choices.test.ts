import { expect, it } from 'vitest'
import { loadDefinitions } from '../../validation/index.ts'
import { choiceNames, dateNames } from './choices.ts'
import { isType, resourceTypes } from './types.ts'

const elements = Object.values(loadDefinitions().types).flatMap(({ elements }) => Object.entries(elements))

it('knows every choice element of R4', () => {
  const published = new Set(elements.filter(([, { choice }]) => choice).map(([name]) => name))
  expect([...published].filter((name) => !choiceNames.has(name))).toEqual([])
  expect([...choiceNames].filter((name) => !published.has(name))).toEqual([])
})

it('takes an element for a date only where it is one in every resource', () => {
  const typesOf = (wanted: string) =>
    new Set(elements.filter(([name]) => name === wanted).flatMap(([, { types }]) => types))
  for (const name of dateNames) expect([name, ...typesOf(name)]).toEqual([name, 'date'])
})

it('knows every type of R4, and which are resources', () => {
  const { types } = loadDefinitions()
  const published = Object.keys(types).filter((name) => !name.includes('.'))
  expect(published.filter((name) => !isType(name))).toEqual([])
  expect([...resourceTypes].filter((name) => !published.includes(name))).toEqual([])
  const resources = published.filter(
    (name) => types[name]?.elements['implicitRules'] && !types[name]?.abstract,
  )
  expect(resources.filter((name) => !resourceTypes.has(name))).toEqual([])
  for (const name of ['Patient', 'FHIR.Patient', 'System.String', 'Instant', 'instant'])
    expect(isType(name)).toBe(true)
  for (const name of ['patient', 'Invalid', 'Strings', '']) expect(isType(name)).toBe(false)
})
