import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { jobSchema } from '../../src/platform/db/index.ts'
import { isDatabaseTrouble } from '../../src/platform/index.ts'
import { oneOf, randomFrom } from '../random.ts'
import { callerOf } from './caller.ts'
import { countsOf, emptyLedger, type Ledger } from './ledger.ts'
import { projectionFaults } from './projections.ts'
import type { Known } from './sent.ts'
import { openPeople, startStreams } from './streams.ts'
import { auditEnd, type Faults, faultsIn, seal, sealFaults, unfinished } from './verify.ts'
import { fullDisk, type Kill, openVictim, type Victim } from './victim.ts'

export type Report = {
  rounds: number
  kills: Record<string, number>
  /** Of each kind, how many were acknowledged. */
  acknowledged: Record<string, number>
  /** From each kind of kill until it answered again, in milliseconds. */
  recovery: Record<string, { median: number; longest: number }>
  faults: Faults
}

type Wishes = {
  rounds: number
  /** What happens to it. */
  kills: readonly Kill[]
  random: () => number
  /** Kills in one round, before it is looked at what is there. */
  killsEach: number
  /** Rounds between two makings of every projection; it is made at the end in any case. */
  projectionsEvery: number
  say(words: string): void
}

/**
 * What a test does with what is left, with the eyes and hands of the database's owner: `faults` looks again, at the last round and at
 * the whole, in a transaction that is open.
 */
export type Afterwards = (owner: pg.Client, faults: () => Promise<Faults>) => Promise<void>

/** Sends everything at once, kills in the midst of it, and looks whether all that was acknowledged is there; so many rounds. */
export async function killInRounds(wishes: Wishes, afterwards?: Afterwards): Promise<Report> {
  const victim = await openVictim(wishes.kills.some((how) => fullDisk.some((each) => each === how)))
  try {
    return await rounds(victim, wishes, afterwards)
  } finally {
    await victim.close()
  }
}

async function rounds(victim: Victim, wishes: Wishes, afterwards?: Afterwards): Promise<Report> {
  const { random, say } = wishes
  let ledger = emptyLedger()
  const wrong: Faults = []
  const caller = callerOf(victim.base, () => ledger)
  const counts: Record<string, number> = {}
  const acknowledged: Record<string, number> = {}
  const recoveries = new Map<string, number[]>()
  const report = (): Report => ({
    rounds: wishes.rounds,
    kills: counts,
    acknowledged,
    recovery: Object.fromEntries([...recoveries].map(([how, times]) => [how, spreadOf(times)])),
    faults: wrong,
  })
  try {
    const people = await peopleOf(victim, caller)
    let audited = await look(victim, auditEnd)
    for (let round = 1; round <= wishes.rounds && wrong.length === 0; round++) {
      ledger = emptyLedger()
      const streams = startStreams({
        caller,
        mllpPort: victim.mllpPort,
        ledger: () => ledger,
        people,
        random,
        wrong: (words) => wrong.push(words),
      })
      for (let each = 0; each < wishes.killsEach; each++) {
        await pause(50 + random() * 400)
        const how = oneOf(random, wishes.kills)
        const began = performance.now()
        await victim.kill(how, random)
        recoveries.set(how, [...(recoveries.get(how) ?? []), performance.now() - began])
        counts[how] = (counts[how] ?? 0) + 1
      }
      await pause(50 + random() * 150)
      await streams.stop()
      wrong.push(...(await inspect(victim, ledger, audited)))
      const isMilestone = round % wishes.projectionsEvery === 0 || round === wishes.rounds
      if (isMilestone && wrong.length === 0)
        wrong.push(...(await look(victim, (owner) => wholeFaults(owner, victim.dataDir))))
      if (afterwards && round === wishes.rounds && wrong.length === 0) {
        const again = (owner: pg.Client) => faultsNow(owner, ledger, audited, victim.dataDir)
        await look(victim, (owner) => afterwards(owner, () => again(owner)))
      }
      audited = await look(victim, auditEnd)
      add(acknowledged, countsOf(ledger))
      if (isMilestone) say(`${round} rounds: ${inWords(counts)}; acknowledged ${inWords(acknowledged)}`)
    }
    return report()
  } finally {
    caller.close()
  }
}

