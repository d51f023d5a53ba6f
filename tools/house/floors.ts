import { posix } from 'node:path'

/** The folders of src/, block by block, as DESIGN.md 4 prints them. A folder imports from the blocks above its own. */
const blocks = [
  ['platform', 'statistics', 'datasets'],
  ['access', 'people', 'record', 'feeds'],
  ['forms', 'pathways', 'directory', 'cohorts', 'ledger', 'signals'],
  ['coordination', 'flow', 'self-care', 'plan', 'population'],
  ['budget', 'bridge', 'synthetic'],
]

/** In this block each folder also uses those before it. */
const inOrder = blocks[1] as string[]

/** The population never sees people, record or operations: it may use these and nothing else. */
const population = ['platform', 'statistics', 'datasets', 'access', 'cohorts']
const narrowed: Record<string, string[]> = { population, budget: [...population, 'population'] }

/** Files that stand directly in src/: they put the house together and may import from all of it. */
export const roofs = ['app.ts', 'main.ts', 'demo.ts', 'welcome.ts']

export const folders: readonly string[] = blocks.flat()

/** Which folders of src/ this one may import from, besides itself. */
export function mayImport(folder: string): readonly string[] {
  if (narrowed[folder]) return narrowed[folder]
  const block = blocks.findIndex((each) => each.includes(folder))
  const before = inOrder.includes(folder) ? inOrder.slice(0, inOrder.indexOf(folder)) : []
  return [...blocks.slice(0, Math.max(block, 0)).flat(), ...before]
}

/** The folder of src/ that a path lies in; '' for a file directly in src/, undefined outside src/. */
export function folderOf(path: string): string | undefined {
  const [top, ...rest] = path.split('/')
  if (top !== 'src') return undefined
  return rest.length > 1 ? rest[0] : ''
}

const doors = new Set([...folders.map((folder) => `src/${folder}/index.ts`), 'src/platform/ui/index.ts'])

/** Why this import breaks the house; undefined when it does not. `from` is the module as written. */
export function brokenFloor(
  path: string,
  from: string,
): { rule: 'floors' | 'door'; words: string } | undefined {
  const mine = folderOf(path)
  if (mine === undefined || mine === 'testing' || isTest(path) || !from.startsWith('.')) return undefined
  const target = posix.normalize(posix.join(posix.dirname(path), from))
  const theirs = folderOf(target)
  if (theirs === mine) return undefined
  if (theirs === undefined) {
    // What describes the package, such as a place's files, is read and never imported.
    return { rule: 'floors', words: `${target} lies outside src/` }
  }
  if (mine !== '') {
    if (theirs === '')
      return { rule: 'floors', words: `${target} is above every folder: only tests and tools import it` }
    if (!mayImport(mine).includes(theirs))
      return {
        rule: 'floors',
        words: `${mine} may not import from ${theirs}; it may from ${mayImport(mine).join(', ') || 'nothing'}`,
      }
  }
  if (theirs === 'testing') return { rule: 'floors', words: 'src/testing is for tests' }
  if (!doors.has(target))
    return { rule: 'door', words: `enter ${theirs} through src/${theirs}/index.ts, not ${target}` }
  return undefined
}

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || path.startsWith('journeys/')
