import { type Item, isItem, itemsIn, textOf } from './issue.ts'
import type { Rule } from './rules.ts'

const metaOf = (item: Item): Item => (isItem(item['meta']) ? item['meta'] : {})

/** Every local reference (`#id`) anywhere in a resource, found without recursion: the depth is the sender's choice. */
function localReferences(resource: Item): Set<string> {
  const found = new Set<string>()
  const seen = new Set<unknown>([resource])
  for (const item of seen) {
    for (const value of Object.values(item as Item)) {
      if (typeof value === 'string') {
        if (value.startsWith('#')) found.add(value)
      } else if (typeof value === 'object' && value !== null) seen.add(value)
    }
  }
  return found
}

function containedAreUsed(resource: Item): boolean {
  const contained = itemsIn(resource['contained'])
  if (contained.length === 0) return true
  const used = localReferences(resource)
  return contained.every((each) => used.has(`#${textOf(each['id'])}`) || localReferences(each).has('#'))
}

const every = (resource: Item, holds: (contained: Item) => boolean) => {
  const { contained } = resource
  return contained === undefined || itemsIn(contained).every(holds)
}

/** What DomainResource asks of the resources that another one contains. */
export const domainRules: Rule[] = [
  {
    key: 'dom-2',
    words: 'A contained resource must not contain others',
    holds: (resource) => every(resource, (each) => each['contained'] === undefined),
  },
  {
    key: 'dom-3',
    words: 'A contained resource must be referred to from the resource that contains it',
    at: 'contained',
    holds: containedAreUsed,
  },
  {
    key: 'dom-4',
    words: 'A contained resource must not have a version or a time of last update',
    at: 'contained',
    holds: (resource) =>
      every(
        resource,
        (each) => metaOf(each)['versionId'] === undefined && metaOf(each)['lastUpdated'] === undefined,
      ),
  },
  {
    key: 'dom-5',
    words: 'A contained resource must not have security labels',
    at: 'contained',
    holds: (resource) => every(resource, (each) => metaOf(each)['security'] === undefined),
  },
]
