import pg from 'pg'
import { personBundle } from '../../benches/people.ts'
import { signIn, systemToken } from '../../src/testing/http.ts'
import { projectionFaults } from '../kill/projections.ts'
import { undone } from '../kill/rounds.ts'
import { randomFrom } from '../random.ts'
import type { Input, Known } from './input.ts'
import { nextInput } from './inputs.ts'
import { faultWith } from './judge.ts'

/** A product that runs: where it listens, and its database as the owner sees it. */
export type Target = { base: string; mllpPort: number; ownerUrl: string }

/** `number`: with the same seed the same input again. */
export type Found = { number: number; name: string; fault: string; bytes: Buffer }

const atOnce = 8

/**
 * Sends so many inputs, sound ones changed at random, and judges each answer: given in time, never a fault of ours, and every refusal in words.
 * At the end the place must still answer, and whatever was kept must be whole.
 * @param each is told now and then how far it is
 */
export async function fuzz(
  target: Target,
  count: number,
  seed: number,
  each: (done: number) => void = () => undefined,
): Promise<Found[]> {
  const known = await signedIn(target)
  const ports = { http: Number(new URL(target.base).port), mllp: target.mllpPort }
  const found: Found[] = []
  let next = 0
  const worker = async () => {
    for (let number = next++; number < count && found.length < 50; number = next++) {
      const input = inputOf(seed, number, known)
      const fault = await faultWith(input, ports)
      if (fault) found.push({ number, name: input.name, fault, bytes: input.bytes })
      if (number % 1000 === 0) each(number)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const nothing = Buffer.alloc(0)
  const health = await fetch(`${target.base}/health`).catch(() => undefined)
  if (!health?.ok)
    found.push({ number: count, name: 'afterwards', fault: 'it does not answer', bytes: nothing })
  const owner = new pg.Client({ connectionString: target.ownerUrl })
  await owner.connect()
  const halves = await undone(owner, () => projectionFaults(owner)).finally(() => owner.end())
  for (const fault of halves) found.push({ number: count, name: 'afterwards', fault, bytes: nothing })
  return found
}

/** Each input has chance of its own, so that one can be made again without those before it. */
const inputOf = (seed: number, number: number, known: Known): Input =>
  nextInput(randomFrom(seed * 1_000_003 + number), known)

async function signedIn({ base, ownerUrl }: Target): Promise<Known> {
  const [bearer, community, ...cookies] = await Promise.all([
    systemToken(base, 'demo-practice', 'demo-practice-secret'),
    systemToken(base, 'demo-community', 'demo-community-secret'),
    ...[
      'demo-gp',
      'demo-emergency-nurse',
      'demo-data-officer',
      'demo-data-quality-officer',
      'demo-privacy-officer',
    ].map((staff) => signIn(base, staff)),
  ])
  const answer = await fetch(`${base}/fhir`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/fhir+json' },
    body: JSON.stringify(personBundle(1, 20)),
  })
  const bundle = (await answer.json()) as { entry: { response: { location: string } }[] }
  const patient = /Patient\/([^/]+)/.exec(bundle.entry[0]?.response.location ?? '')?.[1] ?? ''
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  const { rows } = await owner.query<{ ref: string }>(
    "select f.ref from record.resource_home h join people.file f using (person_key) where h.type = 'Patient' and h.id = $1",
    [patient],
  )
  await owner.end()
  return { bearer, community, cookies, patient, ref: rows[0]?.ref ?? '' }
}
