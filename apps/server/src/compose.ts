import { randomBytes, randomUUIDv7 } from 'node:crypto'
import path from 'node:path'
import { BUILT_IN_MODULES } from '@bailiwick/access'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { auditRoutes } from './audit/routes.ts'
import { authzenMetadataRoutes } from './authzen/metadata.ts'
import { authzenRoutes } from './authzen/routes.ts'
import { benchmarkJob } from './benchmark/benchmark-job.ts'
import { benchmarkRoutes } from './benchmark/routes.ts'
import type { Config } from './config.ts'
import { holdDataFolder } from './data-folder/hold-data-folder.ts'
import { requireMasterKey } from './data-folder/master-key.ts'
import { type Database, openDatabase } from './db/database.ts'
import { requireSameMasterKey } from './db/master-key-fingerprint.ts'
import { demonstrationRoutes } from './demo/routes.ts'
import { exportJob } from './exports/export-job.ts'
import { exportRoutes } from './exports/routes.ts'
import type { SweepParts } from './files/file-parts.ts'
import { fileRoutes } from './files/routes.ts'
import { sweepFiles } from './files/sweep-files.ts'
import type { App, Routes } from './http/app.ts'
import { buildServer } from './http/build-server.ts'
import { healthRoutes } from './http/health.ts'
import { createLog } from './http/log.ts'
import { createMetrics } from './http/metrics.ts'
import { DEFAULT_RATE_LIMITS } from './http/protection.ts'
import { createAuth } from './identity/auth.ts'
import { authenticate } from './identity/authenticate.ts'
import { entriesWritten } from './identity/note-entries.ts'
import { identityRoutes } from './identity/routes.ts'
import { importJob } from './imports/import-job.ts'
import type { ImportParts } from './imports/import-parts.ts'
import { importRoutes } from './imports/routes.ts'
import { undoJob } from './imports/undo-job.ts'
import { invitationRoutes } from './invitations/auth-routes.ts'
import { peopleRoutes } from './invitations/routes.ts'
import type { JobKind } from './jobs/job.ts'
import { Jobs } from './jobs/jobs.ts'
import { planJob } from './jobs/plan-job.ts'
import { jobRoutes } from './jobs/routes.ts'
import { findLicensed } from './licences/find-licensed.ts'
import { LiveHub } from './live/hub.ts'
import { type AdmitAgain, liveRoutes } from './live/routes.ts'
import { createEncryptedValues } from './modules/encrypted-values.ts'
import { moduleRoutes } from './modules/routes.ts'
import { digestJob, mailsJob } from './notifications/mail-jobs.ts'
import type { Mailer } from './notifications/mail-parts.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { NotificationSchedule } from './notifications/schedule.ts'
import { smtpMailer, usualSender } from './notifications/smtp-mailer.ts'
import { actFor } from './organizations/act-for.ts'
import { operatorRoutes } from './organizations/operator-routes.ts'
import type { OrganizationParts } from './organizations/organization-parts.ts'
import { directoryRoutes } from './people/directory-routes.ts'
import { meRoutes, organizationRoutes } from './people/routes.ts'
import { completeOrganizations } from './policy/complete-organizations.ts'
import { createLivePolicies, POLICY_CHANNEL } from './policy/live-policy.ts'
import { policyRoutes } from './policy/routes.ts'
import { preferenceRoutes } from './preferences/routes.ts'
import { compareRecordsForPolicy } from './records/compared-records.ts'
import { foldCountsJob } from './records/counts/fold-counts.ts'
import { createGateway, type Gateway } from './records/gateway.ts'
import { massJob } from './records/mass-job.ts'
import { massRoutes } from './records/mass-routes.ts'
import { readFactsForPolicy } from './records/policy-ports.ts'
import { recordRoutes } from './records/routes.ts'
import { settleOwnersJob } from './records/settle-owners.ts'
import { salesRoutes } from './sales/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { deriveSecret } from './secrets.ts'
import { actingSurface, publicSurface, signedInSurface } from './surfaces.ts'
import { viewRoutes } from './views/routes.ts'
import { pageRoutes } from './web/pages.ts'

/** Everything that rooms are made of. */
export interface Parts extends OrganizationParts, ImportParts, SweepParts {
  readonly database: Database
  readonly log: Logger
  readonly config: Config
  /** What everybody of the demonstration company signs in with: the same at every start, and another in every installation. */
  readonly demoPassword: string
}

