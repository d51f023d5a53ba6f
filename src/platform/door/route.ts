import type { VNode } from 'preact'
import { z } from 'zod'
import type { Db } from '../db/index.ts'
import type { Fault } from '../errors.ts'
import type { Actor, Person } from './keeper.ts'
import type { May } from './policy.ts'
import type { Takes } from './uploads.ts'

/** A page for people. `banner` stands above it at full width: the patient banner. */
export type View = {
  title: string
  section?: string
  body: VNode
  banner?: VNode
  navigation?: VNode
  /** To the page that this one belongs to. */
  backLink?: { href: string; text: string }
  /** Repeated at the top of each printed page. */
  printHeader?: VNode
  /** For tables that need the width of a desktop screen. */
  wide?: boolean
  /** Where its forms may lead besides this site and the issuer: the origins of apps. */
  formTargets?: readonly string[]
  status?: 200 | 403 | 422
}
export type Redirect = { redirect: string; cookies?: string[] }
export type Download = { type: string; body: string | Buffer; filename?: string; inline?: boolean }
export type Answer = View | Redirect | Download

/** What an operation answers; `body` is FHIR JSON as text, or what the header content-type says. */
export type FhirAnswer = { status: number; body?: string; headers?: Record<string, string> }

/** The opaque reference of a person in an address. The door turns it into all the person's files. */
export const personRef = z.uuid().brand('person')
type PersonRef = z.output<typeof personRef>

/** What the schema yields, with each person reference turned into the person. */
export type Resolved<Input> = { [Key in keyof Input]: Input[Key] extends PersonRef ? Person : Input[Key] }

export type Context<Input> = {
  db: Db
  actor: Actor
  /** The reader's session token, to end it. */
  session: string | undefined
  now: Date
  input: Resolved<Input>
  /** The compiled scope of this reader, to hand to a query about many people. */
  scope: unknown
  /** Notes for the audit whom the answer shows, where it is not only `input.person`, and what was asked. */
  shown(files: readonly string[], detail?: Record<string, unknown>): void
  /** For a request that is several acts, such as a bundle: begins the audit of one of them, and notes whom that one shows. */
  act(action: string, outcome?: 'refused'): Context<Input>['shown']
}

type Declaration<Schema extends z.ZodType> = {
  path: `/${string}`
  may: May
  /** What the audit calls it, such as `referral.list`. */
  audit: string
  input: Schema
}

export type PageDefinition<Schema extends z.ZodType> = Declaration<Schema> & {
  method: 'GET' | 'POST'
  /** The files that its form may bring, by field; each is in the input as `uploaded`. Without it a form with files is turned away. */
  takes?: Takes
  run(context: Context<z.output<Schema>>): Promise<Answer> | Answer
  /** Shows the form again with what was wrong. Without it a plain page lists the faults. */
  again?(context: { faults: Fault[]; given: Record<string, string>; actor: Actor; now: Date }): View
}

/** What a FHIR operation is handed besides the context: the request as sent, and the address under which it is served. */
export type FhirRequest = {
  body: string
  /** What was sent as text/csv, as it came. */
  bytes: Buffer | undefined
  headers: Record<string, string | undefined>
  base: string
}

export type FhirDefinition<Schema extends z.ZodType> = Declaration<Schema> & {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
  run(context: Context<z.output<Schema>> & FhirRequest): Promise<FhirAnswer>
  /** Media types that it answers with, where not with FHIR JSON. */
  formats?: readonly string[]
  /** For what only reads: requests of one actor that wait at the same time share a transaction. */
  gathered?: true
  /** The same for what writes: does all of them or, if it throws, none; then each is run alone. */
  runAll?(contexts: (Context<z.output<Schema>> & FhirRequest)[]): Promise<FhirAnswer[]>
}

export type JobDefinition<Schema extends z.ZodType> = {
  /** Also the name of the service actor that the job runs as. */
  name: string
  /** A job's data categories; [] for one that reads about nobody. */
  may: { categories: readonly string[]; purpose: string }
  audit: string
  input: Schema
  /** Cron pattern, for a job that starts by itself. */
  every?: string
  run(context: {
    db: Db
    now: Date
    input: z.output<Schema>
    /** Notes for the audit about whom it read or wrote. */
    shown(files: readonly string[], detail?: Record<string, unknown>): void
  }): Promise<void>
}

/** A way in, as the door mounts it: its types are behind it. */
export type Route =
  | { kind: 'page'; definition: PageDefinition<z.ZodType> }
  | { kind: 'fhir'; definition: FhirDefinition<z.ZodType> }
export type Job = JobDefinition<z.ZodType>

/** A page: the only way for a person to reach anything. */
export const page = <Schema extends z.ZodType>(definition: PageDefinition<Schema>): Route => ({
  kind: 'page',
  definition: definition as unknown as PageDefinition<z.ZodType>,
})

/** A FHIR operation: the only way for another system to reach anything by HTTP. */
export const fhirRoute = <Schema extends z.ZodType>(definition: FhirDefinition<Schema>): Route => ({
  kind: 'fhir',
  definition: definition as unknown as FhirDefinition<z.ZodType>,
})

/** Work without anybody waiting, as a named service actor. */
export const job = <Schema extends z.ZodType>(definition: JobDefinition<Schema>): Job =>
  definition as unknown as Job
