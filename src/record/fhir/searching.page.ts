import { z } from 'zod'
import type { Scope } from '../../access/index.ts'
import { fhirRoute, Misasked, type Route } from '../../platform/index.ts'
import { compartmentAnswer, searchAnswer } from '../search/index.ts'
import { id, query, type } from './addresses.ts'
import { reading } from './policy.ts'

const searchVia = (method: 'GET' | 'POST', path: '/fhir/:type' | '/fhir/:type/_search') =>
  fhirRoute({
    method,
    path,
    may: reading,
    audit: 'fhir.search',
    gathered: true,
    input: z.object({ type, query }),
    run: async ({ db, input, scope, shown, base, now }) => {
      const reader = { scope: scope as Scope, base, now }
      const { body, files, total } = await searchAnswer(db, reader, input.type, input.query)
      shown(files, { type: input.type, query: input.query, total })
      return { status: 200, body }
    },
  })

const compartment = fhirRoute({
  method: 'GET',
  path: '/fhir/:type/:id/:member',
  may: reading,
  audit: 'fhir.search',
  gathered: true,
  input: z.object({ type, id, member: z.string().regex(/^(?:\*|[A-Z][A-Za-z]{1,63})$/), query }),
  run: async ({ db, input, scope, shown, base, now }) => {
    const { type: of, id: patient, member } = input
    if (of !== 'Patient')
      throw new Misasked([
        { path: of, words: 'Only the compartment of a Patient is kept', code: 'not-supported' },
      ])
    const reader = { scope: scope as Scope, base, now }
    const { body, files, total } = await compartmentAnswer(db, reader, { patient, member }, input.query)
    shown(files, { type: member, patient, query: input.query, total })
    return { status: 200, body }
  },
})

export const searchingRoutes: Route[] = [
  searchVia('GET', '/fhir/:type'),
  searchVia('POST', '/fhir/:type/_search'),
  compartment,
]
