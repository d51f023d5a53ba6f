import { type Item, isItem, itemsIn, textOf } from './issue.ts'
import type { Rule, Rules } from './rules.ts'
import { has, hasChoice } from './rules-data-types.ts'

const entries = (bundle: Item) => itemsIn(bundle['entry'])
const isA = (bundle: Item, ...types: string[]) => types.includes(bundle['type'] as string)

const first = (bundle: Item): unknown => {
  const [entry] = entries(bundle)
  return isItem(entry?.['resource']) ? entry['resource']['resourceType'] : undefined
}

function addressesAreDistinct(bundle: Item): boolean {
  if (isA(bundle, 'history')) return true
  const seen = new Set<string>()
  for (const { fullUrl, resource } of entries(bundle)) {
    if (typeof fullUrl !== 'string') continue
    const meta = isItem(resource) && isItem(resource['meta']) ? resource['meta'] : {}
    const key = `${fullUrl}|${textOf(meta['versionId'])}`
    if (seen.has(key)) return false
    seen.add(key)
  }
  return true
}

function isIdentified({ identifier }: Item): boolean {
  return isItem(identifier) && has(identifier, 'system') && has(identifier, 'value')
}

const bundle: Rule[] = [
  {
    key: 'bdl-1',
    words: 'Only a search set or a history may have a total',
    at: 'total',
    holds: (item) => !has(item, 'total') || isA(item, 'searchset', 'history'),
  },
  {
    key: 'bdl-2',
    words: 'Only the entries of a search set may have search details',
    at: 'entry',
    holds: (item) => isA(item, 'searchset') || entries(item).every((entry) => !has(entry, 'search')),
  },
  {
    key: 'bdl-3',
    words: 'Every entry of a batch, transaction or history must have a request, and no other entry may',
    at: 'entry',
    holds: (item) => {
      const wanted = isA(item, 'batch', 'transaction', 'history')
      return entries(item).every((entry) => has(entry, 'request') === wanted)
    },
  },
  {
    key: 'bdl-4',
    words: 'Every entry of a response or history must have a response, and no other entry may',
    at: 'entry',
    holds: (item) => {
      const wanted = isA(item, 'batch-response', 'transaction-response', 'history')
      return entries(item).every((entry) => has(entry, 'response') === wanted)
    },
  },
  {
    key: 'bdl-7',
    words: 'No two entries may have the same address and version',
    at: 'entry',
    holds: addressesAreDistinct,
  },
  {
    key: 'bdl-9',
    words: 'A document must have an identifier with system and value',
    at: 'identifier',
    holds: (item) => !isA(item, 'document') || isIdentified(item),
  },
  {
    key: 'bdl-10',
    words: 'A document must have a timestamp',
    at: 'timestamp',
    holds: (item) => !isA(item, 'document') || has(item, 'timestamp'),
  },
  {
    key: 'bdl-11',
    words: 'A document must start with a Composition',
    at: 'entry',
    holds: (item) => !isA(item, 'document') || first(item) === 'Composition',
  },
  {
    key: 'bdl-12',
    words: 'A message must start with a MessageHeader',
    at: 'entry',
    holds: (item) => !isA(item, 'message') || first(item) === 'MessageHeader',
  },
]

const entry: Rule[] = [
  {
    key: 'bdl-5',
    words: 'An entry needs a resource, a request or a response',
    holds: (item) => has(item, 'resource', 'request', 'response'),
  },
  {
    key: 'bdl-8',
    words: 'The address of an entry must not name a version',
    at: 'fullUrl',
    holds: ({ fullUrl }) => typeof fullUrl !== 'string' || !fullUrl.includes('/_history/'),
  },
]

const parameter: Rule = {
  key: 'inv-1',
  words: 'A parameter must have exactly one of value, resource and parts',
  holds: (item) =>
    [hasChoice(item, 'value'), has(item, 'resource'), has(item, 'part')].filter(Boolean).length === 1,
}

/** Rules of the resources that carry others. */
export const bundleRules: Rules = {
  Bundle: bundle,
  'Bundle.entry': entry,
  'Parameters.parameter': [parameter],
}
