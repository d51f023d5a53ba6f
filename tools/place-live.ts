import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readPlace } from '../src/access/index.ts'
import { invented, residents } from '../src/demo.ts'
import { openDatabase, systemClock, Unavailable } from '../src/platform/index.ts'
import { livingPlace, momentOf, storiesOfPlace } from '../src/synthetic/index.ts'
import { stageOf } from './living-stage.ts'
import { asTool, onPlace } from './place.ts'

// npm run place:live [-- --speed 60] [--minutes 30]: plays hospital, practices, council and others against the running demonstration.

const root = fileURLToPath(new URL('..', import.meta.url))
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))

function asked(): { speed: number; minutes: number } {
  const { values } = parseArgs({
    options: { speed: { type: 'string', default: '1' }, minutes: { type: 'string', default: '0' } },
  })
  const speed = Number(values.speed)
  const minutes = Number(values.minutes)
  if (!(speed >= 1 && speed <= 10_000))
    throw new Unavailable('--speed is how many times as fast as life: 1 to 10000.')
  if (!(minutes >= 0))
    throw new Unavailable('--minutes is how long it goes on: a number; left out, until it is stopped.')
  return { speed, minutes }
}

await asTool(() =>
  onPlace(async ({ config, ownerUrl }) => {
    const { speed, minutes } = asked()
    const place = readPlace(join(root, 'places', config.place))
    const database = openDatabase(ownerUrl, 1)
    const asOf = await invented(database)
    await database.close()
    if (!asOf) throw new Unavailable('Nobody has been invented here yet. Start it once with npm start.')
    const base = config.publicUrl ?? `http://localhost:${config.port}`
    const { stage, close } = await stageOf(place, { base, ...config })
    console.log(
      `Playing ${residents.people} invented residents from ${asOf.toISOString()}, ${speed} times as fast as life.`,
    )
    const stories = [...storiesOfPlace({ ...residents, now: asOf })]
    const living = livingPlace({ stories, seed: residents.seed, place, start: asOf, speed })
    const end = minutes > 0 ? systemClock.now().getTime() + minutes * 60_000 : Number.POSITIVE_INFINITY
    try {
      while (systemClock.now().getTime() < end && living.next() !== undefined) {
        const now = momentOf(systemClock.now())
        const played = await living.until(now, stage)
        const { messages, updates, files, refused } = played
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
    return 0
  }),
)
