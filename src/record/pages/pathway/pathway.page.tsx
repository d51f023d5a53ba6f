import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { NotAllowed, page, personRef, type Route, reads } from '../../../platform/index.ts'
import { counted } from '../../../platform/ui/index.ts'
import { Entries, Entry, NoneShown, Part } from '../frame/entry.tsx'
import { isConcern } from '../frame/flag.ts'
import { type Frame, openRecord, recordView } from '../frame/frame.tsx'
import type { Section } from '../frame/sections.ts'
import { itemsOf, type ViewItem } from './items.tsx'
import { belongs } from './pick.ts'
import { categoriesOf, type Of, type RecordView, type ViewSection } from './view-file.ts'

/** A view of the place as a section of the record. */
export function sectionOf(view: RecordView): Section {
  const categories = [
    ...new Set(view.sections.flatMap((section) => section.of).flatMap((of) => [...categoriesOf[of]])),
  ]
  return { id: view.id, text: view.title, path: `/${view.id}`, categories, roles: view.roles }
}

/** The page of one of the place's views: its file says which items, in what order, for whom. */
export function pathwayRoute(place: Place, views: readonly Section[], view: RecordView): Route {
  const section = sectionOf(view)
  return page({
    method: 'GET',
    path: `/people/:person/${view.id}`,
    may: reads(section.categories, { purpose: 'direct care' }),
    audit: `record.view.${view.id}`,
    input: z.object({ person: personRef }),
    run: async (context) => {
      if (!view.roles.includes(context.actor.role)) throw new NotAllowed('role')
      const frame = await openRecord(place, views, context)
      return recordView(frame, {
        section,
        body: <Pathway frame={frame} view={view} items={await readItems(frame, view)} />,
      })
    },
  })
}

type Items = Map<Of, ViewItem[]>

async function readItems(frame: Frame, view: RecordView): Promise<Items> {
  const kinds = [...new Set(view.sections.flatMap((section) => section.of))]
  return new Map(
    await Promise.all(kinds.map(async (of): Promise<[Of, ViewItem[]]> => [of, await itemsOf[of](frame)])),
  )
}

function Pathway({ frame, view, items }: { frame: Frame; view: RecordView; items: Items }) {
  const half = Math.ceil(view.sections.length / 2)
  const columns = [view.sections.slice(0, half), view.sections.slice(half)]
  return (
    <>
      <p class="gt-entry__detail">{view.about}</p>
      <div class="gt-columns">
        {columns.map((sections, column) => (
          <div class="gt-columns__column">
            {sections.map((section, index) => (
              <PathwayPart
                frame={frame}
                section={section}
                items={items}
                id={`part-${column * half + index + 1}`}
              />
            ))}
          </div>
        ))}
      </div>
    </>
  )
}

/** Newest first; what has no date comes last. What is beyond the view's limit is counted, so that it is not taken for absent. */
function PathwayPart({
  frame,
  section,
  items,
  id,
}: {
  frame: Frame
  section: ViewSection
  items: Items
  id: string
}) {
  const all = section.of.flatMap((of) => items.get(of) ?? [])
  const found = all
    .filter((item) => belongs(item, section, frame.now))
    .sort((one, other) => (other.at?.getTime() ?? 0) - (one.at?.getTime() ?? 0))
  const categories = [...new Set(section.of.flatMap((of) => [...categoriesOf[of]]))]
  const readable = categories.some((category) => frame.role.categories.includes(category))
  const more = found.length - section.most
  return (
    <Part id={id} title={section.title}>
      {section.count && readable && <p class="gt-entry__detail">{`${all.length} ${section.count}`}</p>}
      {section.lead && found.length > 0 && <p class="gt-entry__detail">{section.lead}</p>}
      {found.length === 0 && <NoneShown frame={frame} subject={section.none} categories={categories} />}
      {found.length > 0 && (
        <Entries>
          {found.slice(0, section.most).map((item) => (
            <Entry frame={frame} screenOnly={isConcern(item)} title={item.title} sources={item.sources}>
              {item.detail}
            </Entry>
          ))}
        </Entries>
      )}
      {more > 0 && (
        <p class="gt-part__more">{counted(more, 'more item', 'more items')} in the rest of the record.</p>
      )}
    </Part>
  )
}
