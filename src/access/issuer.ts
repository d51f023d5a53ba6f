/** An OpenID issuer as the product uses it. The demonstration brings its own; a place sets its real one (NHS CIS2, Entra and so on). */
export type Issuer = {
  url: string
  clientId: string
  clientSecret: string
  /** True for the demonstration's own, whose invented staff no other issuer may name. */
  demonstration: boolean
  /** Audience of access tokens for the FHIR API. */
  audience: string
}
