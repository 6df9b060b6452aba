import Fastify, { type FastifyInstance } from 'fastify'
import { type ClientConfig, Pool } from 'pg'
import { connectionConfig } from '../../../apps/server/src/db/connection.ts'
import { PAGE_COLUMNS, PAGE_SQL } from '../tables/plain-tables.ts'

/** As many as the program keeps for one organization. */
const CONNECTIONS = 8

interface Asked {
  Params: { id: string }
  Body: { nextStep: string }
}

const UPDATE = `with changed as (
    update deals set next_step = $2, updated_at = now(), version = version + 1 where id = $1 returning *
  ), noted as (
    insert into audit (deal, changes) select id, jsonb_build_object('next_step', $2::text) from changed
  ) select ${PAGE_COLUMNS} from changed`

/** The same framework and pool over the plain tables, with no access control at all: what the others are held against. */
function buildBareServer(address: ClientConfig): FastifyInstance {
  const pool = new Pool({ ...connectionConfig(address, { jit: 'off' }), max: CONNECTIONS })
  const run = async (name: string, text: string, values: string[] = []) =>
    (await pool.query({ name, text, values })).rows
  const app = Fastify()
  app.addHook('onClose', () => pool.end())
  app.get('/deals', async () => ({ items: await run('page', PAGE_SQL) }))
  app.get<Asked>('/deals/:id', async ({ params }) => {
    return (await run('one', `select ${PAGE_COLUMNS} from deals where id = $1`, [params.id]))[0]
  })
  app.patch<Asked>('/deals/:id', async ({ params, body }) => {
    return (await run('update', UPDATE, [params.id, body.nextStep]))[0]
  })
  app.get('/sum', () => run('sum', 'select stage, sum(amount) as amount from deals group by stage order by stage'))
  return app
}

const app = buildBareServer(JSON.parse(process.env.PEERS_BARE ?? '{}'))
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)))
console.log(`listening on ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
