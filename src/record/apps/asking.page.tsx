import type { ComponentChildren } from 'preact'
import { z } from 'zod'
import {
  type AppDesk,
  type Asked,
  launchedAbout,
  originsOf,
  type Place,
  type Scope,
  useLaunch,
} from '../../access/index.ts'
import { cluesForm, type Finding, formView, look, refOf, resultsView } from '../../people/index.ts'
import {
  type Actor,
  holds,
  lists,
  NotFound,
  page,
  personRef,
  type Route,
  reads,
  type View,
} from '../../platform/index.ts'
import { Button } from '../../platform/ui/index.ts'
import { everyCategory } from '../fhir/categories.ts'
import { whose } from '../pages/frame/frame.queries.ts'
import { patientFor } from './apps.queries.ts'
import { Consent } from './consent.tsx'

type Desk = () => AppDesk | undefined

const direct = { purpose: 'direct care' }
const asking = z.string().regex(/^[\w-]{1,64}$/)
const aboutNobody = lists(everyCategory, direct)
const aboutSomebody = reads(everyCategory, direct)

/**
 * An app asks a practitioner whether it may: about whom, and what. Each step is a page that decides as any other does; what waits for the answer
 * is with the issuer.
 */
export const askingRoutes = (place: Place, desk: Desk): Route[] => [
  begin(place, desk),
  find(desk),
  askAbout(place, desk),
  allowAbout(place, desk),
  allow(desk),
  refuse(desk),
]

const begin = (place: Place, desk: Desk): Route =>
  page({
    method: 'GET',
    path: '/apps/asking/:asking',
    may: aboutNobody,
    audit: 'app.ask',
    input: z.object({ asking }),
    run: async ({ db, actor, now, input, shown }) => {
      const asked = await desk()?.asked(input.asking)
      if (!asked || asked.practitioner !== actor.id) return over(asked, actor)
      shown([], { app: asked.app.id })
      if (asked.launch !== undefined) {
        const about = await launchedAbout(db, asked.launch, asked.app.id, now)
        return about
          ? { redirect: aboutPath(input.asking, await refOf(db, about.file)) }
          : tooLate(asked, input.asking)
      }
      if (choosesPerson(asked)) return chooser(asked, input.asking)
      return consent(place, asked, input.asking, undefined)
    },
  })

const find = (desk: Desk): Route =>
  page({
    method: 'POST',
    path: '/apps/asking/:asking/find',
    may: holds('trace', direct),
    audit: 'app.find',
    input: z.object({ asking }).and(cluesForm),
    run: async ({ db, actor, input, shown }) => {
      const { asking: id, ...clues } = input
      const asked = await desk()?.asked(id)
      if (!asked || asked.practitioner !== actor.id) return over(asked, actor)
      const found = await look(db, clues, shown)
      shown([], { app: asked.app.id })
      return resultsView(finding(asked, id), clues, found)
    },
    again: ({ faults, given }) => formView(finding(undefined, given['asking'] ?? ''), given, faults),
  })

const askAbout = (place: Place, desk: Desk): Route =>
  page({
    method: 'GET',
    path: '/apps/asking/:asking/people/:person',
    may: aboutSomebody,
    audit: 'app.ask',
    input: z.object({ asking, person: personRef }),
    run: async ({ db, actor, scope, input, shown }) => {
      const asked = await desk()?.asked(input.asking)
      if (!asked || asked.practitioner !== actor.id) return over(asked, actor)
      shown([], { app: asked.app.id })
      const who = await whose({ db, files: input.person.files, scope: scope as Scope })
      return consent(place, asked, input.asking, who && { ref: input.person.ref, ...who })
    },
  })

const allowAbout = (place: Place, desk: Desk): Route =>
  page({
    method: 'POST',
    path: '/apps/asking/:asking/people/:person/allow',
    may: aboutSomebody,
    audit: 'app.allow',
    input: z.object({ asking, person: personRef }),
    run: async ({ db, actor, now, scope, input, shown }) => {
      const at = desk()
      const asked = await at?.asked(input.asking)
      if (!at || !asked || asked.practitioner !== actor.id) return over(asked, actor)
      shown([], { app: asked.app.id, scopes: asked.scopes })
      const { files } = input.person
      const about = asked.launch && (await useLaunch(db, asked.launch, asked.app.id, now))
      if (asked.launch ? !about || !files.includes(about.file) : !choosesPerson(asked))
        return tooLate(asked, input.asking)
      const patient = await patientFor(place, { db, files, scope: scope as Scope })
      if (patient === undefined) return notOverFhir(asked, input.asking)
      const encounter = about ? (about.encounter ?? undefined) : undefined
      const context = { patient, need_patient_banner: true, ...(encounter && { encounter }) }
      return { redirect: await at.allow(input.asking, context) }
    },
  })

