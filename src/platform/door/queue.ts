/**
 * Practitioners at a screen come before systems, which can wait and ask again. Whoever has not signed in has a lane beside both: whatever they do
 * there, and however long it takes, they hold up each other alone.
 */
export type Lane = 'people' | 'systems' | 'strangers'

/** What stands at the door. `from`: whose it is, to be fair among them. `work`: what is asked for; the same work costs about the same. */
export type Arriving = { lane: Lane; from: string; work: string }

/** To be called once, when the work has ended; `done` unless it failed, which says nothing of what the work costs. */
export type Over = (done: boolean) => void

/** Nothing may wait longer, as far as can be told beforehand: together with the work itself that stays below a second. */
const mostWait = 450
/** Where the guess was wrong: what has waited so long is turned away although it was let in. */
const longestWait = 550
/** Of one lane, how much may be in work at once: enough to be gathered (gather.ts), and no more than is soon over. */
const mostInWork = { requests: 64, milliseconds: 200 }
/** While people wait, systems go on with so few at once. */
const systemsBesidePeople = 4
/** Of strangers: far fewer than there are connections to the database, and enough for a ward that comes on shift and signs in. */
const mostStrangers = 4
/** What work is taken to cost before any of it has been seen. */
const firstGuess = 5
/** Long work is served beside short work, in slices: whoever waits, waits for so much of it at most. */
const mostCounted = 100
const mostKinds = 1000

type Waiting = { arriving: Arriving; cost: number; since: number; enter(over: Over | undefined): void }
type Standing = { waiting: Waiting[]; cost: number }
type LaneState = { requests: number; cost: number; queues: Map<string, Standing> }

/**
 * A queue that is bounded by time and not by number. What a kind of work costs is learnt from what is done: each request is charged with its
 * share of the time during which it was in work (as if all in work were served in equal slices), so that the charge is the same whether few or
 * many are. From that follows how long whoever arrives would wait, taking turns with everybody else who waits; where that is too long they
 * are told so at once, while the answer is still worth something. So one greedy system fills its own queue and nobody else's.
 * @param clock milliseconds, never going back
 */
export function openQueue(clock: () => number) {
  const lanes: Record<Lane, LaneState> = { people: emptyLane(), systems: emptyLane(), strangers: emptyLane() }
  const inWork = () => lanes.people.requests + lanes.systems.requests + lanes.strangers.requests
  const { costOf, charge } = charging(clock, inWork)

  const wait = (arriving: Arriving): number => {
    const { people, systems, strangers } = lanes
    const own = lanes[arriving.lane]
    if (hasRoom(arriving, costOf(arriving))) return 0
    const ahead = aheadOf(own, arriving.from)
    const share =
      arriving.lane === 'systems' && people.queues.size > 0 ? Math.max(1, systems.requests) / inWork() : 1
    return people.cost + systems.cost + strangers.cost + ahead / share
  }

  const hasRoom = ({ lane }: Arriving, cost: number): boolean => {
    const { requests, cost: held } = lanes[lane]
    if (requests === 0) return true
    if (requests >= mostInWork.requests || held + cost > mostInWork.milliseconds) return false
    if (lane === 'strangers') return requests < mostStrangers
    return lane === 'people' || lanes.people.queues.size === 0 || requests < systemsBesidePeople
  }

  const begin = (arriving: Arriving, cost: number): Over => {
    const charged = charge(arriving)
    const lane = lanes[arriving.lane]
    lane.requests++
    lane.cost += cost
    let going = true
    return (done) => {
      if (!going) return
      going = false
      charged(done)
      lane.requests--
      lane.cost = lane.requests === 0 ? 0 : lane.cost - cost
      admit('people')
      admit('systems')
      admit('strangers')
    }
  }

  const admit = (name: Lane) => {
    const lane = lanes[name]
    for (const [from, standing] of lane.queues) {
      const next = standing.waiting[0]
      if (!next || !hasRoom(next.arriving, next.cost)) return
      standing.waiting.shift()
      standing.cost -= next.cost
      // Whoever was served stands at the end again.
      lane.queues.delete(from)
      if (standing.waiting.length > 0) lane.queues.set(from, standing)
      next.enter(clock() - next.since > longestWait ? undefined : begin(next.arriving, next.cost))
    }
  }

  return {
    /** Whether it would wait too long. Asked before anything is done for it, so that saying no costs next to nothing. */
    isFull: (arriving: Arriving): boolean => wait(arriving) > mostWait,
    /** Waits for its turn; undefined when it would wait, or has waited, too long. */
    async enter(arriving: Arriving): Promise<Over | undefined> {
      const cost = costOf(arriving)
      const lane = lanes[arriving.lane]
      if (lane.queues.size === 0 && hasRoom(arriving, cost)) return begin(arriving, cost)
      if (wait(arriving) > mostWait) return undefined
      return new Promise((enter) => {
        const standing = lane.queues.get(arriving.from) ?? { waiting: [], cost: 0 }
        lane.queues.set(arriving.from, standing)
        standing.waiting.push({ arriving, cost, since: clock(), enter })
        standing.cost += cost
      })
    },
  }
}

/** Learns what each kind of work costs. `charge` is called when some begins, and what it returns when it ends. */
function charging(clock: () => number, inWork: () => number) {
  const costs = new Map<string, number>()
  // The time that one of those in work has been served, since all began, if they are served in equal slices.
  let slices = 0
  let slicedAt = clock()
  const slice = () => {
    const now = clock()
    slices += (now - slicedAt) / Math.max(1, inWork())
    slicedAt = now
  }
  return {
    costOf: ({ work }: Arriving): number => Math.min(mostCounted, costs.get(work) ?? firstGuess),
    charge: ({ work }: Arriving): Over => {
      slice()
      const began = slices
      return (done) => {
        slice()
        const known = costs.get(work)
        if (!done || (known === undefined && costs.size >= mostKinds)) return
        const cost = slices - began
        const before = known ?? Math.min(cost, firstGuess)
        // Alone it waits for the database as long as with others: what it costs shows only where several are in work.
        costs.set(work, before + ((cost - before) * Math.min(1, inWork() / 8)) / 10)
      }
    },
  }
}

const emptyLane = (): LaneState => ({ requests: 0, cost: 0, queues: new Map() })

/** What is served before it while everybody who waits takes turns: of each other as much as stands before it in its own queue. */
function aheadOf({ queues }: LaneState, from: string): number {
  const turns = (queues.get(from)?.waiting.length ?? 0) + 1
  let ahead = 0
  for (const { cost, waiting } of queues.values()) ahead += cost * Math.min(1, turns / waiting.length)
  return ahead
}
