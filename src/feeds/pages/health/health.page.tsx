import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { type Db, type Download, page, type Route, type View } from '../../../platform/index.ts'
import { type CsvColumn, csvOf, londonDate } from '../../../platform/ui/index.ts'
import { freshnessOf } from '../../../record/index.ts'
import type { Connected } from '../../mllp/mllp.ts'
import type { FeedsDesk } from '../desk.ts'
import { lookingAfter } from '../may.ts'
import { senderName, unknown } from '../names.ts'
import { figuresOf, firstHeard, lastKept, messagesByHour } from './health.queries.ts'
import { type Health, type Hour, hoursOf, type Status, statusOf } from './health.ts'
import { SenderHealth } from './sender-health.tsx'

const path = '/feeds/health'
const day = 86_400_000

/** How each sender is doing, the worst first. */
export function healthRoutes(place: Place, desk: () => FeedsDesk): Route[] {
  const list = page({
    method: 'GET',
    path,
    may: lookingAfter,
    audit: 'feeds.health',
    input: z.object({}),
    run: async ({ db, now }) => {
      const connected = desk().connections()
      return healthView(await healthOf(db, place, connected, now), connected, now)
    },
  })

  const sheet = page({
    method: 'GET',
    path: `${path}.csv`,
    may: lookingAfter,
    audit: 'feeds.health.export',
    input: z.object({}),
    run: async ({ db, now }): Promise<Download> => {
      const all = await healthOf(db, place, desk().connections(), now)
      const rows = all.flatMap(({ name, hours }) => hours.map((hour) => ({ name, ...hour })))
      return {
        type: 'text/csv; charset=utf-8',
        body: csvOf(columns, rows),
        filename: `feed-health-${londonDate(now)}.csv`,
      }
    },
  })
  return [list, sheet]
}

const columns: CsvColumn<Hour & { name: string }>[] = [
  { heading: 'Sender', of: (row) => row.name },
  { heading: 'Hour until', of: (row) => row.ends },
  { heading: 'Messages', of: (row) => row.messages },
]

const worstFirst: (Status | undefined)[] = [
  'late',
  'refusing',
  'quiet',
  'too early to say',
  'normal',
  undefined,
]

async function healthOf(db: Db, place: Place, connected: Connected[], now: Date): Promise<Health[]> {
  const senders = [...place.senders.filter((each) => each.hl7).map((each) => each.id), unknown]
  const [all, byHour, first, kept] = await Promise.all([
    figuresOf(db, senders, new Date(now.getTime() - day)),
    messagesByHour(db, now),
    firstHeard(db, senders),
    lastKept(db),
  ])
  const healths = all.map((figures): Health => {
    const sender = place.senders.find((each) => each.id === figures.sender)
    const source = place.sources.find((each) => each.id === sender?.source)
    const freshness = source && freshnessOf(source, kept.get(source.id), now)
    const mine = byHour.filter((each) => each.sender === figures.sender)
    return {
      id: figures.sender,
      name: senderName(place, figures.sender),
      status: sender && freshness && statusOf(figures, sender.health, freshness),
      freshness,
      lastKept: source && kept.get(source.id),
      lateAfterHours: source?.lateAfterHours,
      figures,
      hours: hoursOf(mine, first.get(figures.sender) ?? null, now),
      connected: connected.filter((each) => each.sender === figures.sender),
    }
  })
  // Of unknown senders there is nothing to say while none has sent anything.
  return healths
    .filter(({ id, figures }) => id !== unknown || figures.last_received_at !== null)
    .sort((one, other) => worstFirst.indexOf(one.status) - worstFirst.indexOf(other.status))
}

function healthView(all: Health[], connected: Connected[], now: Date): View {
  const silent = connected.filter(({ sender }) => sender === undefined).length
  return {
    title: 'Feed health',
    wide: true,
    body: (
      <div class="gt-record">
        <h1 class="nhsuk-heading-l">Feed health</h1>
        <p>
          How each HL7 v2 sender is doing, the worst first. A sender that is late here is marked as late on
          every record of its source. Connections are those of the process that answered you.
        </p>
        {silent > 0 && <p>{silent} connected and sent nothing yet.</p>}
        {all.map((health) => (
          <SenderHealth health={health} now={now} />
        ))}
        <p class="gt-list__count">
          <a href={`${path}.csv`}>Export the last 24 hours as a spreadsheet (CSV)</a>
        </p>
      </div>
    ),
  }
}
