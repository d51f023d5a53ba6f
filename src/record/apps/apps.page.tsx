import { z } from 'zod'
import { keepLaunch, originsOf, type Place } from '../../access/index.ts'
import { NotFound, page, personRef, type Route, reads } from '../../platform/index.ts'
import { Button, Card } from '../../platform/ui/index.ts'
import { askingOf } from '../pages/frame/asking.ts'
import { openRecord, recordView } from '../pages/frame/frame.tsx'
import type { Section } from '../pages/frame/sections.ts'
import { encounterNow } from './apps.queries.ts'

const section: Section = { id: 'apps', text: 'Apps', path: '/apps', categories: ['demographics'] }

/** Apps that may be opened on a record. */
const openable = (place: Place) =>
  place.apps.flatMap((app) =>
    app.launchUrl !== undefined && app.scopes.includes('launch')
      ? [{ ...app, launchUrl: app.launchUrl }]
      : [],
  )

/** The section of the record, in a place that has such apps. */
export const appSections = (place: Place): Section[] => (openable(place).length > 0 ? [section] : [])

/** Opening an app on somebody's record: SMART App Launch, "EHR launch". */
export const appRoutes = (place: Place, views: readonly Section[], publicUrl: () => string): Route[] => {
  const reading = reads('demographics', { purpose: 'direct care' })

  const list = page({
    method: 'GET',
    path: '/people/:person/apps',
    may: reading,
    audit: 'record.apps',
    input: z.object({ person: personRef }),
    run: async (context) => {
      const frame = await openRecord(place, views, context)
      const apps = openable(place)
      const body = <Apps place={place} apps={apps} person={context.input.person.ref} />
      return { ...recordView(frame, { section, body }), formTargets: apps.flatMap(originsOf) }
    },
  })

  const open = page({
    method: 'POST',
    path: '/people/:person/apps/:app',
    may: reading,
    audit: 'record.app.open',
    input: z.object({ person: personRef, app: z.string() }),
    run: async (context) => {
      const { db, actor, now, input, shown } = context
      const app = openable(place).find(({ id }) => id === input.app)
      if (!app) throw new NotFound()
      shown([], { app: app.id })
      const launch = await keepLaunch(db, {
        app: app.id,
        actor,
        file: input.person.files[0] ?? '',
        encounter: await encounterNow(askingOf(context), now),
        now,
      })
      const url = new URL(app.launchUrl)
      url.searchParams.set('iss', `${publicUrl()}/fhir`)
      url.searchParams.set('launch', launch)
      return { redirect: url.href }
    },
  })
  return [list, open]
}

type AppsProps = { place: Place; apps: ReturnType<typeof openable>; person: string }

const Apps = ({ place, apps, person }: AppsProps) => (
  <>
    <p>
      An app opens with this record and asks you what it may see. It never sees more than you may see
      yourself.
    </p>
    <ul class="nhsuk-list">
      {apps.map((app) => (
        <li>
          <Card heading={{ text: app.name, level: 2, size: 'm' }}>
            <p>{organisationOf(place, app.organisation)} answers for this app.</p>
            <form method="post" action={`/people/${person}/apps/${app.id}`}>
              <Button variant="secondary">
                Open <span class="nhsuk-u-visually-hidden">{app.name}</span>
              </Button>
            </form>
          </Card>
        </li>
      ))}
    </ul>
  </>
)

export const organisationOf = (place: Place, code: string): string =>
  place.organisations.find((each) => each.code === code)?.name ?? code
