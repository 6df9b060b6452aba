import { sql } from 'kysely'
import { auditRoutes } from './audit/routes.ts'
import { authzenMetadataRoutes } from './authzen/metadata.ts'
import { authzenRoutes } from './authzen/routes.ts'
import { benchmarkRoutes } from './benchmark/routes.ts'
import type { Database } from './db/database.ts'
import { demonstrationRoutes } from './demo/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { fileRoutes } from './files/routes.ts'
import type { App, Routes } from './http/app.ts'
import { buildServer } from './http/build-server.ts'
import { healthRoutes } from './http/health.ts'
import type { MayRead } from './http/idempotency.ts'
import { createMetrics } from './http/metrics.ts'
import { DEFAULT_RATE_LIMITS } from './http/protection.ts'
import { authenticate } from './identity/authenticate.ts'
import { identityRoutes } from './identity/routes.ts'
import { importRoutes } from './imports/routes.ts'
import { invitationRoutes } from './invitations/auth-routes.ts'
import { peopleRoutes } from './invitations/routes.ts'
import { jobRoutes } from './jobs/routes.ts'
import { type AdmitAgain, liveRoutes } from './live/routes.ts'
import { moduleRoutes } from './modules/routes.ts'
import { notificationRoutes } from './notifications/routes.ts'
import type { OpenRooms } from './open-rooms.ts'
import { actFor } from './organizations/act-for.ts'
import { operatorRoutes } from './organizations/operator-routes.ts'
import { type Parts, policyPartsOf } from './parts.ts'
import { directoryRoutes } from './people/directory-routes.ts'
import { meRoutes, organizationRoutes } from './people/routes.ts'
import { policyRoutes } from './policy/routes.ts'
import { preferenceRoutes } from './preferences/routes.ts'
import { Problem } from './problem.ts'
import { massRoutes } from './records/mass-routes.ts'
import { recordRoutes } from './records/routes.ts'
import { salesRoutes } from './sales/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { actingSurface, publicSurface, signedInSurface } from './surfaces.ts'
import { viewRoutes } from './views/routes.ts'
import { pageRoutes } from './web/pages.ts'

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

/** For the network. */
export function buildNetworkServer(parts: Parts, rooms: OpenRooms): App {
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
      signedInSurface(parts, actorRooms(parts, rooms, admitAgain), readerOf(rooms)),
    ],
  })
}

/** For the socket in the data folder. */
export function buildOperatorServer(parts: Parts, rooms: OpenRooms): App {
  const ofOperator = [operatorRoutes(parts), benchmarkRoutes(policyPartsOf(parts), rooms.jobs)]
  return buildServer({
    log: parts.log,
    surfaces: [
      publicSurface([healthRoutes(() => reach(parts.database)), ...ofOperator]),
      actingSurface(
        parts,
        actorRooms(parts, rooms, (request) => actFor(parts, request)),
        readerOf(rooms),
      ),
    ],
  })
}

function readerOf({ gateway }: OpenRooms): MayRead {
  return async (actor, module, id) => {
    try {
      await gateway.read(actor, module, id)
      return true
    } catch (error) {
      if (error instanceof Problem && error.status < 500) return false
      throw error
    }
  }
}

async function reach({ control }: Database): Promise<void> {
  await sql`select 1`.execute(control)
}
