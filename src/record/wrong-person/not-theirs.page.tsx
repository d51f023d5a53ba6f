import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import { type Fault, Invalid, NotFound, page, personRef, type Route, reads } from '../../platform/index.ts'
import {
  Button,
  Checkboxes,
  ErrorSummary,
  InsetText,
  instantInWords,
  Textarea,
} from '../../platform/ui/index.ts'
import { type AboutPerson, askingOf } from '../pages/frame/asking.ts'
import { type Frame, openRecord, recordView } from '../pages/frame/frame.tsx'
import { type Section, sections } from '../pages/frame/sections.ts'
import { dayInWords } from '../pages/frame/when.ts'
import { instantOf } from '../views/index.ts'
import { kindOf } from './items.ts'
import { itemsShown, reportItem, type ShownItem } from './wrong-person.queries.ts'

const may = reads('demographics', { purpose: 'direct care' })
const most = 100
const key = ({ type, id }: Pick<ShownItem, 'type' | 'id'>) => `${type}/${id}`
const several = z.union([z.array(z.string()), z.string().transform((one) => [one])])

/** "This is about somebody else": whoever is shown an item may say so, and it is gone for everybody at once. */
export function notTheirsRoutes(place: Place, views: readonly Section[]): Route[] {
  const ask = page({
    method: 'GET',
    path: '/people/:person/not-theirs',
    may,
    audit: 'record.not-theirs.form',
    input: z.object({ person: personRef, items: z.string().max(10_000).default('') }),
    run: async (context) => {
      const ids = context.input.items.split(',').filter(Boolean).slice(0, most)
      return form(place, views, context, ids, [], {})
    },
  })

  const report = page({
    method: 'POST',
    path: '/people/:person/not-theirs',
    may,
    audit: 'record.not-theirs',
    input: z.object({
      person: personRef,
      items: z.string().max(10_000).default(''),
      item: several.default([]),
      why: z.string().trim().default(''),
    }),
    run: async (context) => {
      const { person, items, item, why } = context.input
      const ids = items.split(',').filter(Boolean).slice(0, most)
      const faults = faultsOf(item, why)
      if (faults.length > 0) return form(place, views, context, ids, faults, { item, why })
      // What is not shown is not reported: the two walls are asked before anything is told of the item.
      const { db, actor } = context
      const shown = await itemsShown(
        askingOf(context),
        item.slice(0, most).map((each) => each.split('/')[1] ?? ''),
      )
      const chosen = shown.filter((each) => item.includes(key(each)))
      if (chosen.length === 0) throw new NotFound(person.files.slice(0, 1))
      for (const { type, id } of chosen) {
        const reported = await reportItem(db, { files: person.files, type, id, why, by: actor.name })
        if (!reported) throw new Invalid([{ path: 'item', words: 'Somebody else has just reported this' }])
      }
      context.shown([], { items: chosen.map(key) })
      return { redirect: `/people/${person.ref}` }
    },
  })
  return [ask, report]
}

function faultsOf(item: string[], why: string): Fault[] {
  const faults: Fault[] = []
  if (item.length === 0) faults.push({ path: 'item', words: 'Choose what is about somebody else' })
  if (why.length < 10) faults.push({ path: 'why', words: 'Say in a few words how you can tell' })
  if (why.length > 1000) faults.push({ path: 'why', words: 'Use 1,000 characters or fewer' })
  return faults
}

async function form(
  place: Place,
  views: readonly Section[],
  context: AboutPerson,
  ids: string[],
  faults: Fault[],
  given: { item?: string[]; why?: string },
) {
  const frame = await openRecord(place, views, context)
  const items = await itemsShown(frame.asking, ids)
  return {
    ...recordView(frame, {
      section: sections.summary,
      heading: 'This is about somebody else',
      here: `/people/${frame.person.ref}`,
      body: <Form frame={frame} items={items} ids={ids} faults={faults} given={given} />,
    }),
    ...(faults.length > 0 ? { status: 422 as const } : {}),
  }
}

function Form({
  frame,
  items,
  ids,
  faults,
  given,
}: {
  frame: Frame
  items: ShownItem[]
  ids: string[]
  faults: Fault[]
  given: { item?: string[]; why?: string }
}) {
  const fault = (path: string) => faults.find((each) => each.path === path)?.words
  if (items.length === 0)
    return (
      <p class="gt-none">
        Choose “Not about this person?” beside the item that is about somebody else, in the{' '}
        <a href={`/people/${frame.person.ref}`}>summary</a> or any other section.
      </p>
    )
  return (
    <div class="nhsuk-grid-row">
      <div class="nhsuk-grid-column-two-thirds">
        {faults.length > 0 && (
          <ErrorSummary errorList={faults.map((each) => ({ text: each.words, href: `#${each.path}` }))} />
        )}
        <InsetText>
          <p>
            What you report is taken out of this record at once, for everybody. Whoever looks after the
            quality of records then finds out whose it is, and puts it right. If you are not sure, ask its
            source first.
          </p>
        </InsetText>
        <form method="post" action={`/people/${frame.person.ref}/not-theirs`} novalidate>
          <input type="hidden" name="items" value={ids.join(',')} />
          <Checkboxes
            name="item"
            small
            fieldset={{ legend: { text: 'What is not about this person?', size: 'm' } }}
            values={given.item ?? (items.length === 1 ? items.map(key) : [])}
            items={items.map((item) => ({
              value: key(item),
              text: nameIn(frame, item),
              hint: saidBy(frame, item),
            }))}
            errorMessage={fault('item')}
          />
          <Textarea
            id="why"
            name="why"
            rows={3}
            label={{ text: 'How can you tell?', size: 'm' }}
            hint="For example: the letter inside names somebody else. Do not write that person’s name or number here"
            value={given.why}
            errorMessage={fault('why')}
          />
          <Button variant="warning">Take it out of this record</Button>
          <p>
            <a href={`/people/${frame.person.ref}`}>Do not report it, go back to the record</a>
          </p>
        </form>
      </div>
    </div>
  )
}

/** Its kind alone where a clinic's name in a title would say where the person is. */
const nameIn = ({ shield }: Frame, { type, name }: ShownItem): string =>
  [kindOf(type), shield.hides ? undefined : name].filter(Boolean).join(': ')

const saidBy = ({ shield }: Frame, { source, at, receivedAt }: ShownItem): string =>
  [
    shield.source(source),
    at && dayInWords({ text: at, at: instantOf(at) }),
    `received ${instantInWords(receivedAt)}`,
  ]
    .filter(Boolean)
    .join(', ')
