import { join, resolve } from 'node:path'
import { z } from 'zod'
import { Unavailable } from './errors.ts'

const port = z.coerce.number().int().min(0).max(65535)

/** Records leave only by https, or to this machine itself. */
const sendTo = z
  .url()
  .refine(
    (url) => /^https:\/\/|^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(url),
    'must start with https://',
  )

const settings = z.object({
  PORT: port.default(3000),
  MLLP_PORT: port.default(2575),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('data')
    .transform((path) => resolve(path)),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .optional(),
  PLACE: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'must be the name of a folder in places/')
    .default('rotherham'),
  PUBLIC_URL: z.url().optional(),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  REGIONAL_RECORD_URL: sendTo.optional(),
  REGIONAL_RECORD_TOKEN_URL: sendTo.optional(),
  REGIONAL_RECORD_CLIENT_ID: z.string().optional(),
  REGIONAL_RECORD_CLIENT_SECRET: z.string().optional(),
  SCAN_COMMAND: z.string().optional(),
  FILES_DIR: z.string().min(1).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
})

/** Everything that the surroundings decide; read once, at start. Ports: 0 means any free port. */
export type Config = {
  port: number
  mllpPort: number
  host: string
  dataDir: string
  databaseUrl: string | undefined
  place: string
  /** Where people reach the service, without a slash at the end. Undefined: http://localhost:<port>. */
  publicUrl: string | undefined
  /** The place's own OpenID issuer. Undefined: the built-in demonstration issuer. */
  issuer: { url: string; clientId: string; clientSecret: string } | undefined
  /** Where the place's records are sent besides. Undefined: nowhere. */
  regionalRecord?: RegionalEndpoint | undefined
  /** Scans a file given to its standard input. Undefined: files are checked only for being what their name says. */
  scanCommand: string | undefined
  /** Where senders' files are dropped: a folder for each sender. */
  filesDir: string
  /** With it a monitoring system reads /metrics. Undefined: only a practitioner who looks after feeds does. */
  metricsToken: string | undefined
  /** An OpenTelemetry receiver that traces are sent to. Undefined: nothing is traced. */
  tracesTo?: string | undefined
}

/** A FHIR server that takes transactions, and the token endpoint at which we sign in to it. */
export type RegionalEndpoint = { url: string; tokenUrl: string; clientId: string; clientSecret: string }

/** @throws Unavailable naming each setting that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = settings.safeParse(given)
  if (!read.success) {
    const words = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new Unavailable(`The settings cannot be used: ${words.join('; ')}.`)
  }
  const s = read.data
  return {
    port: s.PORT,
    mllpPort: s.MLLP_PORT,
    host: s.HOST,
    dataDir: s.DATA_DIR,
    databaseUrl: s.DATABASE_URL,
    place: s.PLACE,
    publicUrl: s.PUBLIC_URL?.replace(/\/$/, ''),
    issuer: s.OIDC_ISSUER
      ? {
          url: s.OIDC_ISSUER,
          clientId: s.OIDC_CLIENT_ID ?? 'golden-thread',
          clientSecret: s.OIDC_CLIENT_SECRET ?? '',
        }
      : undefined,
    regionalRecord: regionalEndpoint(s),
    scanCommand: s.SCAN_COMMAND,
    filesDir: resolve(s.FILES_DIR ?? join(s.DATA_DIR, 'drop')),
    metricsToken: s.METRICS_TOKEN,
    tracesTo: s.OTEL_EXPORTER_OTLP_ENDPOINT,
  }
}

function regionalEndpoint(s: z.output<typeof settings>): RegionalEndpoint | undefined {
  const { REGIONAL_RECORD_URL: url, REGIONAL_RECORD_TOKEN_URL: tokenUrl } = s
  const { REGIONAL_RECORD_CLIENT_ID: clientId, REGIONAL_RECORD_CLIENT_SECRET: clientSecret } = s
  if (!url) return undefined
  if (!tokenUrl || !clientId || !clientSecret)
    throw new Unavailable(
      'The settings cannot be used: with REGIONAL_RECORD_URL give REGIONAL_RECORD_TOKEN_URL, REGIONAL_RECORD_CLIENT_ID and REGIONAL_RECORD_CLIENT_SECRET as well.',
    )
  return { url: url.replace(/\/$/, ''), tokenUrl, clientId, clientSecret }
}
