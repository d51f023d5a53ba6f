import { PathError } from './ast.ts'
import { boundary, type Side } from './boundary.ts'
import { mapItems, member, objectOf } from './navigate.ts'
import { single } from './operators.ts'
import type { Arguments, MakeFunction } from './scope.ts'
import { knownType } from './types.ts'
import { bare, itemsOf, numberOf } from './values.ts'

const extension: MakeFunction = (source, args) => {
  args.most(1)
  const address = args.compile(0).run
  const extensions = member('extension')
  return {
    run: (focus, scope) => {
      const url = bare(single(address(focus, scope), 'extension()', args.at))
      return mapItems(extensions(source.run(focus, scope)), (item) =>
        objectOf(item)?.['url'] === url ? item : undefined,
      )
    },
  }
}

/**
 * The key of a resource is `Type/id`: the form of a relative reference, so keys of two resources never collide
 * though ids are only unique within a type.
 */
const getResourceKey: MakeFunction = (source, args) => {
  args.most(0)
  return {
    run: (focus, scope) =>
      mapItems(source.run(focus, scope), (item) => {
        const resource = objectOf(item)
        const type = resource?.['resourceType']
        const id = resource?.['id']
        return typeof type === 'string' && typeof id === 'string' ? `${type}/${id}` : undefined
      }),
    type: 'string',
  }
}

const relative = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/

/**
 * The key of the resource a reference points at, or empty. Only relative references have one: an absolute address
 * may lie on another server, and a contained resource has no row of its own.
 */
const getReferenceKey: MakeFunction = (source, args) => {
  args.most(1)
  const wanted = args.nodes.length > 0 ? typeOf(args) : undefined
  return {
    run: (focus, scope) =>
      mapItems(source.run(focus, scope), (item) => {
        const text = objectOf(item)?.['reference']
        const match = typeof text === 'string' ? relative.exec(text) : null
        if (!match || (wanted !== undefined && match[1] !== wanted)) return undefined
        return `${match[1]}/${match[2]}`
      }),
    type: 'string',
  }
}

/** A type may be written bare, with its namespace, or quoted. */
function typeOf({ nodes: [node], name, at }: Arguments): string {
  const type = node?.kind === 'literal' ? node.value : node?.kind === 'member' ? node.name : undefined
  if (typeof type === 'string') return knownType(type, at)
  throw new PathError(`${name}() takes the name of a resource type`, at)
}

/** Follows a reference to a contained resource; anything else would need the database, so it is empty. */
const resolve: MakeFunction = (source, args) => {
  args.most(0)
  const containedIn = member('contained')
  return {
    run: (focus, scope) =>
      mapItems(source.run(focus, scope), (item) => {
        const text = objectOf(item)?.['reference'] ?? bare(item)
        if (typeof text !== 'string' || !text.startsWith('#')) return undefined
        if (text === '#') return scope.resource
        return itemsOf(containedIn(scope.resource)).find((other) => objectOf(other)?.['id'] === text.slice(1))
      }),
  }
}

function boundaryOf(side: Side): MakeFunction {
  return (source, args) => {
    args.most(1)
    const digits = args.nodes.length > 0 ? args.compile(0).run : undefined
    const type = source.type ?? args.context.hint
    return {
      run: (focus, scope) => {
        const item = single(source.run(focus, scope), `${args.name}()`, args.at)
        const precision = digits ? numberOf(itemsOf(digits(focus, scope))[0]) : undefined
        return item === undefined ? undefined : boundary(item, side, precision, type)
      },
      ...(source.type !== undefined && { type: source.type }),
    }
  }
}

export const fhirFunctions: Record<string, MakeFunction> = {
  extension,
  getResourceKey,
  getReferenceKey,
  resolve,
  lowBoundary: boundaryOf('low'),
  highBoundary: boundaryOf('high'),
}
