import type { ComponentChildren } from 'preact'
import { Tag, type TagColour } from '../nhsuk/tag.tsx'
import { dateInWords, type Instant, isDateOnly, londonDate, timeInWords } from '../words.ts'
import { SourceLine, type SourceLineProps } from './source-line.tsx'

export interface TimelineEntry {
  /** When it happened: a moment, or a date as whole as the source knew it. */
  when: Instant
  /** What sort of thing it is: "Discharge letter", "Blood test". */
  kind: string
  title: ComponentChildren
  href?: string | undefined
  detail?: ComponentChildren
  tags?: readonly { text: string; colour?: TagColour | undefined }[] | undefined
  source: SourceLineProps
  /** Who withdrew it, when and why. It stays, struck through: people may have acted on it. */
  enteredInError?: string | undefined
  /** Where to report it as somebody else’s. */
  notTheirs?: string | undefined
  /** Never on paper. */
  screenOnly?: boolean | undefined
}

export interface TimelineProps {
  /** In the order to be read; entries of one day must stand together. */
  entries: readonly TimelineEntry[]
  /** The level of each day's heading. */
  level?: 2 | 3 | 4 | undefined
}

export function Timeline({ entries, level = 2 }: TimelineProps) {
  const Heading = `h${level}` as const
  return (
    <ol class="gt-timeline">
      {byDay(entries).map(({ day, entries: ofDay }) => (
        <li class="gt-timeline__day">
          <Heading class="gt-timeline__date">{dateInWords(day)}</Heading>
          <ol class="gt-timeline__entries">
            {ofDay.map((entry) => (
              <li class={entry.screenOnly ? 'gt-timeline__entry gt-screen-only' : 'gt-timeline__entry'}>
                <Entry {...entry} />
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  )
}

/** Neighbours of one day together. A partial date is a group of its own: "2018" is no day of that year. */
function byDay(entries: readonly TimelineEntry[]): { day: string; entries: TimelineEntry[] }[] {
  const days: { day: string; entries: TimelineEntry[] }[] = []
  for (const entry of entries) {
    const day = isDateOnly(entry.when) ? entry.when : londonDate(entry.when)
    const last = days.at(-1)
    if (last?.day === day) last.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}

function Entry(entry: TimelineEntry) {
  const title = entry.href ? <a href={entry.href}>{entry.title}</a> : entry.title
  return (
    <>
      <p class="gt-timeline__kind">
        {!isDateOnly(entry.when) && <span class="gt-timeline__time">{timeInWords(entry.when)}</span>}
        <span>{entry.kind}</span>
        {entry.tags?.map(({ text, colour = 'grey' }) => (
          <Tag colour={colour} classes="gt-tag">
            {text}
          </Tag>
        ))}
        {entry.enteredInError && (
          <Tag colour="red" classes="gt-tag">
            Entered in error
          </Tag>
        )}
      </p>
      <p class="gt-timeline__title">{entry.enteredInError ? <s>{title}</s> : title}</p>
      {entry.detail && (
        <div class="gt-timeline__detail">{entry.enteredInError ? <s>{entry.detail}</s> : entry.detail}</div>
      )}
      {entry.enteredInError && <p class="gt-timeline__detail">{entry.enteredInError}</p>}
      <div class="gt-entry__sources">
        <SourceLine {...entry.source} />
        {entry.notTheirs && (
          <p class="gt-not-theirs gt-screen-only">
            <a class="gt-not-theirs__link" href={entry.notTheirs}>
              Not about this person?
            </a>
          </p>
        )}
      </div>
    </>
  )
}
