import { Pool } from 'pg'
import { connectionConfig } from '../../../apps/server/src/db/connection.ts'
import { buildPlainServer, CONNECTIONS, serve } from './plain-server.ts'

/** With no access control at all: what the others are held against. */
const address = JSON.parse(process.env.PEERS_BARE ?? '{}')
const pool = new Pool({ ...connectionConfig(address, { jit: 'off' }), max: CONNECTIONS })
const app = buildPlainServer(async (statement) => (await pool.query<object>(statement)).rows)
app.addHook('onClose', () => pool.end())
await serve(app)
