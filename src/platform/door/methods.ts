import type { Route } from './route.ts'

/** The methods that a FHIR address takes, for 405 and OPTIONS; none where there is no such address. */
export const methodsAt =
  (routes: readonly Route[]) =>
  (url: string): string[] => {
    const own = partsOf(url.split('?')[0] ?? '')
    const methods = routes.flatMap(({ kind, definition: { method, path } }) =>
      kind === 'fhir' && matches(partsOf(path), own) ? (method === 'GET' ? ['GET', 'HEAD'] : [method]) : [],
    )
    return [...new Set(methods)]
  }

const partsOf = (path: string): string[] => path.split('/').slice(1)

/** No type or id begins as the names of operations do, so that one which is not known is at no address. */
const matches = (pattern: readonly string[], own: readonly string[]): boolean =>
  pattern.length === own.length &&
  pattern.every((part, index) =>
    part.startsWith(':') ? /^[^$_]/.test(own[index] ?? '') : part === own[index],
  )
