import { randomUUIDv7 } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { type ClientConfig, Pool } from 'pg'
import { connectionConfig } from '../../apps/server/src/db/connection.ts'
import {
  type BarePage,
  type BareStatement,
  type BenchModule,
  bareCount,
  bareCreate,
  barePage,
  bareRecord,
  bareSum,
  bareUpdate,
} from './bare-sql.ts'

/** As many as the program keeps for one organization. */
const CONNECTIONS = 8

interface Asked {
  Params: { module: BenchModule; id: string }
  Querystring: { sort?: BarePage['sort']; field?: string; value?: string; word?: string; most?: number; rare?: string }
  Body: { phone: string; name: string; owner: number; owners?: number[] }
}

/** A check as ours is asked for it; here the answer is whether the record is there. */
interface Evaluation {
  Body: { resource: { type: BenchModule; id: string } }
}

/** The same framework, the same pool, statements written by hand: no access control, no sign-in, no log. */
export function buildBareServer(address: ClientConfig, schema: string): FastifyInstance {
  const settings = { search_path: schema, jit: 'off' }
  const pool = new Pool({ ...connectionConfig(address, settings), max: CONNECTIONS })
  const run = async ({ name, text, values }: BareStatement) => {
    const { rows } = await pool.query<Record<string, unknown>>({ name, text, values: [...values] })
    return rows
  }
  const app = Fastify()
  app.addHook('onClose', () => pool.end())
  app.get<Asked>('/:module', async ({ params, query: { sort, field, value, word, rare } }) => {
    const filter = field === undefined || value === undefined ? undefined : { field, value }
    const rows = await run(barePage(params.module, { sort, filter, word, rare: rare === 'yes' }))
    return { items: rows.slice(0, 50), next: rows.length > 50 ? rows[49]?.id : null }
  })
  app.get<Asked>('/:module/count', async ({ params, query }) => (await run(bareCount(params.module, query.most)))[0])
  app.get<Asked>('/:module/:id', async ({ params }) => (await run(bareRecord(params.module, params.id)))[0])
  app.patch<Asked>('/:module/:id', async ({ params, body }) => {
    return (await run(bareUpdate(params.module, params.id, body.phone)))[0]
  })
  app.post<Asked>('/:module', async ({ params, body }, reply) => {
    const [row] = await run(bareCreate(params.module, randomUUIDv7(), body.owner, body.name))
    return reply.code(201).send(row)
  })
  app.post<Evaluation>('/evaluation', async ({ body: { resource } }) => {
    const [row] = await run(bareRecord(resource.type, resource.id))
    return { decision: row !== undefined }
  })
  app.post<Asked>('/sum', async ({ body }) => run(bareSum(body.owners)))
  return app
}

if (import.meta.main) {
  const { address, schema } = JSON.parse(process.env.BENCH_BARE ?? '{}')
  const app = buildBareServer(address, schema)
  process.once('SIGTERM', () => void app.close().then(() => process.exit(0)))
  console.log(`listening on ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
}
