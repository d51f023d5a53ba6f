import { dateInWords } from '../../../platform/ui/index.ts'
import { listed } from './gaps.ts'

/** A source's word that the person has died: the day, where it gives one. */
export type Death = { source: string; day: string | undefined }

/**
 * Who says that somebody has died, and whether the others agree: whoever reads it may be about to ring the family, or to send nobody.
 *
 * | the sources | differ |
 * |---|---|
 * | all say so, of one day | no |
 * | all say so, some without a day | no |
 * | say so of two days | yes |
 * | one says so, another does not | yes: it may not have heard, or the first may be about somebody else |
 * | none that this reader sees says so | no: it is only known that one does |
 */
export function deathSaid(
  deaths: readonly Death[],
  silent: readonly string[],
  name: (source: string) => string,
): { differ: boolean; words: string } {
  if (deaths.length === 0) return { differ: false, words: 'Recorded by a source that is not shown to you' }
  const names = (sources: readonly string[]) => listed([...new Set(sources.map(name))])
  const days = Map.groupBy(deaths, ({ day }) => day)
  const dated = [...days.keys()].filter((day) => day !== undefined)
  const differ = silent.length > 0 || dated.length > 1
  if (!differ) return { differ, words: `Recorded by ${names(deaths.map(({ source }) => source))}` }
  const said = [...days].map(
    ([day, of]) =>
      `${names(of.map(({ source }) => source))}: died${day ? ` ${dateInWords(day)}` : ', date not given'}`,
  )
  if (silent.length > 0) said.push(`${names(silent)}: no death recorded`)
  return { differ, words: said.join('. ') }
}
