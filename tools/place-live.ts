import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Place, readPlace } from '../src/access/index.ts'
import { invented, residents } from '../src/demo.ts'
import { connectTo } from '../src/feeds/index.ts'
import { openDatabase, systemClock, Unavailable } from '../src/platform/index.ts'
import { livingPlace, momentOf, type Stage, storiesOfPlace } from '../src/synthetic/index.ts'
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

/** The running server's doors: MLLP, FHIR with each sender's own sign-in, and the folders where files are dropped. */
async function stageOf(place: Place, to: { base: string; host: string; mllpPort: number; filesDir: string }) {
  const hospital = await connectTo(to.mllpPort, to.host)
  const tokens = new Map<string, string>()

  async function signedIn(source: string): Promise<string | undefined> {
    const held = tokens.get(source)
    if (held) return held
    const sender = place.senders.find((each) => each.source === source)
    if (!sender?.demoSecret) return undefined
    const answer = await fetch(`${to.base}/demo-issuer/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${sender.id}:${sender.demoSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    })
    if (!answer.ok) throw new Unavailable(`${sender.id} could not sign in: ${answer.status}`)
    const { access_token: token } = (await answer.json()) as { access_token: string }
    tokens.set(source, token)
    return token
  }

  const post = (token: string, body: string) =>
    fetch(`${to.base}/fhir`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
      body,
    })

  const stage: Stage = {
    line: (text) => hospital.send(text),
    async transact({ source, entry }) {
      const body = JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry })
      const token = await signedIn(source)
      if (!token) return
      let answer = await post(token, body)
      if (answer.status === 401) {
        tokens.delete(source)
        answer = await post((await signedIn(source)) ?? '', body)
      }
      if (!answer.ok) console.error(`${source}: ${answer.status} ${(await answer.text()).slice(0, 300)}`)
    },
    async drop({ sender, name, text }) {
      const folder = join(to.filesDir, sender)
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, `${name}.part`), text)
      await rename(join(folder, `${name}.part`), join(folder, name))
    },
  }
  return { stage, close: () => hospital.close() }
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
        const { messages, refused, updates, files } = played
        if (messages + refused + updates + files > 0)
          console.log(
            `${systemClock.now().toISOString().slice(0, 16)}  ${messages} messages, ${refused} not taken, ${updates} transactions, ${files} files`,
          )
        await wait(2000)
      }
    } finally {
      close()
    }
    return 0
  }),
)
