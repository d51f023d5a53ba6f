/** An OpenID issuer as the product uses it. The demonstration brings its own; a place sets its real one (NHS CIS2, Entra and so on). */
export type Issuer = {
  url: string
  jwksUrl: string
  clientId: string
  clientSecret: string
  /** Audience of access tokens for the FHIR API. */
  audience: string
}
