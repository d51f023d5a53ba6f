import { readFileSync } from 'node:fs'
import type { Place } from './place.ts'

const file = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../places/rotherham/${name}.json`, import.meta.url), 'utf8'))

/** Rotherham's organisations, sources and teams, for tests. */
export const thePlace: Place = {
  organisations: file('organisations'),
  sources: file('sources'),
  teams: file('teams'),
}
