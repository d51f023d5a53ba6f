import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import {
  type Db,
  type Download,
  type Metric,
  metricsText,
  page,
  type Route,
} from '../../../platform/index.ts'
import type { FeedsDesk } from '../desk.ts'
import { readingFigures } from '../may.ts'
import { unknown } from '../names.ts'
import { waitingByReason } from '../quarantine/quarantine.queries.ts'
import { cameSince, figuresOf, lastKept } from './health.queries.ts'
import type { Figures } from './health.ts'
import { ofPlace } from './place-metrics.ts'

const hour = 3_600_000

/** Figures for a monitoring system: how senders, jobs, the database and this process are doing. Nothing about anybody. */
export const metricsRoute = (place: Place, desk: () => FeedsDesk): Route =>
  page({
    method: 'GET',
    path: '/metrics',
    may: readingFigures,
    audit: 'feeds.metrics',
    input: z.object({}),
    run: async ({ db, now }): Promise<Download> => ({
      type: 'text/plain; version=0.0.4; charset=utf-8',
      body: metricsText([
        ...(await ofSenders(db, place, now)),
        ...ofConnections(desk()),
        ...(await ofPlace(db, now)),
        ...desk().figures.metrics(),
      ]),
      inline: true,
    }),
  })

async function ofSenders(db: Db, place: Place, now: Date): Promise<Metric[]> {
  const senders = [...place.senders.filter((each) => each.hl7).map((each) => each.id), unknown]
  const all = await figuresOf(db, senders, new Date(now.getTime() - hour))
  const each = (name: string, help: string, value: (figures: Figures) => number | null): Metric => ({
    name: `golden_thread_feed_${name}`,
    help,
    values: all.map((figures) => ({ labels: { sender: figures.sender }, value: value(figures) })),
  })
  const waiting = await waitingByReason(db)
  const came = await cameSince(db, new Date(now.getTime() - 24 * hour))
  const kept = await lastKept(db)
  return [
    each('last_message_timestamp_seconds', 'When the last message came', ({ last_received_at: at }) =>
      secondsOf(at),
    ),
    each('messages_last_hour', 'Messages in the last hour', ({ last_hour }) => last_hour),
    each('refused_last_hour', 'Of them, those that went to quarantine', (one) => one.refused_last_hour),
    each(
      'oldest_waiting_seconds',
      'Age of the oldest message in quarantine',
      ({ oldest_waiting_at: at }) => at && (now.getTime() - at.getTime()) / 1000,
    ),
    {
      name: 'golden_thread_feed_lag_seconds',
      help: 'From the event to its message, and from the message to the record, of the last hour',
      values: all.flatMap(({ sender, ...lag }) => [
        { labels: { sender, step: 'arrival', quantile: '0.5' }, value: lag.arrival_p50 },
        { labels: { sender, step: 'arrival', quantile: '0.95' }, value: lag.arrival_p95 },
        { labels: { sender, step: 'applied', quantile: '0.5' }, value: lag.applied_p50 },
        { labels: { sender, step: 'applied', quantile: '0.95' }, value: lag.applied_p95 },
      ]),
    },
    {
      name: 'golden_thread_feed_waiting',
      help: 'Messages in quarantine',
      values: waiting.map(({ sender, reason, waiting }) => ({ labels: { sender, reason }, value: waiting })),
    },
    {
      name: 'golden_thread_feed_messages_last_day',
      help: 'Messages of the last 24 hours, by what became of them',
      values: came.map(({ sender, state, messages }) => ({ labels: { sender, state }, value: messages })),
    },
    {
      name: 'golden_thread_source_last_kept_timestamp_seconds',
      help: 'When something of the source was last kept in the record',
      values: [...kept].map(([source, at]) => ({ labels: { source }, value: secondsOf(at) })),
    },
  ]
}

const secondsOf = (at: Date | null): number | null => at && at.getTime() / 1000

function ofConnections(desk: FeedsDesk): Metric[] {
  const open = Map.groupBy(desk.connections(), ({ sender }) => sender ?? 'none yet')
  const each = (name: string, help: string, of: (all: { waiting: number }[]) => number): Metric => ({
    name: `golden_thread_feed_${name}`,
    help,
    values: [...open].map(([sender, all]) => ({ labels: { sender }, value: of(all) })),
  })
  return [
    each('connections', 'Open connections to this process', (all) => all.length),
    each('inbox_depth', 'Messages read by this process that have no answer yet', (all) =>
      all.reduce((sum, { waiting }) => sum + waiting, 0),
    ),
  ]
}
