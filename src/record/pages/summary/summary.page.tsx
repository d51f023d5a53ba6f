import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { page, personRef, type Route, reads } from '../../../platform/index.ts'
import { Timeline } from '../../../platform/ui/index.ts'
import { kinds } from '../../store/timeline-event.ts'
import { documents } from '../documents/documents.queries.ts'
import { StandingDocuments } from '../documents/standing.tsx'
import { type AboutPerson, type Asking, askingOf } from '../frame/asking.ts'
import { NoneShown, Part } from '../frame/entry.tsx'
import { type Frame, openRecord, recordView } from '../frame/frame.tsx'
import { type Section, sections } from '../frame/sections.ts'
import { goesOn } from '../lists/encounter.ts'
import { encounters } from '../lists/encounters.queries.ts'
import { sortOutMedicines } from '../lists/medicine.ts'
import { medicines } from '../lists/medicines.queries.ts'
import { sortOutProblems } from '../lists/problem.ts'
import { problems } from '../lists/problems.queries.ts'
import { entryOf } from '../timeline/event-entry.tsx'
import { resultsIn } from '../timeline/result-values.tsx'
import { type Event, events, type Wanted } from '../timeline/timeline.queries.ts'
import { InvolvedPart, NowPart, PlansPart } from './care-parts.tsx'
import { AlertsPart, MedicinesPart, ProblemsPart } from './clinical-parts.tsx'
import { whoIsInvolved } from './involved.ts'
import { openEpisodes, openReferrals, standingPlans } from './summary.queries.ts'

const year = 365 * 86_400_000

/** The summary and what stands around it. What does not wait for another answer is asked at once and travels together. */
export async function openSummary(place: Place, views: readonly Section[], context: AboutPerson) {
  const [frame, summary] = await Promise.all([
    openRecord(place, views, context),
    readSummary(askingOf(context), place, context.now),
  ])
  return { frame, summary }
}

/** What a practitioner needs at a glance. */
async function readSummary(asking: Asking, place: Place, now: Date) {
  const recent = recentEvents(asking, place)
  const [found, given, contacts, episodes, referrals, plans, letters, latest, values] = await Promise.all([
    problems(asking),
    medicines(asking),
    encounters(asking, new Date(now.getTime() - year), 300),
    openEpisodes(asking),
    openReferrals(asking),
    standingPlans(asking, now),
    documents(asking),
    recent,
    recent.then((events) => resultsIn(asking, events)),
  ])
  return {
    problems: sortOutProblems(found, now),
    medicines: sortOutMedicines(given, now),
    contacts,
    here: contacts.filter((contact) => goesOn(contact, now)),
    episodes,
    referrals,
    plans,
    documents: letters,
    recent: latest,
    values,
  }
}

const manyRows = 300

/** The last ten: found among the newest rows, and only where the reader sees too few of those in the whole record. */
async function recentEvents(asking: Asking, place: Place): Promise<Event[]> {
  const wanted: Wanted = { kinds, sources: place.sources.map((source) => source.id), most: 10 }
  const latest = await events(asking, { ...wanted, newest: manyRows })
  return latest.length === wanted.most ? latest : events(asking, wanted)
}

export type Summary = Awaited<ReturnType<typeof readSummary>>

export const summaryRoute = (place: Place, views: readonly Section[]): Route =>
  page({
    method: 'GET',
    path: '/people/:person',
    may: reads('demographics', { purpose: 'direct care' }),
    audit: 'record.summary',
    input: z.object({ person: personRef }),
    run: async (context) => {
      const { frame, summary } = await openSummary(place, views, context)
      return recordView(frame, {
        section: sections.summary,
        body: <SummaryBody frame={frame} summary={summary} />,
      })
    },
  })

/** Read down the left, then down the right; on a phone and aloud it is one column in the same order. */
export function SummaryBody({ frame, summary }: { frame: Frame; summary: Summary }) {
  const { problems, medicines, here, episodes, referrals, plans, recent, values } = summary
  return (
    <>
      <StandingDocuments frame={frame} rows={summary.documents} />
      <div class="gt-columns">
        <div class="gt-columns__column">
          <AlertsPart frame={frame} />
          <ProblemsPart frame={frame} {...problems} />
          <MedicinesPart frame={frame} {...medicines} />
        </div>
        <div class="gt-columns__column">
          <NowPart frame={frame} here={here} episodes={episodes} referrals={referrals} />
          <InvolvedPart frame={frame} involved={whoIsInvolved(episodes, summary.contacts, frame.now, 8)} />
          <PlansPart frame={frame} plans={plans} />
        </div>
      </div>
      <Part id="recent" title="Recent events" href={`/people/${frame.person.ref}/timeline`}>
        {recent.length === 0 && <NoneShown frame={frame} subject="events" categories={['activity']} />}
        <Timeline level={3} entries={recent.map((event) => entryOf(event, frame, values))} />
      </Part>
    </>
  )
}
