import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import {
  type Actor,
  Conflict,
  type Db,
  type Fault,
  Invalid,
  NotAllowed,
  NotFound,
  page,
  type Route,
  type View,
} from '../../../platform/index.ts'
import type { Quarantine } from '../../hl7/acknowledgement.ts'
import { keepStates } from '../../inbox/inbox.queries.ts'
import { mend, replay, setAside } from '../../inbox/replay.ts'
import { act, type FeedsDesk, mustStandAs } from '../desk.ts'
import { messagesPath } from '../inbox/messages.ts'
import { lookingAfter } from '../may.ts'
import { unknown } from '../names.ts'
import { historyOf, type Opened, openMessage, othersOf, whomNamed } from './message.queries.ts'
import { dids, type Given, messageView, type Shown } from './message-view.tsx'
import { forMending, withField } from './raw-text.ts'
import { numbersIn, wrongPlace } from './reading.ts'

const path = `${messagesPath}/:message` as const
const message = z.uuid()
const why = z.string().trim().max(1000).default('')
/** Which row of its states the reader saw. */
const seen = z.coerce.number().int()

/** One message: what it says, what became of it, and what may be done about it. */
export function messageRoutes(place: Place, desk: () => FeedsDesk): Route[] {
  const show = page({
    method: 'GET',
    path,
    may: lookingAfter,
    audit: 'feeds.message',
    input: z.object({ message, did: z.enum(dids).catch('').default('') }),
    run: async ({ db, input, now, shown }) => {
      const { files, ...all } = await allOf(db, input.message)
      shown(files, { message: input.message })
      return messageView({ place, ...all, now, did: input.did })
    },
  })

  const replaying = page({
    method: 'POST',
    path: `${path}/replay`,
    may: lookingAfter,
    audit: 'feeds.message.replay',
    input: z.object({ message, seen, why }),
    run: (context) =>
      acted(place, context, { form: 'replay', why: context.input.why }, (_, deed) =>
        replay(desk().inbox, context.input.message, deed),
      ),
  })

  const mending = page({
    method: 'POST',
    path: `${path}/mend`,
    may: lookingAfter,
    audit: 'feeds.message.mend',
    input: z.object({ message, seen, why, value: z.string().optional(), text: z.string().optional() }),
    run: (context) => {
      const { value, text } = context.input
      const form = value === undefined ? 'text' : 'field'
      return acted(place, context, { form, why: context.input.why, value, text }, (opened, deed) =>
        mend(desk().inbox, opened.message_id, mendedText(opened, value, text), deed),
      )
    },
  })

  const settingAside = page({
    method: 'POST',
    path: `${path}/set-aside`,
    may: lookingAfter,
    audit: 'feeds.message.set-aside',
    input: z.object({ message, seen, why }),
    run: (context) =>
      acted(
        place,
        context,
        { form: 'aside', why: context.input.why },
        async ({ source, message_id }, deed) => {
          if (source !== unknown) await setAside(desk().inbox, message_id, deed)
          // Nobody known sent it, so it is of no source in whose name the engine could act.
          else await keepStates(context.db, [asideOf(message_id, deed)])
          return 'aside' as const
        },
      ),
  })
  return [show, replaying, mending, settingAside]
}

type Deed = { by: Actor; why: string }

const asideOf = (message: string, { by, why }: Deed) => ({
  message,
  source: unknown,
  state: 'set aside' as const,
  why: { reason: 'value' as const, place: '', words: why },
  by: by.id,
})

type Loaded = Omit<Shown, 'place' | 'now'> & { files: string[] }

/** @throws NotFound */
async function allOf(db: Db, id: string): Promise<Loaded> {
  const opened = await openMessage(db, id)
  if (!opened) throw new NotFound()
  const [history, others, whom] = await Promise.all([
    historyOf(db, id),
    opened.thing === null ? [] : othersOf(db, opened.source, opened.thing),
    whomNamed(db, id, numbersIn(`${opened.body}\r${opened.mended ?? ''}`)),
  ])
  return { opened, history, others, ...whom }
}

type Context = {
  db: Db
  actor: Actor
  now: Date
  input: { message: string; seen: number; why: string }
  shown(files: readonly string[], detail?: Record<string, unknown>): void
}

/** Does something with a message as the reader saw it; what cannot be done is said on its page, where nothing typed is lost. */
async function acted(
  place: Place,
  { db, actor, now, input, shown }: Context,
  given: Given,
  work: (opened: Opened, deed: Deed) => Promise<Quarantine | 'aside' | undefined>,
) {
  const { files, ...all } = await allOf(db, input.message)
  shown(files, { message: input.message })
  const again = (faults: Fault[], changed = false): View => ({
    ...messageView({ place, ...all, now, given, faults, changed }),
    status: 422,
  })
  if (input.why === '') return again([{ path: 'why', words: 'Say why' }])
  try {
    mustStandAs(input.seen, all.opened.state_id)
    const outcome = await act(() => work(all.opened, { by: actor, why: input.why }))
    const did = outcome === 'aside' ? 'aside' : outcome ? 'waits' : 'taken'
    return { redirect: `${messagesPath}/${input.message}?did=${did}` }
  } catch (problem) {
    if (problem instanceof Conflict)
      return again([{ path: 'seen', words: 'The message has changed since you opened it.' }], true)
    if (problem instanceof NotAllowed) return again([{ path: 'why', words: notKnown }])
    if (problem instanceof Invalid)
      return again(problem.faults.map(({ words }) => ({ path: given.form, words })))
    throw problem
  }
}

const notKnown =
  'This cannot be tried, because its sender is not known here or has no sharing agreement in force. See what to do below.'

/** @throws Invalid when what was typed cannot be put where it belongs */
function mendedText({ body, mended, place }: Opened, value?: string, text?: string): string {
  const now = mended ?? body
  if (value === undefined) {
    if (text === undefined || text.trim() === '')
      throw new Invalid([{ path: 'text', words: 'Write the text of the message' }])
    if (text.replace(/\r\n/g, '\n') === forMending(now))
      throw new Invalid([{ path: 'text', words: 'Nothing has been changed. To try it again, replay it.' }])
    return text
  }
  const [segment, field] = wrongPlace(place)
  const separator = now.trimStart().charAt(3)
  if (segment === undefined || field === undefined || /[\r\n]/.test(value) || value.includes(separator))
    throw new Invalid([{ path: 'value', words: `The value must be one line without “${separator}”` }])
  return withField(now, segment, field, value)
}
