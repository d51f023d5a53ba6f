import { personBundle } from './people.ts'

/** Fills the place by the front door with people of `each` resources, four senders at a time; returns resources a second. */
export async function fill(
  base: string,
  people: number,
  each: number,
  headers: Record<string, string>,
): Promise<number> {
  const began = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let n = next++; n < people; n = next++) {
        const answer = await fetch(`${base}/fhir`, {
          method: 'POST',
          headers,
          body: JSON.stringify(personBundle(n, each)),
        })
        if (!answer.ok) throw new Error(`Transaction refused: ${answer.status} ${await answer.text()}`)
        await answer.arrayBuffer()
      }
    }),
  )
  return Math.round((people * each) / ((performance.now() - began) / 1000))
}
