import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { page, personRef, type Route, reads } from '../../../platform/index.ts'
import { Timeline } from '../../../platform/ui/index.ts'
import { kinds } from '../../store/timeline-event.ts'
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
import { type Event, events } from '../timeline/timeline.queries.ts'
import { InvolvedPart, NowPart, PlansPart } from './care-parts.tsx'
import { AlertsPart, MedicinesPart, ProblemsPart } from './clinical-parts.tsx'
import { whoIsInvolved } from './involved.ts'
import { openEpisodes, openReferrals, standingPlans } from './summary.queries.ts'

const year = 365 * 86_400_000

/** What a practitioner needs at a glance. What does not wait for another answer is asked at once and travels together. */
export async function readSummary({ asking, now, place }: Frame) {
  const recent = recentEvents(asking, place, now)
  const [found, given, contacts, episodes, referrals, plans, latest, values] = await Promise.all([
    problems(asking),
    medicines(asking),
    encounters(asking, new Date(now.getTime() - year), 300),
    openEpisodes(asking),
    openReferrals(asking),
    standingPlans(asking, now),
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
    recent: latest,
    values,
  }
}

/** The last ten: those of the last months where there are as many, and only for a quiet record those of its whole length. */
async function recentEvents(asking: Frame['asking'], place: Place, now: Date): Promise<Event[]> {
  const wanted = { kinds, sources: place.sources.map((source) => source.id), before: undefined, most: 10 }
  const latest = await events(asking, { ...wanted, since: new Date(now.getTime() - year / 2) })
  return latest.length === wanted.most ? latest : events(asking, { ...wanted, since: undefined })
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
      const frame = await openRecord(place, views, context)
      return recordView(frame, {
        section: sections.summary,
        body: <SummaryBody frame={frame} summary={await readSummary(frame)} />,
      })
    },
  })

/** Read down the left, then down the right; on a phone and aloud it is one column in the same order. */
export function SummaryBody({ frame, summary }: { frame: Frame; summary: Summary }) {
  const { problems, medicines, here, episodes, referrals, plans, recent, values } = summary
  return (
    <>
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
