import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { Unavailable } from '../../../platform/index.ts'
import { sections } from '../frame/sections.ts'

/** What a view may take its items from, with the categories that hold them. */
export const categoriesOf = {
  alerts: ['alert'],
  problems: ['clinical', 'mental-health', 'social-care'],
  medicines: ['medicines'],
  results: ['results', 'mental-health', 'social-care'],
  contacts: ['activity', 'mental-health'],
  care: ['activity', 'mental-health'],
  referrals: ['activity', 'mental-health'],
  documents: ['document', 'mental-health', 'social-care'],
  plans: ['care-plan', 'mental-health', 'social-care'],
} as const

export type Of = keyof typeof categoriesOf
const kinds = Object.keys(categoriesOf) as [Of, ...Of[]]

const section = z.strictObject({
  title: z.string().min(1),
  /** What there may be none of, in the plural: "falls". */
  none: z.string().min(1),
  of: z.array(z.enum(kinds)).min(1),
  /** An item belongs here by one of these codes, or by a word that begins with one of these words. */
  codes: z.array(z.string().min(1)).default([]),
  words: z.array(z.string().min(2)).default([]),
  /** Only what holds now, or only the last so many months. */
  now: z.boolean().default(false),
  months: z.number().int().positive().optional(),
  most: z.number().int().positive().max(50).default(5),
  /** How many there are in all, before codes and words choose: "current medicines". */
  count: z.string().min(1).optional(),
  lead: z.string().min(1).optional(),
})

const file = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'Use lower case letters, digits and hyphens'),
  title: z.string().min(1),
  about: z.string().min(1),
  roles: z.array(z.string()).min(1),
  sections: z.array(section).min(1),
})

export type ViewSection = z.output<typeof section>
/** A way to look at a record for one purpose: which items, in what order, for whom. */
export type RecordView = z.output<typeof file>

/** What stands under /people/:person already. */
const taken = new Set([
  ...Object.values(sections).map((each) => each.path.slice(1)),
  'reason',
  'break-glass',
  'find',
])

/**
 * The place's views, one for each file in its folder `views`. A new view is a new file.
 * @throws Unavailable naming the file and the place in it
 */
export function readViews(place: Pick<Place, 'folder' | 'roles'>): RecordView[] {
  const folder = join(place.folder, 'views')
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const views = names.sort().map((name) => readView(join(folder, name), place))
  const twice = views.find((view, index) => views.findIndex((other) => other.id === view.id) !== index)
  if (twice) throw new Unavailable(`Two files in ${folder} have the id “${twice.id}”.`)
  return views
}

function readView(path: string, place: Pick<Place, 'roles'>): RecordView {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (problem) {
    throw new Unavailable(`${path} cannot be read: ${(problem as Error).message}`)
  }
  const read = file.safeParse(content)
  const faults = read.success
    ? faultsOf(read.data, place)
    : read.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`)
  if (!read.success || faults.length > 0) throw new Unavailable(`${path} is not right: ${faults.join('; ')}`)
  return read.data
}

function faultsOf(view: RecordView, place: Pick<Place, 'roles'>): string[] {
  const faults: string[] = []
  if (taken.has(view.id)) faults.push(`id: “${view.id}” is the address of another page`)
  for (const [index, role] of view.roles.entries())
    if (!place.roles[role]) faults.push(`roles.${index}: there is no role “${role}”`)
  for (const [index, one] of view.sections.entries()) {
    const all = one.codes.length === 0 && one.words.length === 0
    if (all && one.count === undefined && one.months === undefined && !one.now)
      faults.push(`sections.${index}: say by codes, words, months or now which items belong here`)
  }
  return faults
}
