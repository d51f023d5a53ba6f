import { PathError } from './ast.ts'
import { itemsEqual } from './equality.ts'
import { children, isOfType } from './navigate.ts'
import { addDistinct, truth } from './operators.ts'
import type { Arguments, Evaluate, MakeFunction, Scope } from './scope.ts'
import { knownType } from './types.ts'
import { append, type Collection, collectionOf, isEmpty, itemsOf } from './values.ts'

/** Runs `visit` for each item with `$this` and `$index` set to it; stops early when `visit` answers false. */
function forEachItem(
  collection: Collection,
  scope: Scope,
  visit: (item: unknown, index: number) => unknown,
): void {
  const { item, index } = scope
  let at = 0
  for (const each of itemsOf(collection)) {
    scope.item = each
    scope.index = at
    if (visit(each, at) === false) break
    at += 1
  }
  scope.item = item
  scope.index = index
}

function criteria(args: Arguments): (item: unknown, scope: Scope) => boolean {
  args.most(1)
  const { run } = args.compile(0)
  return (item, scope) => truth(run(item, scope), args.name, args.at) === true
}

const where: MakeFunction = (source, args) => {
  const passes = criteria(args)
  const run: Evaluate = (focus, scope) => {
    const found: unknown[] = []
    forEachItem(source.run(focus, scope), scope, (item) => {
      if (passes(item, scope)) found.push(item)
    })
    return collectionOf(found)
  }
  return source.type === undefined ? { run } : { run, type: source.type }
}

const exists: MakeFunction = (source, args) => {
  if (args.nodes.length === 0)
    return { run: (focus, scope) => !isEmpty(source.run(focus, scope)), type: 'boolean' }
  const filtered = where(source, args)
  return { run: (focus, scope) => !isEmpty(filtered.run(focus, scope)), type: 'boolean' }
}

const all: MakeFunction = (source, args) => {
  const passes = criteria(args)
  return {
    run: (focus, scope) => {
      let every = true
      forEachItem(source.run(focus, scope), scope, (item) => {
        every = passes(item, scope)
        return every
      })
      return every
    },
    type: 'boolean',
  }
}

const select: MakeFunction = (source, args) => {
  args.most(1)
  const { run } = args.compile(0)
  return {
    run: (focus, scope) => {
      const found: unknown[] = []
      forEachItem(source.run(focus, scope), scope, (item) => {
        append(found, run(item, scope))
      })
      return collectionOf(found)
    },
  }
}

/** Walks down by `projection` until nothing new appears; the starting items are not part of the answer. */
const repeat: MakeFunction = (source, args) => {
  args.most(1)
  const { run } = args.compile(0)
  return {
    run: (focus, scope) => {
      const found: unknown[] = []
      let level = itemsOf(source.run(focus, scope))
      while (level.length > 0) {
        const next: unknown[] = []
        forEachItem(level, scope, (item) => {
          for (const child of itemsOf(run(item, scope))) if (isNew(child, found)) addTo(child, found, next)
        })
        level = next
      }
      return collectionOf(found)
    },
  }
}

const isNew = (item: unknown, found: unknown[]) => !found.some((other) => itemsEqual(item, other) === true)

function addTo(item: unknown, ...lists: unknown[][]): void {
  for (const list of lists) list.push(item)
}

const descendants: MakeFunction = (source, args) => {
  args.most(0)
  return {
    run: (focus, scope) => {
      const found: unknown[] = []
      let level = itemsOf(children(source.run(focus, scope)))
      while (level.length > 0) {
        append(found, level)
        level = itemsOf(children(level))
      }
      return collectionOf(found)
    },
  }
}

const iif: MakeFunction = (source, args) => {
  args.most(3)
  const test = args.compile(0).run
  const yes = args.compile(1).run
  const no = args.nodes.length > 2 ? args.compile(2).run : () => undefined
  return {
    run: (focus, scope) => {
      const input = source.run(focus, scope)
      return truth(test(input, scope), 'iif', args.at) === true ? yes(input, scope) : no(input, scope)
    },
  }
}

const aggregate: MakeFunction = (source, args) => {
  args.most(2)
  const step = args.compile(0).run
  const start: Evaluate = args.nodes.length > 1 ? args.compile(1).run : () => undefined
  return {
    run: (focus, scope) => {
      const before = scope.total
      scope.total = start(focus, scope)
      forEachItem(source.run(focus, scope), scope, (item) => {
        scope.total = step(item, scope)
      })
      const answer = scope.total
      scope.total = before
      return answer
    },
  }
}

const is: MakeFunction = (source, args) => {
  args.most(1)
  const [node] = args.nodes
  if (node?.kind !== 'member') throw new PathError('is() needs one type', args.at)
  const owner = node.target?.kind === 'member' ? `${node.target.name}.` : ''
  const type = knownType(owner + node.name, node.at)
  return {
    run: (focus, scope) => {
      const items = itemsOf(source.run(focus, scope))
      return items.length === 0 ? undefined : items.length === 1 && isOfType(items[0], type)
    },
    type: 'boolean',
  }
}

const trace: MakeFunction = (source) => source

const childrenOf: MakeFunction = (source, args) => {
  args.most(0)
  return { run: (focus, scope) => children(source.run(focus, scope)) }
}

const distinct: MakeFunction = (source, args) => {
  args.most(0)
  return {
    ...source,
    run: (focus, scope) => collectionOf(addDistinct([], itemsOf(source.run(focus, scope)))),
  }
}

export const filterFunctions: Record<string, MakeFunction> = {
  where,
  exists,
  all,
  select,
  repeat,
  descendants,
  children: childrenOf,
  iif,
  aggregate,
  is,
  trace,
  distinct,
}
