import type { ComponentChildren } from 'preact'
import { SourceLine } from '../../../platform/ui/index.ts'
import type { Frame } from './frame.tsx'
import { leftOutByRole, listed } from './gaps.ts'
import type { Section } from './sections.ts'

/** Who says so: what every item of a record carries. */
export type Sourced = {
  source: string
  author: string | null
  receivedAt: Date
  more?: string | undefined
  /** The item’s id, where the page offers to report it as somebody else’s. */
  id?: string
}

/** One item: what it is, what is to be known of it, and everyone who says so. */
export function Entry({
  title,
  tags,
  children,
  sources,
  frame,
  screenOnly,
}: {
  title: ComponentChildren
  tags?: ComponentChildren
  children?: ComponentChildren
  sources: readonly Sourced[]
  frame: Frame
  /** Never on paper. */
  screenOnly?: boolean
}) {
  return (
    <li class={screenOnly ? 'gt-entry gt-screen-only' : 'gt-entry'}>
      <div class="gt-entry__what">
        <div class="gt-entry__title">
          {title} {tags} {children && <span class="gt-entry__detail">{children}</span>}
        </div>
      </div>
      <Sources sources={sources} frame={frame} />
    </li>
  )
}

/** Each source on a line of its own; the same words twice are said once. */
export function Sources({ sources, frame }: { sources: readonly Sourced[]; frame: Frame }) {
  const { shield } = frame
  const lines = new Map(
    sources.map((one) => {
      const line = {
        source: shield.source(one.source),
        author: [shield.author(one.author), one.more].filter(Boolean).join(', ') || undefined,
        receivedAt: one.receivedAt,
      }
      return [JSON.stringify([line.source, line.author]), line]
    }),
  )
  return (
    <div class="gt-entry__sources">
      {[...lines.values()].map((line) => (
        <SourceLine {...line} />
      ))}
      <NotTheirs frame={frame} ids={sources.flatMap((one) => one.id ?? [])} />
    </div>
  )
}

/** Quiet, since it is seldom needed, and beside every item, since whoever needs it must not have to look for it. */
function NotTheirs({ frame: { person }, ids }: { frame: Frame; ids: readonly string[] }) {
  if (ids.length === 0) return null
  return (
    <p class="gt-not-theirs gt-screen-only">
      <a class="gt-not-theirs__link" href={notTheirsAddress(person.ref, ids)}>
        Not about this person?
      </a>
    </p>
  )
}

export const notTheirsAddress = (ref: string, ids: readonly string[]): string =>
  `/people/${ref}/not-theirs?${new URLSearchParams({ items: ids.join(',') })}`

/** Where a section of the record is, for a reader whose role may open it. */
export const linkTo = (frame: Frame, section: Section): string | undefined =>
  frame.sections.some(({ id }) => id === section.id)
    ? `/people/${frame.person.ref}${section.path}`
    : undefined

/** One part of a summary, with a heading that leads to all of it. */
export function Part({
  id,
  title,
  href,
  children,
}: {
  id: string
  title: string
  href?: string | undefined
  children: ComponentChildren
}) {
  return (
    <section class="gt-part" aria-labelledby={id}>
      <h2 class="gt-part__title" id={id}>
        {href ? <a href={href}>{title}</a> : title}
      </h2>
      {children}
    </section>
  )
}

export const Entries = ({ children }: { children: ComponentChildren }) => (
  <ul class="gt-entries">{children}</ul>
)

/** Where there is nothing to show: nothing recorded and nothing shown are different things, and neither means that there is nothing. */
export function NoneShown({
  frame,
  subject,
  categories,
}: {
  frame: Frame
  subject: string
  categories: readonly string[]
}) {
  const missing = leftOutByRole(frame.role, categories)
  if (missing.length === categories.length) {
    return (
      <p class="gt-none">
        {capitalised(subject)} are not part of the role of {frame.role.name.toLowerCase()}. If there are any,
        they are not shown to you.
      </p>
    )
  }
  if (missing.length > 0 && !frame.role.categories.includes(categories[0] ?? '')) {
    return (
      <p class="gt-none">
        Most {subject} are not part of the role of {frame.role.name.toLowerCase()}. If there are any, they are
        not shown to you. Of the rest, none has been recorded by a connected source.
      </p>
    )
  }
  return (
    <p class="gt-none">
      <strong>No {subject} have been recorded by any connected source that you can see.</strong> This does not
      mean that there are none.{missing.length > 0 && ` Your role does not see ${listed(missing)}.`}
    </p>
  )
}

const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
