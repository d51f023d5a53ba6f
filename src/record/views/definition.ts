import type { SelectDefinition, ViewDefinition } from './view-definition.ts'

/** What does not change a row of a view: how its author describes it. */
const words = new Set(['description', 'tag', 'id', 'extension'])

/**
 * What of a view decides about its rows, as text that is the same for two views that make the same rows of the same JSON: without
 * descriptions, keys in one order. This is what a database keeps of each version of a view.
 */
export function definitionOf({ name, resource, meta, constant, select, where }: ViewDefinition): string {
  return JSON.stringify(
    ordered({
      name,
      resource,
      ...(meta?.tag && { meta: { tag: meta.tag.map(({ system, code }) => ({ system, code })) } }),
      constant,
      select: (select as SelectDefinition[]).map(withoutWords),
      where: where?.map(withoutWords),
    }),
  )
}

function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (words.has(key) ? [] : [[key, withoutWords(inner)]])),
  )
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]))
}
