import type { Resource } from '@medplum/fhirtypes'
import { asText, searchEntries } from '../search/index.ts'
import type { KeptView, KeptViews } from '../views/index.ts'
import { type Line, linesOf } from './rows-of-views.ts'

/** What a resource says by itself, whoever it is about and whatever was kept before: what it is found by, and what each view makes of it. */
export type Says = { search: string; views: readonly { kept: KeptView; lines: Line[] }[] }

export const saysOf = (resource: Resource, views: KeptViews): Says => ({
  search: asText(searchEntries(resource)),
  views: views.of(resource.resourceType).map((kept) => ({ kept, lines: linesOf(kept, resource) })),
})
