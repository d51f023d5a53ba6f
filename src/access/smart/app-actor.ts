import type { Actor } from '../../platform/index.ts'
import type { Place } from '../place.ts'
import { faultWith, grantsOf } from './scopes.ts'

/** What an access token says, whoever issued it. */
export type Claims = {
  /** The app: `client_id`, or `azp`. */
  client: string
  /** The practitioner who uses it; for an app that nobody uses, itself or left out. */
  subject: string | undefined
  scopes: readonly string[]
  /** The launch context: a Patient of the person whom the app was opened about. */
  patient: string | undefined
}

/**
 * An app as an actor: its practitioner, or its own role, with what its token leaves of that. What the place no longer allows the app is
 * left out, whatever the token says.
 */
export function appActor(place: Place, staff: Place['staff'], claims: Claims): Actor | undefined {
  const registered = place.apps.find(({ id }) => id === claims.client)
  if (!registered) return undefined
  const scopes = claims.scopes.filter((scope) => faultWith(registered.scopes, scope) === undefined)
  const isService = claims.subject === undefined || claims.subject === claims.client
  const ofKind = (scope: string) =>
    grantsOf([scope]).every(({ context }) => (context === 'system') === isService)
  const app = {
    client: registered.id,
    name: registered.name,
    scopes: scopes.filter(ofKind),
    ...(claims.patient !== undefined && { patient: claims.patient }),
  }
  if (isService) {
    const { service } = registered
    return (
      service && {
        id: `app:${registered.id}`,
        name: registered.name,
        kind: 'system',
        role: service.role,
        organisation: registered.organisation,
        teams: service.teams,
        ...(service.source !== undefined && { source: service.source }),
        app,
      }
    )
  }
  const practitioner = staff.find(({ id }) => id === claims.subject)
  if (!practitioner) return undefined
  const { id, name, role, organisation, teams } = practitioner
  return { id, name, kind: 'staff', role, organisation, teams, app }
}
