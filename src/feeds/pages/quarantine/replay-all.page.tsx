import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import {
  type Actor,
  type Clock,
  Conflict,
  type Db,
  NotAllowed,
  page,
  type Route,
  type View,
} from '../../../platform/index.ts'
import { Button, counted, ErrorSummary, Input, InsetText } from '../../../platform/ui/index.ts'
import { replay } from '../../inbox/replay.ts'
import { act, type FeedsDesk } from '../desk.ts'
import { addressOf, nothingAsked } from '../inbox/messages.ts'
import { lookingAfter } from '../may.ts'
import { senderName } from '../names.ts'
import { guideTo } from '../reasons.ts'
import { quarantinePath } from './quarantine.page.tsx'
import { nextToTry, waitingByReason } from './quarantine.queries.ts'

const path = `${quarantinePath}/replay` as const

/** One request tries so many, and takes hardly longer than this: then it says how far it has come, and is asked to go on. */
const mostAtOnce = 100
const longest = 5_000

const group = { sender: z.string().max(200), reason: z.string().max(200) }
const count = z.coerce.number().int().min(0).catch(0).default(0)

/** How far it has come: the message that was tried last, how many there were, how many were tried, and how many of them were applied. */
const progress = { after: z.uuid().or(z.literal('')).default(''), of: count, tried: count, taken: count }

const going = z.object({ ...group, ...progress, why: z.string().trim().max(1000).default('') })
type Going = z.output<typeof going>

/** Tries everything that waits of one sender for one reason, once its cause has been mended. */
export function replayAllRoutes(place: Place, desk: () => FeedsDesk): Route[] {
  const ask = page({
    method: 'GET',
    path,
    may: lookingAfter,
    audit: 'feeds.quarantine.replay',
    input: z.object(group),
    run: async ({ db, input, shown }) => {
      shown([], { ...input })
      return askView(place, await begun(db, input))
    },
  })

  const go = page({
    method: 'POST',
    path,
    may: lookingAfter,
    audit: 'feeds.quarantine.replay',
    input: going,
    run: async ({ db, input, actor, shown }) => {
      shown([], { ...input })
      const from = input.after === '' ? await begun(db, input) : input
      if (input.why === '') return askView(place, from, true)
      const { inbox } = desk()
      const next = await nextToTry(db, input, mostAtOnce)
      const done = await act(() => tryEach({ ...from, why: input.why }, next, { inbox, actor }))
      return doneView(place, done, next.length === mostAtOnce || done.after !== next.at(-1))
    },
  })
  return [ask, go]
}

/** Counts what waits now. */
async function begun(db: Db, { sender, reason }: { sender: string; reason: string }): Promise<Going> {
  const all = await waitingByReason(db)
  const found = all.find((each) => each.sender === sender && each.reason === reason)
  return { sender, reason, after: '', of: found?.waiting ?? 0, tried: 0, taken: 0, why: '' }
}

type Means = { inbox: FeedsDesk['inbox'] & { clock: Clock }; actor: Actor }

/** Each in turn and by itself: what one of them breaks, the others do not share. */
async function tryEach(from: Going, ids: string[], { inbox, actor }: Means): Promise<Going> {
  const until = performance.now() + longest
  const far = { ...from }
  for (const id of ids) {
    try {
      const why = await replay(inbox, id, { by: actor, why: from.why })
      if (why === undefined) far.taken++
    } catch (problem) {
      // It has left the quarantine meanwhile, or its sender is not known: the next may still go.
      if (!(problem instanceof Conflict || problem instanceof NotAllowed)) throw problem
    }
    far.after = id
    far.tried++
    if (performance.now() > until) break
  }
  return far
}

const listOf = ({ sender, reason }: Going) =>
  addressOf(nothingAsked, { sender, reason, state: 'waiting', sort: 'oldest' })

function askView(place: Place, asked: Going, isMissing = false): View {
  const guide = guideTo(asked.reason)
  const name = senderName(place, asked.sender)
  return {
    title: 'Replay together',
    ...(isMissing && { status: 422 as const }),
    body: (
      <div class="gt-record">
        {isMissing && <ErrorSummary errorList={[{ text: 'Say what you have mended', href: '#why' }]} />}
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">
            {guide.name}, from {name}
          </span>
          Replay together
        </h1>
        <p>
          {asked.of === 0
            ? 'Nothing waits for this reason any more.'
            : `${counted(asked.of, 'message')} ${asked.of === 1 ? 'waits' : 'wait'} for this reason.`}{' '}
          <a href={listOf(asked)}>See which</a>
        </p>
        <h2 class="nhsuk-heading-m">Before you do</h2>
        <p>Replaying helps only once the cause is mended.</p>
        <ol>
          {guide.steps.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
        {asked.of > 0 && (
          <form method="post" action={path} novalidate>
            <Hidden going={asked} />
            <Input
              id="why"
              name="why"
              label="What have you mended?"
              hint="It is kept with each message, with your name."
              autocomplete="off"
              errorMessage={isMissing ? 'Say what you have mended' : undefined}
            />
            <Button preventDoubleClick>Replay {counted(asked.of, 'message')}</Button>
          </form>
        )}
      </div>
    ),
  }
}

const Hidden = ({ going: { why: _, ...rest } }: { going: Going }) => (
  <>
    {Object.entries(rest).map(([name, value]) => (
      <input type="hidden" name={name} value={String(value)} />
    ))}
  </>
)

function doneView(place: Place, done: Going, more: boolean): View {
  const still = done.tried - done.taken
  const all = Math.max(done.of, done.tried)
  return {
    title: more ? `${done.tried} of ${all} tried` : 'Replayed',
    body: (
      <div class="gt-record">
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">
            {guideTo(done.reason).name}, from {senderName(place, done.sender)}
          </span>
          {done.tried} of {counted(all, 'message')} tried
        </h1>
        <progress class="gt-progress" max={all} value={done.tried} aria-label="Messages tried">
          {done.tried} of {all}
        </progress>
        <ul>
          <li>Applied: {done.taken}</li>
          <li>
            Still in quarantine: {still} {still > 0 && <a href={listOf(done)}>See which</a>}
          </li>
        </ul>
        {more ? (
          <form method="post" action={path}>
            <Hidden going={done} />
            <input type="hidden" name="why" value={done.why} />
            <Button preventDoubleClick>Go on with the next</Button>
          </form>
        ) : (
          <InsetText>
            <p>
              {still === 0 ? 'All of them were applied.' : 'All of them were tried.'}{' '}
              <a href={quarantinePath}>Back to the quarantine</a>
            </p>
          </InsetText>
        )}
      </div>
    ),
  }
}
