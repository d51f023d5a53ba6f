import type {
  CarePlan,
  CodeableConcept,
  EpisodeOfCare,
  Flag,
  Period,
  Procedure,
  Resource,
  ServiceRequest,
} from '@medplum/fhirtypes'
import type { Place } from '../../../access/index.ts'
import { allDatasets, type Said } from '../../../datasets/index.ts'
import { idFor } from '../../../platform/index.ts'

/** What a line says happened, on its way to the record. `endedOn`: the day of the first later full list that leaves it out. */
export type Line = {
  source: string
  dataset: string
  key: string
  said: Said
  endedOn: string | undefined
  patient: string
  organisation: string
  place: Place
}

type Kept = Resource & { id: string }

/** The resources of a line, by its set. A line that says something else later keeps their ids. */
export function eventsOf(line: Line): Kept[] {
  return makers[line.dataset]?.(line) ?? []
}

/** What a line said before and no longer says, such as a plan of a child who has support without one: over, not gone. */
export function noLonger(before: Line, now: Kept[], on: string): Kept[] {
  return eventsOf({ ...before, endedOn: before.endedOn ?? on }).flatMap((resource) =>
    now.some((each) => each.id === resource.id) || resource.resourceType !== 'CarePlan'
      ? []
      : [{ ...resource, status: 'revoked' as const }],
  )
}

const makers: Record<string, (line: Line) => Kept[]> = {
  'adult-social-care': (line) => [socialCareEvent(line)],
  'care-home-residents': (line) => [residence(line)],
  caseloads: (line) => [caseload(line)],
  'children-send': childrensNeeds,
  hospice: hospiceSpell,
  // A registration is said in the Patient.
  'gp-registrations': () => [],
}

/** The words of a code. */
function wordsOf(line: Line, column: string): string | undefined {
  const type = allDatasets
    .find(({ id }) => id === line.dataset)
    ?.columns.find(({ name }) => name === column)?.type
  const value = line.said[column]
  return type?.kind === 'code' && value !== undefined ? type.list.codes[value] : value
}

const idOf = (line: Line, type: string): string =>
  idFor(`${line.source}/files/${line.dataset}/${type}/${line.key}`)
const about = (line: Line) => ({ reference: `Patient/${line.patient}` })
const concept = (words: string | undefined): CodeableConcept => ({ text: words ?? 'Not said' })
const joined = (...words: (string | undefined)[]): string => words.filter(Boolean).join('. ')

/** An end that has come: what the line says, or the day on which a full list left it out. One that is still to come is none yet. */
function spanOf(line: Line, from: string, until?: string): { period: Period; isOver: boolean } {
  const start = line.said[from]
  const said = until === undefined ? undefined : line.said[until]
  const ends = said ?? line.endedOn
  // A list may leave out somebody who, by its own words, had not begun yet.
  const end = ends !== undefined && start !== undefined && ends < start ? start : ends
  return { period: { ...(start && { start }), ...(end && { end }) }, isOver: end !== undefined }
}

function teamReference(line: Line, code: string | undefined): Pick<EpisodeOfCare, 'team'> {
  const team = line.place.teams.find((each) => each.id === code)
  return team
    ? {
        team: [
          {
            identifier: { system: 'https://golden-thread.example/Id/team', value: team.id },
            display: team.name,
          },
        ],
      }
    : {}
}

const organisationReference = (code: string, display?: string) => ({
  identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: code },
  ...(display && { display }),
})

const nameOf = (line: Line, code: string): string | undefined =>
  line.place.organisations.find((each) => each.code === code)?.short

function episode(
  line: Line,
  what: {
    type: string
    from: string
    until?: string
    team: string | undefined
    organisation?: { code: string; name: string | undefined }
  },
): EpisodeOfCare & { id: string } {
  const { period, isOver } = spanOf(line, what.from, what.until)
  const organisation = what.organisation ?? { code: line.organisation, name: nameOf(line, line.organisation) }
  return {
    resourceType: 'EpisodeOfCare',
    id: idOf(line, 'EpisodeOfCare'),
    status: isOver ? 'finished' : 'active',
    type: [concept(what.type)],
    patient: about(line),
    managingOrganization: organisationReference(organisation.code, organisation.name),
    period,
    ...teamReference(line, what.team),
  }
}

