import { Tag } from '../../../platform/ui/index.ts'
import { assertsNone, certainty, gravity, whyPast } from '../frame/allergy.ts'
import { Entries, Entry, linkTo, NoneShown, Part } from '../frame/entry.tsx'
import { isConcern } from '../frame/flag.ts'
import type { AllergyRow, FlagRow } from '../frame/frame.queries.ts'
import type { Frame } from '../frame/frame.tsx'
import { type Group, said } from '../frame/grouping.ts'
import { sections } from '../frame/sections.ts'
import { dayInWords } from '../frame/when.ts'
import { course, dosage, medicineStatus } from '../lists/medicine.ts'
import type { MedicineRow } from '../lists/medicines.queries.ts'
import { lasted, stateInWords } from '../lists/problem.ts'
import type { ProblemRow } from '../lists/problems.queries.ts'

const allergySource = (row: AllergyRow) => ({
  source: row.source,
  author: row.recorder_display,
  receivedAt: row.received_at,
  id: row.resource_id,
  more: recordedOn(row),
})

const recordedOn = (row: { recorded: string | null; recorded_at: Date | null }): string | undefined => {
  const day = dayInWords({ text: row.recorded, at: row.recorded_at })
  return day && `recorded ${day}`
}

export function AlertsPart({ frame }: { frame: Frame }) {
  const { standing, noneKnown, past } = frame.allergies
  return (
    <Part id="alerts" title="Allergies and alerts">
      {standing.length === 0 && noneKnown.length === 0 && (
        <NoneShown frame={frame} subject="allergies" categories={['alert']} />
      )}
      <Entries>
        {standing.map((group) => (
          <AllergyEntry frame={frame} group={group} />
        ))}
        {noneKnown.map((group) => (
          <NoneKnownEntry frame={frame} group={group} contradicted={standing.length > 0} />
        ))}
        {frame.flags.map((flag) => (
          <FlagEntry frame={frame} flag={flag} />
        ))}
      </Entries>
      {past.length > 0 && <PastAllergies frame={frame} rows={past} />}
    </Part>
  )
}

function FlagEntry({ frame, flag }: { frame: Frame; flag: FlagRow }) {
  const concern = isConcern(flag)
  const day = dayInWords({ text: flag.started, at: flag.started_at })
  return (
    <Entry
      frame={frame}
      screenOnly={concern}
      title={flag.title ?? 'Alert without a name'}
      tags={
        <Tag colour={concern ? 'red' : 'orange'} classes="gt-tag">
          {concern ? 'Safeguarding' : 'Alert'}
        </Tag>
      }
      sources={[
        {
          source: flag.source,
          author: flag.author_display,
          receivedAt: flag.received_at,
          id: flag.resource_id,
        },
      ]}
    >
      {day && `since ${day}`}
    </Entry>
  )
}

function AllergyEntry({ frame, group }: { frame: Frame; group: Group<AllergyRow> }) {
  const details = [
    ...said(group, (row) => row.manifestations),
    ...said(group, (row) => certainty(row.verification_status)),
    ...said(group, (row) => row.note),
  ]
  return (
    <Entry
      frame={frame}
      title={group.items[0].title ?? 'Not named'}
      tags={
        <Tag colour="red" classes="gt-tag">
          {gravity(group) === 2
            ? 'Allergy: high risk'
            : group.items[0].type === 'intolerance'
              ? 'Intolerance'
              : 'Allergy'}
        </Tag>
      }
      sources={group.items.map(allergySource)}
    >
      {details.join('. ')}
    </Entry>
  )
}

function NoneKnownEntry({
  frame,
  group,
  contradicted,
}: {
  frame: Frame
  group: Group<AllergyRow>
  contradicted: boolean
}) {
  return (
    <Entry
      frame={frame}
      title={group.items[0].title ?? 'No known allergies'}
      tags={
        <Tag colour="grey" classes="gt-tag">
          Asked and recorded
        </Tag>
      }
      sources={group.items.map(allergySource)}
    >
      {contradicted && 'Sources disagree: another has recorded an allergy. Ask the person.'}
    </Entry>
  )
}

