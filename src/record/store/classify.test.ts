import type { Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { categoryOf } from './classify.ts'

const enquiry = { resourceType: 'ServiceRequest', code: { text: 'Safeguarding enquiry' } }
const coded = {
  resourceType: 'Flag',
  category: [{ coding: [{ code: 'safeguarding' }] }],
  code: { text: 'Concern' },
}
const letter = { resourceType: 'DocumentReference', type: { coding: [{ display: 'Safeguarding plan' }] } }

test.each([
  ['an enquiry', enquiry, 'social-care', 'safeguarding'],
  ['a flag', coded, 'community', 'safeguarding'],
  ['a letter', letter, 'hospital', 'safeguarding'],
  [
    'another referral',
    { ...enquiry, code: { text: 'Referral to kidney clinic' } },
    'social-care',
    'activity',
  ],
  [
    'a document of mental health',
    { resourceType: 'DocumentReference', type: { text: 'Letter' } },
    'mental-health',
    'mental-health',
  ],
  ['an allergy of mental health', { resourceType: 'AllergyIntolerance' }, 'mental-health', 'alert'],
  ['a plan of social care', { resourceType: 'CarePlan' }, 'social-care', 'social-care'],
])('%s falls into %s', (_name, resource, sourceKind, expected) =>
  expect(categoryOf(resource as unknown as Resource, sourceKind)).toBe(expected),
)
