import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Place } from '../src/access/index.ts'
import { connectTo } from '../src/feeds/index.ts'
import { Unavailable } from '../src/platform/index.ts'
import type { Stage } from '../src/synthetic/index.ts'

/** The running server's doors: MLLP, FHIR with each sender's own sign-in, and the folders where files are dropped. */
export async function stageOf(
  place: Place,
  to: { base: string; host: string; mllpPort: number; filesDir: string },
) {
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
      // A practice whose agreement has ended has no sender: it says nothing more.
      if (!token) return undefined
      let answer = await post(token, body)
      if (answer.status === 401) {
        tokens.delete(source)
        answer = await post((await signedIn(source)) ?? '', body)
      }
      return answer.ok ? undefined : `${source}: ${answer.status} ${(await answer.text()).slice(0, 300)}`
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
