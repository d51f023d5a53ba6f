/** Whom these are about, for the audit. */
export const filesOf = (found: readonly { person_key: string | null }[]): string[] => [
  ...new Set(found.flatMap((each) => (each.person_key === null ? [] : [each.person_key]))),
]

type About = { total?: number; links?: Record<string, string> }

/** FHIR has no empty lists. Bodies are put together as text: parsing and writing them again would lose decimals, and time. */
export function bundleText(
  kind: string,
  entry: readonly string[],
  { total, links = {} }: About = {},
): string {
  const link = Object.entries(links).map(([relation, url]) => ({ relation, url }))
  const counted = total === undefined ? '' : `,"total":${total}`
  const linked = link.length === 0 ? '' : `,"link":${JSON.stringify(link)}`
  const listed = entry.length === 0 ? '' : `,"entry":[${entry.join(',')}]`
  return `{"resourceType":"Bundle","type":"${kind}"${counted}${linked}${listed}}`
}
