import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { QueryConfig } from 'pg'
import { PAGE_COLUMNS, PAGE_SQL } from '../tables/plain-tables.ts'

/** As many as the program keeps for one organization. */
export const CONNECTIONS = 8

/** Runs a statement for whoever asks. */
export type Run = (statement: QueryConfig, request: FastifyRequest) => Promise<object[]>

interface Asked {
  Params: { id: string }
  Body: { nextStep: string }
}

const ONE = `select ${PAGE_COLUMNS} from deals where id = $1`
/** A change with a row of audit. */
export const AUDITED_UPDATE = `with changed as (
    update deals set next_step = $2, updated_at = now(), version = version + 1 where id = $1 returning *
  ), noted as (
    insert into audit (deal, changes) select id, jsonb_build_object('next_step', $2::text) from changed
  ) select ${PAGE_COLUMNS} from changed`
const SUM = 'select stage, sum(amount) as amount from deals group by stage order by stage'

/** The same framework as the program's over the plain tables, with nothing else. */
export function buildPlainServer(run: Run, update = AUDITED_UPDATE): FastifyInstance {
  const app = Fastify()
  const one = async (statement: QueryConfig, request: FastifyRequest) => {
    const [row] = await run(statement, request)
    return row ?? Promise.reject(Object.assign(new Error('There is no such deal.'), { statusCode: 404 }))
  }
  app.get('/deals', async (request) => ({ items: await run({ name: 'page', text: PAGE_SQL }, request) }))
  app.get<Asked>('/deals/:id', (request) => one({ name: 'one', text: ONE, values: [request.params.id] }, request))
  app.patch<Asked>('/deals/:id', (request) => {
    const { params, body } = request
    return one({ name: 'update', text: update, values: [params.id, body.nextStep] }, request)
  })
  app.get('/sum', (request) => run({ name: 'sum', text: SUM }, request))
  return app
}

/** In a process of its own, for `startChild`. */
export async function serve(app: FastifyInstance): Promise<void> {
  process.once('SIGTERM', () => void app.close().then(() => process.exit(0)))
  console.log(`listening on ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
}