/** The program, whole, but listening nowhere. */
export interface Program {
  readonly parts: Parts
  /** For the network. */
  buildNetworkServer(): App
  /** For the socket in the data folder: the operator's surface, and the ordinary one for whomever he acts for. */
  buildOperatorServer(): App
  /** After the servers are closed: ends jobs, lets the database and the data folder go. */
  close(): Promise<void>
}

/**
 * Takes the data folder, opens the database and puts the program together.
 * @throws {StartUpError} one line that says what keeps it from starting; nothing stays held or running then
 */
export async function compose(config: Config, log: Logger = createLog(config.log)): Promise<Program> {
  const hold = await holdDataFolder(config.dataFolder)
  try {
    const masterKey = requireMasterKey(config.masterKey)
    const database = await openDatabase(
      config.databaseUrl ? { url: config.databaseUrl } : { folder: config.dataFolder },
      {
        warn: (line) => log.warn(line),
      },
    )
    try {
      return await assemble({ config, log, database, masterKey, letGo: () => hold.release() })
    } catch (error) {
      await database.close()
      throw error
    }
  } catch (error) {
    hold.release()
    throw error
  }
}

/** What the program stands on. */
export interface Foundation {
  readonly config: Config
  readonly log: Logger
  readonly database: Database
  readonly masterKey: Buffer
  /** Epoch milliseconds; the machine's clock, unless a test brings its own. */
  readonly now?: () => number
  /** Gives the data folder back. */
  letGo(): void
}

/** Puts the program together on a database that is open already. */
export async function assemble(foundation: Foundation): Promise<Program> {
  const { database, masterKey, letGo } = foundation
  await requireSameMasterKey(database.owner, masterKey)
  await completeOrganizations(database, BUILT_IN_MODULES)
  const parts = createParts(foundation)
  const stopListening = await followPolicies(parts)
  const rooms = await openRooms(parts)
  return {
    parts,
    buildNetworkServer: () => buildNetworkServer(parts, rooms),
    buildOperatorServer: () => buildOperatorServer(parts, rooms),
    close: async () => {
      stopListening()
      await entriesWritten()
      rooms.live.stop()
      await rooms.swept
      await rooms.jobs.stop()
      rooms.stopMails()
      await database.close()
      letGo()
    },
  }
}

function createParts({ config, log, database, masterKey, now = Date.now }: Foundation): Parts {
  const { publicUrl } = config
  const secret = deriveSecret(masterKey, 'sessions')
  return {
    config,
    log,
    database,
    publicUrl,
    filesFolder: path.join(config.dataFolder, 'files'),
    largestFile: config.largestFile,
    demoPassword: deriveSecret(masterKey, 'demonstration').slice(0, 12),
    catalogue: BUILT_IN_MODULES,
    policies: createLivePolicies(database, {
      catalogue: BUILT_IN_MODULES,
      findLicensed: (organization) => findLicensed(database.control, organization),
    }),
    auth: createAuth({ control: database.control, secret, publicUrl }),
    secrets: createEncryptedValues([masterKey]),
    newId: () => randomUUIDv7(),
    now: () => now(),
    random: (bytes) => randomBytes(bytes),
  }
}

/**
 * Another process may have changed a policy: what is held of it goes, so that the next request needn't find out by its stamp. A missed
 * notification costs that request a second round, nothing else.
 */
async function followPolicies({ database, policies }: Parts): Promise<() => void> {
  return database.listen(POLICY_CHANNEL, (id) => {
    if (id !== '') policies.forget({ id, schema: '', role: '' })
  })
}

/** What works behind the routes, once for all of them. */
interface OpenRooms {
  readonly gateway: Gateway
  readonly jobs: Jobs
  readonly live: LiveHub
  readonly mailer: Mailer | undefined
  /** What is to end before the jobs do. */
  stopMails(): void
  /** Ends once what crashes left of files is gone. */
  readonly swept: Promise<void>
}

