import type { AddressInfo } from 'node:net'
import {
  type AppDesk,
  accessJobs,
  accessRoutes,
  authenticator,
  demoIssuer,
  demoIssuerPath,
  type Issuer,
  keeperOf,
  navigationFor,
  openDemoIssuer,
  originsOf,
  type Place,
  type Scope,
  smartSecurity,
  staffChooser,
} from './access/index.ts'
import {
  type Feeds,
  type FeedsDesk,
  feedRoutes,
  fileSendingRoutes,
  messageDefinitions,
  messageRoutes,
  openFeeds,
  openFiles,
  openRegionalFeed,
  regionalRoutes,
  regionalWork,
} from './feeds/index.ts'
import { filesOf, peopleRoutes, refusalPage } from './people/index.ts'
import {
  type Clock,
  type Config,
  type Database,
  type Frame,
  type Job,
  type Keeper,
  type Mounted,
  openDoor,
  openFigures,
  type Subscribers,
  scannerOf,
  startWorker,
  Unavailable,
} from './platform/index.ts'
import { assets } from './platform/ui/index.ts'
import { disposalRoutes, fillViews, recordJobs, recordRoutes } from './record/index.ts'

/** The product, running. */
export type Running = { publicUrl: string; mllpPort: number; stop(): Promise<void> }

type Parts = {
  config: Config
  place: Place
  database: Database
  clock: Clock
  log: (entry: Record<string, unknown>) => void
  /** Tests take the first wall away here, to see that the second holds. */
  rules?: (keeper: Keeper<Scope>) => Keeper<Scope>
}

/** The whole product on one screen: every capability mounted, every event wired. */
export function capabilities(
  place: Place,
  issuer: () => Issuer,
  publicUrl: () => string,
  dataDir: string,
  desk: () => FeedsDesk,
  {
    appDesk = () => undefined,
    sendsToRegion = false,
  }: { appDesk?: () => AppDesk | undefined; sendsToRegion?: boolean } = {},
) {
  const routes: Mounted = {
    access: accessRoutes(place, issuer, publicUrl, dataDir),
    people: peopleRoutes(place),
    // Messages write the record, which its own role alone may do.
    record: [
      ...recordRoutes(place, {
        messages: messageDefinitions,
        security: smartSecurity(issuer),
        publicUrl,
        appDesk,
      }),
      ...messageRoutes(place),
      ...regionalRoutes(place),
    ],
    erasure: disposalRoutes(),
    feeds: [...fileSendingRoutes(place), ...feedRoutes(place, desk)],
  }
  const jobs: Record<string, readonly Job[]> = {
    access: accessJobs(dataDir),
    filling: [fillViews],
    record: [...recordJobs, ...(sendsToRegion ? regionalWork.jobs : [])],
  }
  const subscribers: Subscribers = {
    'glass broken': ['tell-privacy-officer'],
    ...(sendsToRegion && regionalWork.subscribers),
  }
  return { routes, jobs, subscribers }
}

export async function startApp({
  config,
  place,
  database,
  clock,
  log,
  rules = (keeper) => keeper,
}: Parts): Promise<Running> {
  let publicUrl = config.publicUrl ?? `http://localhost:${config.port}`
  const issuer = () => issuerOf(config, publicUrl)
  const authenticate = authenticator(database, place, issuer, clock, config.metricsToken)
  const keeper = rules(keeperOf(place, filesOf, authenticate))
  let feeds: Feeds | undefined
  let demo: Awaited<ReturnType<typeof openDemoIssuer>> | undefined
  const inbox = { place, database, clock, log }
  const figures = openFigures(database)
  const desk = (): FeedsDesk => ({ inbox, connections: () => feeds?.connections() ?? [], figures })
  const { routes, jobs, subscribers } = capabilities(place, issuer, () => publicUrl, config.dataDir, desk, {
    appDesk: () => demo?.desk,
    sendsToRegion: config.regionalRecord !== undefined,
  })

  const door = await openDoor({
    database,
    clock,
    keeper,
    routes,
    log,
    figures,
    assets,
    publicUrl: () => publicUrl,
    scan: scannerOf(config.scanCommand),
    appOrigins: new Set(place.apps.flatMap(originsOf)),
    frame: frameOf(place, config),
    ...(config.issuer
      ? {}
      : {
          issuer: {
            path: demoIssuerPath,
            handle: async (request, response) => demo?.handle(request, response),
          },
        }),
  })
  await listening('PORT', config.port, () => door.listen({ port: config.port, host: config.host }))
  if (config.publicUrl === undefined)
    publicUrl = `http://localhost:${(door.server.address() as AddressInfo).port}`
  if (!config.issuer) demo = await openDemoIssuer(place, publicUrl, config.dataDir, staffChooser(place))
  const listener = await listening('MLLP_PORT', config.mllpPort, () =>
    openFeeds({ port: config.mllpPort, host: config.host, ...inbox }),
  )
  const to = config.regionalRecord
  const regional = to && openRegionalFeed({ place, to, database, keeper, clock, log })
  const files = openFiles({ folder: config.filesDir, place, database, clock, log })
  feeds = listener
  const worker = await startWorker({ ...inbox, keeper, jobs, subscribers, alone: !config.databaseUrl })
  return {
    publicUrl,
    mllpPort: listener.port,
    stop: async () => {
      await regional?.close()
      await listener.close()
      await files.close()
      await door.close()
      await worker.stop()
      figures.close()
    },
  }
}

/** The place's own issuer, or the demonstration's. */
const issuerOf = ({ issuer }: Config, publicUrl: string): Issuer =>
  issuer ? { ...issuer, demonstration: false, audience: `${publicUrl}/fhir` } : demoIssuer(publicUrl)

/** What stands around every page. */
const frameOf = (place: Place, { issuer }: Config): Frame => ({
  place: { name: place.headerName },
  roleName: (actor) => place.roles[actor.role]?.name ?? actor.role,
  navigation: (actor) => navigationFor(place, actor),
  demonstration: issuer === undefined,
  refusal: (why, path) => refusalPage(why, path),
  formTargets: () => (issuer ? [new URL(issuer.url).origin] : []),
})

async function listening<Listener>(
  setting: string,
  port: number,
  open: () => Promise<Listener>,
): Promise<Listener> {
  try {
    return await open()
  } catch (problem) {
    throw portProblem(problem, setting, port)
  }
}

/** A port that cannot be had, as a sentence that says what to do. */
function portProblem(problem: unknown, setting: string, port: number): unknown {
  const { code } = problem as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return new Unavailable(`Port ${port} is in use. Stop what uses it, or set ${setting} to another port.`)
  if (code === 'EACCES')
    return new Unavailable(
      `Port ${port} is not allowed to an ordinary user. Set ${setting} to a port above 1023.`,
    )
  return problem
}
