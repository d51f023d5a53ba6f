import { type Check, type Item, isItem, report, textOf } from '../issue.ts'
import type { Definitions } from '../slim.ts'
import { mayStandAt, placesOf } from './contexts.ts'
import type { Known } from './known.ts'

/**
 * Which profiles are checked besides those that a resource claims: `expects`, by type, wherever such a resource is met; `also`, of the resource
 * that is asked about.
 */
export type Applied = { expects?: Readonly<Record<string, string>>; also?: readonly string[] }

type Using = { known: Known; definitions: Pick<Definitions, 'types'>; applied: Applied }
/** `extensions`: how many of those that the check has met stand before this resource. */
type Where = { atRoot: boolean; extensions: number }

/**
 * Checks a resource against each profile that it claims or is expected to meet, and then, if there was one, its extensions against their
 * definitions. A profile that is not known is noted: it may well be met.
 */
export function checkClaims(using: Using, resource: Item, check: Check, { atRoot, extensions }: Where): void {
  const { known, applied } = using
  const type = textOf(resource['resourceType'])
  const wanted = new Set<string>(atRoot ? applied.also : [])
  const expected = applied.expects && Object.hasOwn(applied.expects, type) ? applied.expects[type] : undefined
  if (expected !== undefined) wanted.add(expected)
  for (const [at, claim] of claimsOf(resource).entries()) {
    const [url = '', version] = claim.split('|')
    const place = `meta.profile[${at}]`
    const snapshot = known.snapshot(url)
    if (!snapshot)
      report(check, 'not-found', 'This profile is not known here and was not checked.', place, 'information')
    else if (snapshot.type !== type) {
      const words = `This is a profile of ${snapshot.type}, which this resource is not.`
      inTheNameOf(snapshot, check, () => report(check, 'value', words, place))
    } else {
      wanted.add(url)
      if (version !== undefined && version !== snapshot.version)
        report(
          check,
          'not-found',
          `Another version of this profile was checked: ${snapshot.version ?? 'one without a number'}.`,
          place,
          'information',
        )
    }
  }
  const met = (check.extensions ?? []).splice(extensions)
  if (wanted.size === 0) return
  for (const url of wanted) known.check(url)?.(resource, check, resource)
  for (const { item, path } of met) checkExtension(using, item, path, resource, check)
}

function claimsOf(resource: Item): string[] {
  const meta = resource['meta']
  const claims = isItem(meta) ? meta['profile'] : undefined
  return Array.isArray(claims) ? claims.map(textOf) : []
}

function inTheNameOf(profile: { url: string; title: string }, check: Check, run: () => void): void {
  const { profile: outer } = check
  check.profile = profile
  run()
  check.profile = outer
}

function checkExtension(using: Using, item: Item, path: (string | number)[], resource: Item, check: Check) {
  const snapshot = using.known.snapshot(textOf(item['url']))
  if (snapshot?.type !== 'Extension') return
  const outer = check.path
  check.path = path
  if (snapshot.contexts) {
    const places = placesOf(using.definitions, textOf(resource['resourceType']), path.slice(outer.length))
    if (!mayStandAt(snapshot.contexts, places)) {
      const words = `This extension may stand on ${snapshot.contexts.join(', ')}, and not here.`
      inTheNameOf(snapshot, check, () => report(check, 'structure', words))
    }
  }
  using.known.check(snapshot.url)?.(item, check, resource)
  check.path = outer
}
