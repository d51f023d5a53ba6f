import { z } from 'zod'

/** A FHIR type and id as they stand in an address, and a query as it was sent. */
export const type = z.string().regex(/^[A-Z][A-Za-z]{1,63}$/)
export const id = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/)
export const query = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
