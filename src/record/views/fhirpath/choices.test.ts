import { expect, it } from 'vitest'
import { loadDefinitions } from '../../validation/index.ts'
import { choiceNames, dateNames } from './choices.ts'

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
