import { signed } from './arithmetic.ts'
import { type Node, PathError } from './ast.ts'
import { dateNames } from './choices.ts'
import { functions } from './functions.ts'
import {
  filterType,
  isOfType,
  mapItems,
  member,
  memberOfType,
  objectOf,
  primitiveExtensions,
} from './navigate.ts'
import { operator } from './operators.ts'
import { parse } from './parse.ts'
import type { Arguments, Compiled, Context, Evaluate } from './scope.ts'
import { knownType } from './types.ts'
import { itemsOf, numberOf, Typed } from './values.ts'

/**
 * Compiles a FHIRPath expression to a function from a node to a collection. Everything that does not depend on the
 * data (names, types, functions, constants) is settled here, so a call only walks the resource.
 *
 * Throws PathError, with the offset, for what cannot be parsed, unknown functions, wrong numbers of arguments and
 * undefined constants. The function itself throws PathError where FHIRPath asks for an error, such as several items
 * where one is needed.
 */
export function compilePath(expression: string, context: Context): Compiled {
  return compileNode(parse(expression), context)
}

function compileNode(node: Node, context: Context): Compiled {
  switch (node.kind) {
    case 'literal':
      return { run: () => node.value, type: node.type }
    case 'empty':
      return { run: () => undefined }
    case 'member':
      return compileMember(node, context)
    case 'call':
      return compileCall(node, context)
    case 'index':
      return compileIndex(node, context)
    case 'unary':
      return compileSign(node, context)
    case 'binary':
      return operator(node, compileNode(node.left, context), compileNode(node.right, context))
    case 'type':
      return compileTypeTest(node, context)
    case 'variable':
      return compileVariable(node, context)
    case 'special':
      return compileSpecial(node)
  }
}

type Of<Kind extends Node['kind']> = Extract<Node, { kind: Kind }>

const itself: Evaluate = (focus) => focus

function target(node: Node | undefined, context: Context): Compiled {
  return node ? compileNode(node, context) : { run: itself }
}

function compileMember({ target: from, name }: Of<'member'>, context: Context): Compiled {
  const read = member(name)
  const type = dateNames.has(name) ? { type: 'date' } : {}
  if (from) {
    const { run } = compileNode(from, context)
    return { run: (focus, scope) => read(run(focus, scope)), ...type }
  }
  // `Patient.name` may start with the type of the resource it is about.
  if (/^[A-Z]/.test(name)) {
    const named = (item: unknown) => (objectOf(item)?.['resourceType'] === name ? item : read(item))
    return { run: (focus) => mapItems(focus, named) }
  }
  return { run: read, ...type }
}

function compileCall(node: Of<'call'>, context: Context): Compiled {
  const { target: from, name, args } = node
  if (name === 'ofType' || name === 'as') return compileOfType(node, context)
  if (from?.kind === 'member' && (name === 'extension' || name === 'hasValue')) {
    const fused = compileOnPrimitive(node, from, context)
    if (fused) return fused
  }
  if (name === 'first' && args.length === 0 && from) {
    const choices = alternatives(from)
    if (choices.length > 1) return compileFirstOf(choices, context)
  }
  const make = functions[name]
  if (!make || !Object.hasOwn(functions, name))
    throw new PathError(`${name}() is not a function we know`, node.at)
  const source = target(from, context)
  const given: Arguments = {
    name,
    nodes: args,
    at: node.at,
    context,
    compile: (at) => {
      const argument = args[at]
      if (!argument) throw new PathError(`${name}() needs ${at + 1} argument${at ? 's' : ''}`, node.at)
      return compileNode(argument, context)
    },
    most: (count) => {
      if (args.length > count) throw new PathError(`${name}() takes at most ${count} arguments`, node.at)
    },
  }
  return make(source, given)
}

/** The operands of `a | b | c`, or the node itself. */
function alternatives(node: Node): Node[] {
  if (node.kind !== 'binary' || node.operator !== '|') return [node]
  return [...alternatives(node.left), node.right]
}

/** `(a | b).first()` is the commonest idiom of a view; what comes after the first that is there need not be read. */
function compileFirstOf(nodes: Node[], context: Context): Compiled {
  const runs = nodes.map((node) => compileNode(node, context).run)
  return {
    run: (focus, scope) => {
      for (const run of runs) {
        const found = itemsOf(run(focus, scope))
        if (found.length > 0) return found[0]
      }
      return undefined
    },
  }
}

