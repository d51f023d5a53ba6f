import { z } from 'zod'
import { type Actor, anyone, page, type Route } from '../platform/index.ts'
import { Button, Card } from '../platform/ui/index.ts'
import type { Place } from './place.ts'

type Task = {
  text: string
  href: string
  what: string
  group: (typeof groups)[number]
  needs: (role: Place['roles'][string]) => boolean
}

/** In the order in which somebody who has them all would work. */
const groups = ['People', 'Who opened a record', 'What comes in and goes out', 'Whose record it is'] as const
/** Fewer are seen at one look. */
const mostWithoutGroups = 4

/** What a role can do here, for the start page and the navigation alike; in each group, what waits for somebody comes first. */
const tasks: Task[] = [
  {
    text: 'Find a person',
    href: '/people/find',
    what: 'Open a joined-up record from every connected service',
    group: 'People',
    needs: (role) => role.capabilities.includes('trace'),
  },
  {
    text: 'Caseload in hospital',
    href: '/caseload-in-hospital',
    what: 'People on a community caseload who are in hospital now',
    group: 'People',
    needs: (role) => role.categories.includes('activity') && !role.ownSourceOnly,
  },
  {
    text: 'Reasons to review',
    href: '/access-reviews',
    what: 'Why somebody opened a record without a relationship: stated reasons and broken glass',
    group: 'Who opened a record',
    needs: (role) => role.capabilities.includes('review-access'),
  },
  {
    text: 'Quarantine',
    href: '/feeds/quarantine',
    what: 'Messages that could not be taken, and what to do',
    group: 'What comes in and goes out',
    needs: (role) => role.capabilities.includes('look-after-feeds'),
  },
  {
    text: 'Feed health',
    href: '/feeds/health',
    what: 'Which senders are late, quiet or refused',
    group: 'What comes in and goes out',
    needs: (role) => role.capabilities.includes('look-after-feeds'),
  },
  {
    text: 'Messages',
    href: '/feeds/messages',
    what: 'Every message that came in, and what became of it',
    group: 'What comes in and goes out',
    needs: (role) => role.capabilities.includes('look-after-feeds'),
  },
  {
    text: 'Files',
    href: '/files',
    what: 'Lists that arrive as files: send, check, accept, and what could not be used',
    group: 'What comes in and goes out',
    needs: (role) => role.capabilities.includes('send-files'),
  },
  {
    text: 'Regional record',
    href: '/regional-record',
    what: 'What is sent to the region, and what could not be',
    group: 'What comes in and goes out',
    needs: (role) => role.capabilities.includes('watch-regional-record'),
  },
  {
    text: 'Matching worklist',
    href: '/matching',
    what: 'Records from two sources that may be about one person: decide whether they are',
    group: 'Whose record it is',
    needs: (role) => role.capabilities.includes('match-records'),
  },
  {
    text: 'Wrong person',
    href: '/wrong-person',
    what: 'Items reported as being about somebody else: put them right',
    group: 'Whose record it is',
    needs: (role) => role.capabilities.includes('put-right'),
  },
  {
    text: 'Trace a list',
    href: '/matching/trace-list',
    what: 'Check the NHS numbers of a list, such as a council’s',
    group: 'Whose record it is',
    needs: (role) => role.capabilities.includes('trace-list'),
  },
]

export function navigationFor(place: Place, actor: Actor): { text: string; href: string }[] {
  const role = place.roles[actor.role]
  return role ? tasks.filter((task) => task.needs(role)).map(({ text, href }) => ({ text, href })) : []
}

export const homeRoute = (place: Place): Route =>
  page({
    method: 'GET',
    path: '/',
    may: anyone('the start page; it says nothing about anyone'),
    audit: 'home',
    input: z.object({}),
    run: ({ actor }) => ({
      title: actor.role === 'nobody' ? welcome(place) : greeting(actor),
      body: actor.role === 'nobody' ? <Welcome place={place} /> : <Start place={place} actor={actor} />,
    }),
  })

const welcome = (place: Place) => `One story, from every service in ${place.name}`
const greeting = (actor: Actor) => `Good to see you, ${actor.name}`

const Welcome = ({ place }: { place: Place }) => (
  <div class="nhsuk-grid-row">
    <div class="nhsuk-grid-column-two-thirds">
      <h1 class="nhsuk-heading-xl">{welcome(place)}</h1>
      <p class="nhsuk-lede-text">
        For people who give care: what the hospital, GPs, community nurses, mental health, social care and the
        hospice know about a person, on one screen.
      </p>
      <Button href="/sign-in">Sign in</Button>
      <p>
        <a href="/privacy">How records are used, and your rights</a>
      </p>
    </div>
  </div>
)

function Start({ place, actor }: { place: Place; actor: Actor }) {
  const role = place.roles[actor.role]
  const open = role ? tasks.filter((task) => task.needs(role)) : []
  const team = actor.teams.map((id) => place.teams.find((each) => each.id === id)?.name ?? id).join(', ')
  return (
    <>
      <h1 class="nhsuk-heading-l">{greeting(actor)}</h1>
      <p>
        {role?.name}, {team}
      </p>
      {open.length === 0 && (
        <p>
          Your role has no pages about people. What it works with, the population and the place plan, is still
          to come.
        </p>
      )}
      {open.length <= mostWithoutGroups ? (
        <Tasks tasks={open} level={2} />
      ) : (
        groups
          .map((group) => ({ group, own: open.filter((task) => task.group === group) }))
          .filter(({ own }) => own.length > 0)
          .map(({ group, own }) => (
            <section aria-label={group}>
              <h2 class="nhsuk-heading-m">{group}</h2>
              <Tasks tasks={own} level={3} />
            </section>
          ))
      )}
    </>
  )
}

const Tasks = ({ tasks: shown, level }: { tasks: Task[]; level: 2 | 3 }) => (
  <ul class="nhsuk-grid-row nhsuk-card-group">
    {shown.map((task) => (
      <li class="nhsuk-grid-column-one-half nhsuk-card-group__item">
        <Card clickable heading={{ text: task.text, size: level === 3 ? 's' : 'm', level }} href={task.href}>
          <p>{task.what}</p>
        </Card>
      </li>
    ))}
  </ul>
)