/** Opens the gateway, and begins to work on jobs: those that an earlier run left behind come first. */
async function openRooms(parts: Parts): Promise<OpenRooms> {
  const gateway = createGateway(parts)
  const ofRecords = [
    importJob(parts),
    undoJob(parts),
    exportJob(parts),
    massJob(gateway),
    settleOwnersJob(parts),
    foldCountsJob(parts),
  ]
  const mailer = openMailer(parts)
  const kinds = [
    ...mailKinds(parts, mailer),
    ...ofRecords,
    planJob(policyPartsOf(parts)),
    benchmarkJob(policyPartsOf(parts)),
  ]
  const jobs = new Jobs(parts, kinds, { isAlone: parts.config.databaseUrl === undefined })
  await jobs.start()
  const live = new LiveHub(parts)
  await live.start()
  const schedule = new NotificationSchedule(parts, jobs, mailer !== undefined)
  await schedule.start()
  const stopMails = () => {
    schedule.stop()
    mailer?.close()
  }
  return { gateway, jobs, live, mailer, stopMails, swept: sweep(parts) }
}

async function sweep(parts: Parts): Promise<void> {
  try {
    await sweepFiles(parts)
  } catch (error) {
    parts.log.warn({ err: error }, 'Files that no record has were not swept.')
  }
}

/** The way out for mails, where a mail server is set. */
function openMailer({ config, publicUrl }: Parts): Mailer | undefined {
  if (config.smtpUrl === undefined) return undefined
  return smtpMailer(config.smtpUrl, config.mailFrom ?? usualSender(publicUrl))
}

function mailKinds(parts: Parts, mailer: Mailer | undefined): JobKind[] {
  if (!mailer) return []
  const mailParts = { ...parts, mailer }
  return [mailsJob(mailParts), digestJob(mailParts)]
}

/** What the policy's rooms are lent of the records above them. */
function policyPartsOf(parts: Parts) {
  return { ...parts, readFacts: readFactsForPolicy, compareRecords: compareRecordsForPolicy }
}

/** What the network and the operator's socket have in common: the rooms for whoever acts in an organization. */
function actorRooms(parts: Parts, { gateway, jobs, live, mailer }: OpenRooms, admitAgain: AdmitAgain): Routes[] {
  return [
    meRoutes(parts),
    directoryRoutes(parts),
    peopleRoutes({ ...parts, mailer }),
    moduleRoutes(parts),
    policyRoutes(policyPartsOf(parts), jobs),
    recordRoutes(gateway),
    massRoutes(gateway, jobs),
    salesRoutes(parts),
    viewRoutes(parts),
    preferenceRoutes(parts),
    searchRoutes(parts),
    jobRoutes(jobs),
    importRoutes(parts, jobs),
    exportRoutes(parts, jobs),
    notificationRoutes(parts),
    liveRoutes(parts, live, admitAgain),
    fileRoutes(parts, gateway),
    auditRoutes(parts),
    demonstrationRoutes(parts),
    authzenRoutes(parts),
  ]
}

function buildNetworkServer(parts: Parts, rooms: OpenRooms): App {
  const { config, database, log, publicUrl } = parts
  const limits = { ...DEFAULT_RATE_LIMITS, perAddress: config.rateLimit ?? DEFAULT_RATE_LIMITS.perAddress }
  const admitAgain: AdmitAgain = async (request, reply) => (await authenticate(parts, request, reply)).actor
  const metrics = createMetrics({ token: config.metricsToken, countConnections: () => database.countConnections() })
  return buildServer({
    log,
    network: { limits, trustProxy: config.trustProxy ?? false, publicUrl, observe: metrics.observe },
    surfaces: [
      publicSurface([healthRoutes(() => reach(database)), metrics.routes, identityRoutes(parts, limits)]),
      publicSurface([organizationRoutes(parts), authzenMetadataRoutes(config), pageRoutes()]),
      publicSurface([invitationRoutes({ ...parts, mailer: rooms.mailer }, limits)]),
      signedInSurface(parts, actorRooms(parts, rooms, admitAgain)),
    ],
  })
}

function buildOperatorServer(parts: Parts, rooms: OpenRooms): App {
  const ofOperator = [operatorRoutes(parts), benchmarkRoutes(policyPartsOf(parts), rooms.jobs)]
  return buildServer({
    log: parts.log,
    surfaces: [
      publicSurface([healthRoutes(() => reach(parts.database)), ...ofOperator]),
      actingSurface(
        parts,
        actorRooms(parts, rooms, (request) => actFor(parts, request)),
      ),
    ],
  })
}

async function reach({ control }: Database): Promise<void> {
  await sql`select 1`.execute(control)
}
