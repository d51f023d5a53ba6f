import type { ComponentChildren } from 'preact'
import type { Place } from '../../../access/index.ts'
import { type Actor, NotAllowed, type Person, type View } from '../../../platform/index.ts'
import { instantInWords, PrintHeader, SecondaryNavigation } from '../../../platform/ui/index.ts'
import { type Allergies, sortOut } from './allergy.ts'
import { type AboutPerson, type Asking, askingOf } from './asking.ts'
import { Banner } from './banner.tsx'
import { graveFirst } from './flag.ts'
import { allergies, type FlagRow, flags, heard, itemsReported, patients, whose } from './frame.queries.ts'
import { type Gap, gapsFor } from './gaps.ts'
import { NotIncluded } from './not-included.tsx'
import { type Section, sectionsFor } from './sections.ts'
import { hidesLocation, type Shield, shieldFor } from './shield.ts'
import { type Who, whoIsThis } from './who.ts'

/** What every page about one person needs: who it is about, what must be in sight, what is missing and how sources are named. */
export type Frame = {
  place: Place
  role: Place['roles'][string]
  actor: Actor
  now: Date
  person: Person
  asking: Asking
  shield: Shield
  who: Who
  allergies: Allergies
  flags: FlagRow[]
  gaps: Gap[]
  sections: Section[]
}

/** Reads the frame of a page about one person. */
export async function openRecord(
  place: Place,
  views: readonly Section[],
  context: AboutPerson,
): Promise<Frame> {
  const { actor, now } = context
  const role = place.roles[actor.role]
  if (!role) throw new NotAllowed('role')
  const { person } = context.input
  const asking = askingOf(context)
  const [rows, found, raised, heardFrom, reported] = await Promise.all([
    patients(asking),
    allergies(asking),
    flags(asking, now),
    heard(asking),
    itemsReported(asking),
  ])
  const otherwise = rows.length === 0 ? await whose(asking) : undefined
  const who = whoIsThis(rows, (id) => place.sources.find((source) => source.id === id)?.kind, otherwise)
  const standing = graveFirst(raised)
  const shield = shieldFor(place, hidesLocation(person))
  const seen = [...rows, ...found].map((row) => row.source)
  const gaps = gapsFor({
    place,
    role,
    organisation: actor.organisation,
    person,
    practices: who.practices,
    seen,
    heard: heardFrom,
    reported,
    shield,
    now,
  })
  return {
    place,
    role,
    actor,
    now,
    person,
    asking,
    shield,
    who,
    allergies: sortOut(found),
    flags: standing,
    gaps,
    sections: sectionsFor(actor.role, role, views),
  }
}

type Parts = {
  section: Section
  /** The page's h1, where it is not the section's name. */
  heading?: string
  /** Where "Refresh" leads: this page, as filtered. */
  here?: string
  /** For what concerns safeguarding: nothing of the page but its frame goes onto paper, its title included. */
  screenOnly?: boolean
  /** The notice of what is left out is on every page; the summary shows all of it. */
  body: ComponentChildren
}

/** A page about one person: the banner, the sections, how old it is, what is missing, and then what it is about. */
export function recordView(
  frame: Frame,
  { section, heading = section.text, here, screenOnly = false, body }: Parts,
): View {
  const { who, actor, now, person } = frame
  const root = `/people/${person.ref}`
  return {
    title: screenOnly ? section.text : heading,
    section: 'Record',
    wide: true,
    banner: <Banner frame={frame} />,
    printHeader: (
      <PrintHeader
        name={nameOf(who)}
        nhsNumber={who.nhsNumber}
        birthDate={who.birthDate}
        printedBy={`${actor.name}, ${frame.role.name}`}
        printedAt={now}
      />
    ),
    navigation: (
      <SecondaryNavigation
        ariaLabel="Sections of the record"
        items={frame.sections.map(({ id, text, path }) => ({
          text,
          href: `${root}${path}`,
          current: id === section.id,
        }))}
      />
    ),
    body: (
      <div class="gt-record">
        <div class="gt-record__top">
          <h1 class={screenOnly ? 'nhsuk-heading-l gt-screen-only' : 'nhsuk-heading-l'}>{heading}</h1>
          <p class="gt-record__as-at">
            Record as at {instantInWords(now)}. <a href={here ?? `${root}${section.path}`}>Refresh</a>{' '}
            <a href={`${root}/print`}>Summary to print</a>
          </p>
        </div>
        <NotIncluded frame={frame} />
        {screenOnly ? <div class="gt-screen-only">{body}</div> : body}
      </div>
    ),
  }
}

const nameOf = ({ family, given, prefix }: Who) => ({ family, given, prefix })