/** `x as FHIR.string`, which the parser has read already, comes with its namespace in one name. */
function typeArgument({ args, name, at }: Of<'call'>): string {
  const [argument] = args
  if (args.length !== 1 || argument?.kind !== 'member') throw new PathError(`${name}() needs one type`, at)
  const owner = argument.target?.kind === 'member' ? `${argument.target.name}.` : ''
  return knownType(owner + argument.name, argument.at)
}

function compileOfType(node: Of<'call'>, context: Context): Compiled {
  const type = typeArgument(node)
  if (node.target?.kind !== 'member') {
    const { run } = target(node.target, context)
    return { run: (focus, scope) => filterType(run(focus, scope), type), type }
  }
  const read = memberOfType(node.target.name, type)
  const { run } = target(node.target.target, context)
  return { run: (focus, scope) => read(run(focus, scope)), type }
}

/** `birthDate.extension(url)` reads the extensions beside the primitive, which a plain value no longer knows. */
function compileOnPrimitive(node: Of<'call'>, from: Of<'member'>, context: Context): Compiled | undefined {
  if (node.name !== 'extension') return undefined
  const [url] = node.args
  if (!url || node.args.length > 1) throw new PathError('extension() needs one address', node.at)
  const { run } = target(from.target, context)
  const address = compileNode(url, context).run
  const extensions = primitiveExtensions(from.name)
  return {
    run: (focus, scope) => {
      const wanted = itemsOf(address(focus, scope))[0]
      const text = wanted instanceof Typed ? wanted.value : wanted
      return mapItems(extensions(run(focus, scope)), (item) =>
        objectOf(item)?.['url'] === text ? item : undefined,
      )
    },
  }
}

function compileIndex({ target: from, index, at }: Of<'index'>, context: Context): Compiled {
  const { run, ...rest } = compileNode(from, context)
  const position = compileNode(index, context).run
  return {
    ...rest,
    run: (focus, scope) => {
      const [wanted, ...others] = itemsOf(position(focus, scope))
      if (wanted === undefined) return undefined
      const number = numberOf(wanted)
      if (number === undefined || others.length > 0)
        throw new PathError('an index must be one whole number', at)
      return itemsOf(run(focus, scope))[number]
    },
  }
}

function compileSign({ operator: sign, operand, at }: Of<'unary'>, context: Context): Compiled {
  const { run, ...rest } = compileNode(operand, context)
  return {
    ...rest,
    run: (focus, scope) => {
      const items = itemsOf(run(focus, scope))
      if (items.length === 0) return undefined
      const answer = items.length === 1 ? signed(sign, items[0]) : 'mixed'
      if (answer === 'mixed') throw new PathError(`${sign} needs one number`, at)
      return answer
    },
  }
}

function compileTypeTest(node: Of<'type'>, context: Context): Compiled {
  const type = knownType(node.type, node.at)
  if (node.operator === 'as') {
    const call = { kind: 'member', target: undefined, name: node.type, at: node.at } as const
    return compileOfType(
      { kind: 'call', target: node.operand, name: 'as', args: [call], at: node.at },
      context,
    )
  }
  const { run } = compileNode(node.operand, context)
  return {
    run: (focus, scope) => {
      const items = itemsOf(run(focus, scope))
      return items.length === 0 ? undefined : items.length === 1 && isOfType(items[0], type)
    },
    type: 'boolean',
  }
}

const systems: Record<string, string> = {
  sct: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  ucum: 'http://unitsofmeasure.org',
}

function compileVariable({ name, at }: Of<'variable'>, { constants }: Context): Compiled {
  if (name === 'rowIndex') return { run: (_, scope) => scope.rowIndex, type: 'integer' }
  if (name === 'resource' || name === 'rootResource' || name === 'context') {
    return { run: (_, scope) => (name === 'context' ? scope.node : scope.resource) }
  }
  const constant = constants.get(name)
  if (constant) return { run: () => constant, type: constant.type }
  const system = systems[name]
  if (system !== undefined && Object.hasOwn(systems, name)) return { run: () => system, type: 'string' }
  throw new PathError(`%${name} is not a constant of this view`, at)
}

function compileSpecial({ name }: Of<'special'>): Compiled {
  if (name === 'index') return { run: (_, scope) => scope.index, type: 'integer' }
  if (name === 'total') return { run: (_, scope) => scope.total }
  return { run: (_, scope) => scope.item }
}