/**
 * On a connection of its own, since the one before was killed with the rest; and again where the database was still on its way: a process that
 * is killed takes the others with it a moment later.
 */
async function look<Found>(victim: Victim, at: (owner: pg.Client) => Promise<Found>): Promise<Found> {
  for (let tries = 1; ; tries++) {
    const owner = new pg.Client({ connectionString: victim.ownerUrl })
    owner.on('error', () => undefined)
    try {
      await owner.connect()
      return await at(owner)
    } catch (problem) {
      if (tries === 200 || !isDatabaseTrouble(problem)) throw problem
      await pause(100)
    } finally {
      await owner.end().catch(() => undefined)
    }
  }
}

const faultsNow = async (
  owner: pg.Client,
  ledger: Ledger,
  audit: number,
  dataDir: string,
): Promise<Faults> => [
  ...(await faultsIn(owner, ledger, { audit })),
  ...(await sealFaults(owner, dataDir)),
  ...(await projectionFaults(owner)),
]

const inspect = (victim: Victim, ledger: Ledger, audit: number): Promise<Faults> =>
  look(victim, async (owner) => {
    await seal(owner)
    return faultsIn(owner, ledger, { audit })
  })

/**
 * Files are applied and the privacy officer is told in the background: they get the time that it takes, and then everything must agree. A job that
 * kills have failed several times would wait for minutes until it is tried again; it is tried now.
 */
async function wholeFaults(owner: pg.Client, dataDir: string): Promise<Faults> {
  await owner.query(
    `update ${jobSchema}._private_jobs set run_at = now() where locked_at is null and run_at > now()`,
  )
  for (let tries = 0; (await unfinished(owner)) > 0; tries++) {
    if (tries === 600) return [`${await unfinished(owner)} files or notices are still waiting after a minute`]
    await pause(100)
  }
  return undone(owner, async () => [
    ...(await sealFaults(owner, dataDir)),
    ...(await projectionFaults(owner)),
  ])
}

/** Does something in a transaction that is rolled back. */
export async function undone<Result>(owner: pg.Client, work: () => Promise<Result>): Promise<Result> {
  await owner.query('begin')
  try {
    return await work()
  } finally {
    await owner.query('rollback')
  }
}

async function peopleOf(victim: Victim, caller: ReturnType<typeof callerOf>): Promise<Known[]> {
  return openPeople(caller, 12, (patient) =>
    look(victim, async (owner) => {
      const { rows } = await owner.query<{ ref: string }>(
        "select f.ref from record.resource_home h join people.file f using (person_key) where h.type = 'Patient' and h.id = $1",
        [patient],
      )
      return rows[0]?.ref ?? ''
    }),
  )
}

function add(to: Record<string, number>, more: Record<string, number>): void {
  for (const [name, count] of Object.entries(more)) to[name] = (to[name] ?? 0) + count
}

function spreadOf(times: number[]): { median: number; longest: number } {
  const sorted = times.toSorted((one, other) => one - other)
  return {
    median: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
    longest: Math.round(sorted.at(-1) ?? 0),
  }
}

const inWords = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

/** What `npm run soak -- kill` and its like do: rounds of one sort of harm, told as it goes, and an end that says whether all held. */
export async function soak(
  what: string,
  kills: readonly Kill[],
  usualRounds: number,
  every: number,
): Promise<never> {
  const rounds = Number(process.argv[3] ?? usualRounds)
  const seed = Number(process.argv[4] ?? 1)
  console.log(`${rounds} rounds of ${what}, seed ${seed}.`)
  const began = performance.now()
  const random = randomFrom(seed)
  const { faults, ...report } = await killInRounds({
    rounds,
    kills,
    random,
    killsEach: 2,
    projectionsEvery: every,
    say: console.log,
  })
  for (const fault of faults.slice(0, 20)) console.log(`FAULT ${fault}`)
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(JSON.stringify({ seed, seconds, ...report, faults: faults.length }))
  console.log(faults.length === 0 ? 'Nothing that was acknowledged is lost.' : 'Something does not hold.')
  process.exit(faults.length === 0 ? 0 : 1)
}
