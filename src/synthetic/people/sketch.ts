import type { Kin, Person } from './person.ts'

/** A character as written down: what a person is, with what is recent about them counted back from now. */
export type Sketch = Pick<Person, 'nhsNumber' | 'given' | 'family' | 'sex' | 'practice'> &
  Partial<Person> & {
    id: string
    purpose: string
    home: readonly [line: string, town: string, postcode: string]
    bornDaysAgo?: number
    diedDaysAgo?: number
  }

export const kin = (name: string, relationship: Kin['relationship'], phone: string, carer = false): Kin => ({
  name,
  relationship,
  phone,
  carer,
})
