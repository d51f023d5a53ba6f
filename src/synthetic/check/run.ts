import { type Check, type Finding, judge, type Measured } from './check.ts'
import type { Place } from './place.ts'

async function measured({ measure }: Check, place: Place): Promise<Measured> {
  if (typeof measure !== 'string') return measure(place)
  const [row] = await place.rows(measure)
  const figure = (name: string) => (typeof row?.[name] === 'number' ? row[name] : undefined)
  const [cases, error] = [figure('cases'), figure('error')]
  return {
    value: figure('value') ?? null,
    ...(cases !== undefined && { cases }),
    ...(error !== undefined && { error }),
  }
}

/** One after another: each takes both processors by itself. */
export async function* findings(checks: readonly Check[], place: Place): AsyncGenerator<Finding> {
  for (const check of checks)
    yield judge(
      check,
      await measured(check, place).catch((problem: unknown) => {
        throw new Error(`The check ${check.id} cannot be asked`, { cause: problem })
      }),
      place,
    )
}