function PastAllergies({ frame, rows }: { frame: Frame; rows: AllergyRow[] }) {
  return (
    <details class="gt-more">
      <summary>No longer standing ({rows.length})</summary>
      <Entries>
        {rows.map((row) => (
          <Entry frame={frame} title={<s>{row.title ?? 'Not named'}</s>} sources={[allergySource(row)]}>
            {assertsNone(row) ? 'Statement withdrawn' : whyPast(row)}
          </Entry>
        ))}
      </Entries>
    </details>
  )
}

export function ProblemsPart({
  frame,
  active,
  past,
}: {
  frame: Frame
  active: Group<ProblemRow>[]
  past: Group<ProblemRow>[]
}) {
  const href = linkTo(frame, sections.problems)
  return (
    <Part id="problems" title="Problems" href={href}>
      {active.length === 0 && (
        <NoneShown
          frame={frame}
          subject={past.length > 0 ? 'active problems' : 'problems'}
          categories={['clinical', 'mental-health', 'social-care']}
        />
      )}
      {active.length > 0 && (
        <Entries>
          {active.map((group) => (
            <Entry
              frame={frame}
              title={group.items[0].title ?? 'Not named'}
              sources={group.items.map((row) => problemSource(row, said(group, lasted).length > 1))}
            >
              {[
                ...(said(group, lasted).length === 1 ? said(group, lasted) : []),
                ...said(group, (row) => row.severity),
                ...said(group, (row) => row.note),
              ].join('. ')}
            </Entry>
          ))}
        </Entries>
      )}
      {past.length > 0 && (
        <p class="gt-part__more">
          <a href={`${href}?state=past`}>
            {past.length} past {past.length === 1 ? 'problem' : 'problems'}
          </a>
        </p>
      )}
    </Part>
  )
}

/** A source that does not say "active" of what another does is named with what it says. */
const problemSource = (row: ProblemRow, differ: boolean) => ({
  source: row.source,
  author: row.recorder_display ?? row.asserter_display,
  receivedAt: row.received_at,
  id: row.resource_id,
  more:
    [
      differ ? lasted(row) : undefined,
      stateInWords(row) === 'Active' ? undefined : `says ${stateInWords(row).toLowerCase()}`,
    ]
      .filter(Boolean)
      .join(', ') || undefined,
})

export function MedicinesPart({
  frame,
  current,
  past,
}: {
  frame: Frame
  current: Group<MedicineRow>[]
  past: Group<MedicineRow>[]
}) {
  const href = linkTo(frame, sections.medicines)
  return (
    <Part id="medicines" title="Current medicines" href={href}>
      {current.length === 0 && (
        <NoneShown frame={frame} subject="current medicines" categories={['medicines']} />
      )}
      {current.length > 0 && (
        <Entries>
          {current.map((group) => (
            <MedicineEntry frame={frame} group={group} />
          ))}
        </Entries>
      )}
      {past.length > 0 && (
        <p class="gt-part__more">
          <a href={`${href}?state=past`}>
            {past.length} past {past.length === 1 ? 'medicine' : 'medicines'}
          </a>
        </p>
      )}
    </Part>
  )
}

function MedicineEntry({ frame, group }: { frame: Frame; group: Group<MedicineRow> }) {
  const doses = said(group, dosage)
  const [only] = doses
  const state = group.items.map((row) => medicineStatus(row, frame.now)).find((words) => words !== 'Current')
  const acute = group.items.every((row) => course(row) === 'Acute')
  return (
    <Entry
      frame={frame}
      title={group.items[0].title ?? 'Not named'}
      tags={
        (state ?? acute) && (
          <Tag colour="blue" classes="gt-tag">
            {state ?? 'Acute'}
          </Tag>
        )
      }
      sources={group.items.map((row) => ({
        source: row.source,
        author: row.author_display,
        receivedAt: row.received_at,
        id: row.resource_id,
        more:
          [doses.length > 1 ? dosage(row) : undefined, row.prescribed ? undefined : 'as the person takes it']
            .filter(Boolean)
            .join(', ') || undefined,
      }))}
    >
      {doses.length > 1
        ? 'Sources give different doses: see each'
        : (only ?? 'How it is taken is not recorded')}
    </Entry>
  )
}
