import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validate } from './index.ts'
import { change, changed, sound } from './mutate.ts'

describe('whatever a resource is turned into', () => {
  it('gets an answer, quickly, and every issue is well formed', () => {
    for (const resource of sound) expect(validate(resource)).toEqual([])
    fc.assert(
      fc.property(
        fc.constantFrom(...sound),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        (resource, changes) => {
          const started = performance.now()
          const issues = validate(changed(resource, changes))
          expect(performance.now() - started).toBeLessThan(500)
          for (const issue of issues)
            expect(issue).toMatchObject({ path: expect.any(String), words: expect.stringMatching(/\.$/) })
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('is judged alike however often it is asked', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sound), fc.array(change, { maxLength: 4 }), (resource, changes) => {
        const next = changed(resource, changes)
        expect(validate(next)).toEqual(validate(next))
      }),
      { numRuns: 300 },
    )
  })

  it('may be any JSON at all', () => {
    fc.assert(fc.property(fc.jsonValue(), (any) => Array.isArray(validate(any))))
  })

  it('may be very long', () => {
    const name = Array.from({ length: 200_000 }, () => ({ family: 'x' }))
    expect(validate({ resourceType: 'Patient', name })).toEqual([])
    const entry = Array.from({ length: 20_000 }, (_, at) => ({
      resource: { resourceType: 'Patient', id: `p${at}` },
    }))
    expect(validate({ resourceType: 'Bundle', type: 'collection', entry })).toEqual([])
  })

  it('may refer many times to many contained resources', () => {
    const ids = Array.from({ length: 5000 }, (_, at) => `p${at}`)
    const resource = {
      resourceType: 'Group',
      type: 'person',
      actual: true,
      contained: ids.map((id) => ({ resourceType: 'Patient', id })),
      member: ids.map((id) => ({ entity: { reference: `#${id}` } })),
    }
    const started = performance.now()
    expect(validate(resource)).toEqual([])
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