/** The four types of event of Client Level Data: only a service may still be going on. */
function socialCareEvent(line: Line): Kept {
  const { said } = line
  const what = said['event_description']
  const outcome = said['event_outcome']
  const end = said['event_end_date'] ?? line.endedOn
  switch (said['event_type']) {
    case 'SER':
      return episode(line, {
        type: [wordsOf(line, 'service_type'), said['service_component']].filter(Boolean).join(': '),
        from: 'event_start_date',
        until: 'event_end_date',
        team: said['team'],
      })
    case 'REQ':
      return {
        resourceType: 'ServiceRequest',
        id: idOf(line, 'ServiceRequest'),
        status: 'completed',
        intent: 'order',
        code: concept(what ?? 'Request for adult social care support'),
        subject: about(line),
        authoredOn: said['event_start_date'] ?? '',
        performer: [{ display: nameOf(line, line.organisation) ?? line.organisation }],
        reasonCode: [concept(wordsOf(line, 'primary_support_reason') ?? 'Support')],
        ...(outcome && { note: [{ text: `Outcome: ${outcome}` }] }),
      } satisfies ServiceRequest
    default: {
      const kind = wordsOf(line, 'event_type')
      return {
        resourceType: 'Procedure',
        id: idOf(line, 'Procedure'),
        status: 'completed',
        category: concept(kind),
        code: concept(what ? `${kind}: ${what}` : `${kind} of care and support needs`),
        subject: about(line),
        performedPeriod: {
          ...(said['event_start_date'] && { start: said['event_start_date'] }),
          ...(end && { end }),
        },
        ...(outcome && { outcome: concept(outcome) }),
      } satisfies Procedure
    }
  }
}

/** The home’s team knows its residents: the team of the organisation under the home’s code. */
function residence(line: Line): Kept {
  const home = line.said['home_code'] ?? ''
  return episode(line, {
    type: `Care home: ${wordsOf(line, 'stay')?.toLowerCase()} stay at ${line.said['home_name']}`,
    from: 'moved_in',
    until: 'moved_out',
    team: line.place.teams.find((team) => team.organisation === home)?.id,
    organisation: { code: home, name: line.said['home_name'] },
  })
}

const caseload = (line: Line): Kept =>
  episode(line, {
    type: line.said['reason'] ?? 'On the caseload',
    from: 'since',
    until: 'until',
    team: line.said['team'],
  })

/** A child with support or a plan is in the service’s care; a plan in force is a care plan too. */
function childrensNeeds(line: Line): Kept[] {
  const { said } = line
  const need = wordsOf(line, 'primary_need')
  const { period, isOver } = spanOf(line, 'since')
  const service = episode(line, { type: `SEND: ${wordsOf(line, 'stage')}`, from: 'since', team: undefined })
  const flag: Flag & { id: string } = {
    resourceType: 'Flag',
    id: idOf(line, 'Flag'),
    status: isOver ? 'inactive' : 'active',
    category: [concept('Special educational needs or disability')],
    code: concept(`${wordsOf(line, 'stage')}: ${need}`),
    subject: about(line),
    period,
  }
  const hasPlan = said['stage'] === 'E'
  const plan: CarePlan & { id: string } = {
    resourceType: 'CarePlan',
    id: idOf(line, 'CarePlan'),
    status: isOver ? 'completed' : 'active',
    intent: 'plan',
    category: [concept('Education, health and care plan')],
    title: 'Education, health and care plan',
    description: joined(
      `Primary need: ${need}`,
      said['setting'] && `School or setting: ${said['setting']}`,
      said['plan_review_due'] && `Review due ${said['plan_review_due']}`,
    ),
    subject: about(line),
    period,
  }
  return hasPlan ? [service, flag, plan] : [service, flag]
}

function hospiceSpell(line: Line): Kept[] {
  const { said } = line
  const { period, isOver } = spanOf(line, 'started', 'ended')
  const care = episode(line, {
    type: `Hospice care: ${wordsOf(line, 'setting')?.toLowerCase()}`,
    from: 'started',
    until: 'ended',
    team: said['team'],
  })
  const plan: CarePlan & { id: string } = {
    resourceType: 'CarePlan',
    id: idOf(line, 'CarePlan'),
    status: isOver ? 'completed' : 'active',
    intent: 'plan',
    category: [concept('Palliative care plan')],
    title: 'Palliative care plan',
    description: joined(
      said['reason'],
      `Preferred place of care: ${wordsOf(line, 'preferred_place') ?? 'not said'}`,
    ),
    subject: about(line),
    period,
  }
  return [care, plan]
}
