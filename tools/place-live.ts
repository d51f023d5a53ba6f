import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readPlace } from '../src/access/index.ts'
import { invented, residents } from '../src/demo.ts'
import { openDatabase, readConfig, systemClock, Unavailable } from '../src/platform/index.ts'
import { livingPlace, momentOf, storiesOfPlace } from '../src/synthetic/index.ts'
import { stageOf } from './living-stage.ts'
import { asTool, onPlace } from './place.ts'

// npm run place:live [-- --speed 60] [--minutes 30]: plays hospital, practices, council and others against the running demonstration.

const root = fileURLToPath(new URL('..', import.meta.url))
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))

interface Asked {
  speed: number
  minutes: number
}

type OnPlace = Parameters<Parameters<typeof onPlace>[0]>[0]

const options = {
  speed: { type: 'string', default: '1' },
  minutes: { type: 'string', default: '0' },
} as const

function asked(): Asked {
  const [given] = process.argv
    .slice(2)
    .filter((each) => each.startsWith('-') && !/^--(speed|minutes)(=|$)/.test(each))
  if (given !== undefined)
    throw new Unavailable(`${given} is not known. npm run place:live [-- --speed 60] [--minutes 30]`)
  const { values } = parseArgs({ options })
  const speed = Number(values.speed)
  const minutes = Number(values.minutes)
  if (!(speed >= 1 && speed <= 10_000))
    throw new Unavailable('--speed is how many times as fast as life: 1 to 10000.')
  if (!(minutes >= 0))
    throw new Unavailable('--minutes is how long it goes on: a number; left out, until it is stopped.')
  return { speed, minutes }
}

/** Asked before anything else is touched: without a place that runs there is nobody to play to. */
async function mustAnswer(base: string): Promise<void> {
  const answer = await fetch(`${base}/health`).catch(() => undefined)
  if (!answer?.ok)
    throw new Unavailable(
      `No place answers at ${base}. Start it with npm start, with the same PORT, MLLP_PORT and DATA_DIR.`,
    )
}

async function play(base: string, { config, ownerUrl }: OnPlace, { speed, minutes }: Asked): Promise<void> {
  const place = readPlace(join(root, 'places', config.place))
  const database = openDatabase(ownerUrl, 1)
  const asOf = await invented(database)
  await database.close()
  if (!asOf)
    throw new Unavailable(
      'Nobody is invented in this place: it has an issuer of its own, or has not begun yet.',
    )
  const { stage, close } = await stageOf(place, { base, ...config })
  console.log(
    `Playing ${residents.people} invented residents from ${asOf.toISOString()}, ${speed} times as fast as life.`,
  )
  const stories = [...storiesOfPlace({ ...residents, now: asOf })]
  const living = livingPlace({ stories, seed: residents.seed, place, start: asOf, speed })
  const end = minutes > 0 ? systemClock.now().getTime() + minutes * 60_000 : Number.POSITIVE_INFINITY
  try {
    while (systemClock.now().getTime() < end && living.next() !== undefined) {
      const { messages, updates, files, refused } = await living.until(momentOf(systemClock.now()), stage)
      for (const words of refused) console.error(words)
      if (messages + updates + files + refused.length > 0)
        console.log(
          `${systemClock.now().toISOString().slice(0, 16)}  ${messages} messages, ${updates} transactions, ${files} files, ${refused.length} not taken`,
        )
      await wait(2000)
    }
  } finally {
    close()
  }
}

await asTool(async () => {
  const how = asked()
  const config = readConfig()
  const base = config.publicUrl ?? `http://localhost:${config.port}`
  await mustAnswer(base)
  await onPlace((on) => play(base, on, how), config)
  return 0
})