const allow = (desk: Desk): Route =>
  page({
    method: 'POST',
    path: '/apps/asking/:asking/allow',
    may: aboutNobody,
    audit: 'app.allow',
    input: z.object({ asking }),
    run: async ({ actor, input, shown }) => {
      const at = desk()
      const asked = await at?.asked(input.asking)
      if (!at || !asked || asked.practitioner !== actor.id) return over(asked, actor)
      if (asked.launch !== undefined || choosesPerson(asked)) throw new NotFound()
      shown([], { app: asked.app.id, scopes: asked.scopes })
      return { redirect: await at.allow(input.asking, {}) }
    },
  })

const refuse = (desk: Desk): Route =>
  page({
    method: 'POST',
    path: '/apps/asking/:asking/refuse',
    may: aboutNobody,
    audit: 'app.refuse',
    input: z.object({ asking }),
    run: async ({ actor, input, shown }) => {
      const at = desk()
      const asked = await at?.asked(input.asking)
      if (!at || !asked || asked.practitioner !== actor.id) return over(asked, actor)
      shown([], { app: asked.app.id })
      return { redirect: await at.refuse(input.asking) }
    },
  })

const choosesPerson = ({ scopes }: Asked): boolean => scopes.includes('launch/patient')
const aboutPath = (id: string, ref: string): string => `/apps/asking/${id}/people/${ref}`

const finding = (asked: Asked | undefined, id: string): Finding => ({
  heading: asked ? `Choose a person for ${asked.app.name}` : 'Choose a person for the app',
  action: `/apps/asking/${id}/find`,
  again: `/apps/asking/${id}`,
  to: (ref) => aboutPath(id, ref),
})

/** Looking for the person, as anywhere else; and the way back without one. */
function chooser(asked: Asked, id: string): View {
  const view = formView(finding(asked, id), {}, [])
  return targeted(asked, {
    ...view,
    body: (
      <>
        {view.body}
        <BackToApp id={id} />
      </>
    ),
  })
}

const BackToApp = ({ id }: { id: string }) => (
  <form method="post" action={`/apps/asking/${id}/refuse`}>
    <Button variant="secondary">Go back to the app</Button>
  </form>
)

/** After an answer the browser goes back to the app. */
const targeted = (asked: Asked, view: View): View => ({ ...view, formTargets: originsOf(asked.app) })

type Whom = Parameters<typeof Consent>[0]['person']

const consent = (place: Place, asked: Asked, id: string, person: Whom): View =>
  targeted(asked, {
    title: `Allow ${asked.app.name} to use the record?`,
    body: <Consent place={place} asked={asked} id={id} person={person} />,
  })

/** Nothing waits any more, or it waits for somebody else. */
const over = (asked: Asked | undefined, actor: Actor): View =>
  asked
    ? stopped(
        'Somebody else opened this app',
        <>You are signed in as {actor.name}. Sign out and open the app again.</>,
      )
    : stopped(
        'The app is not asking any more',
        <>You have answered, or it took too long. Open the app again.</>,
      )

const tooLate = (asked: Asked, id: string): View =>
  targeted(
    asked,
    stopped(
      'This app cannot be opened from here any more',
      <>
        It was opened from a record too long ago, or it was opened already. Go to the record and open it
        again.
      </>,
      id,
    ),
  )

const notOverFhir = (asked: Asked, id: string): View =>
  targeted(
    asked,
    stopped(
      'This app cannot be opened about this person',
      <>You may not see the person’s details as an app would get them, so the app cannot see them either.</>,
      id,
    ),
  )

const stopped = (title: string, words: ComponentChildren, id?: string): View => ({
  title,
  status: 403,
  body: (
    <div class="nhsuk-grid-row">
      <div class="nhsuk-grid-column-two-thirds">
        <h1 class="nhsuk-heading-l">{title}</h1>
        <p>{words}</p>
        {id !== undefined && <BackToApp id={id} />}
        <p>
          <a href="/">Go to the start page</a>
        </p>
      </div>
    </div>
  ),
})
