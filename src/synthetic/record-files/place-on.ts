import type { Ground } from '../ground/ground.ts'
import type { Place } from '../place.ts'

/** A place whose practices are those of the ground: each sends its own records, as the place's own do. */
export function placeOn(place: Place, { practices }: Ground): Place {
  const known = new Set(place.organisations.map(({ code }) => code))
  const others = practices.filter(({ code }) => !known.has(code))
  return {
    ...place,
    organisations: [
      ...place.organisations,
      ...others.map(({ code, name }) => ({ code, name, kind: 'general-practice' })),
    ],
    sources: [
      ...place.sources.map((source) => ({
        ...source,
        connected: source.connected || known.has(source.organisation ?? ''),
      })),
      ...others.map(({ code }) => ({
        id: `${code.toLowerCase()}-gp`,
        organisation: code,
        name: 'GP',
        kind: 'general-practice',
        connected: true,
      })),
    ],
  }
}
