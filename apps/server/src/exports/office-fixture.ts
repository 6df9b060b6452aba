import type { Key, PolicyDocument } from '@bailiwick/access'
import type { LightMyRequestResponse } from 'fastify'
import type { Database } from '../db/database.ts'
import type { OrganizationRef } from '../db/tables.ts'
import { buildServer } from '../http/build-server.ts'
import { createLog } from '../http/log.ts'
import { importJob } from '../imports/import-job.ts'
import { createImportsFixture } from '../imports/imports-fixture.ts'
import { importRoutes } from '../imports/routes.ts'
import { undoJob } from '../imports/undo-job.ts'
import { Jobs } from '../jobs/jobs.ts'
import { jobRoutes } from '../jobs/routes.ts'
import { massJob } from '../records/mass-job.ts'
import { massRoutes } from '../records/mass-routes.ts'
import { exportJob } from './export-job.ts'
import { exportRoutes } from './routes.ts'

/** For tests: an organization whose people send files in and take files out, over HTTP. The header `user` says who asks. */
export async function createFileOffice(
  database: Database,
  organization: OrganizationRef & { readonly slug: string },
  document: PolicyDocument,
) {
  const fixture = await createImportsFixture(database, organization, document, Date.now())
  const parts = { ...fixture.parts, log: createLog('silent') }
  const jobs = new Jobs(parts, [importJob(parts), undoJob(parts), exportJob(parts), massJob(fixture.gateway)], {
    isAlone: true,
  })
  const rooms = [
    jobRoutes(jobs),
    importRoutes(parts, jobs),
    exportRoutes(parts, jobs),
    massRoutes(fixture.gateway, jobs),
  ]
  const app = buildServer({
    log: createLog('silent'),
    surfaces: [
      {
        rooms,
        enter: (inner) =>
          inner.addHook('onRequest', async (request) => {
            request.actor = fixture.actor(String(request.headers.user))
          }),
      },
    ],
  })
  await jobs.start()
  const ask = (user: Key, method: 'GET' | 'POST', url: string, payload?: object) =>
    app.inject({ method, url: `/api/v1${url}`, headers: { user }, ...(payload && { payload }) })
  return {
    ...fixture,
    jobs,
    ask,
    upload: (user: Key, file: File, fields: Readonly<Record<string, string>>, url = '/imports') =>
      app.inject({ method: 'POST', url: `/api/v1${url}`, ...multipart(user, file, fields) }),
    /** Asks until what was begun has ended; how it stands then. */
    settled: async (user: Key, begun: LightMyRequestResponse) => {
      for (;;) {
        const answer = await ask(user, 'GET', String(begun.headers.location).replace('/api/v1', ''))
        if (answer.json().state !== 'queued' && answer.json().state !== 'running') return answer.json()
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    close: async () => {
      await jobs.stop()
      await app.close()
      await fixture.forget()
    },
  }
}

type File = string | Buffer | undefined

function multipart(user: Key, file: File, fields: Readonly<Record<string, string>>) {
  const boundary = 'cut-here'
  const part = (heading: string, body: string | Buffer) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${heading}\r\n\r\n`),
      Buffer.from(body),
      Buffer.from('\r\n'),
    ])
  const texts = Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value))
  const upload = file === undefined ? [] : [part('name="file"; filename="a.csv"\r\nContent-Type: text/csv', file)]
  const payload = Buffer.concat([...upload, ...texts, Buffer.from(`--${boundary}--\r\n`)])
  return { payload, headers: { user, 'content-type': `multipart/form-data; boundary=${boundary}` } }
}
