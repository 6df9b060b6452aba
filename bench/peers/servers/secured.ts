import { Pool } from 'pg'
import { connectionConfig } from '../../../apps/server/src/db/connection.ts'
import { READER } from '../tables/row-security.ts'
import { WORKED_UPDATE } from '../tables/worked-tables.ts'
import { AUDITED_UPDATE, buildPlainServer, CONNECTIONS, serve } from './plain-server.ts'

/**
 * Under row security. Who asks is known by his token, which is looked up in memory; a connection is told whom it asks for before each
 * question, as it has asked for others before.
 */
const { address, people, isWorked } = JSON.parse(process.env.PEERS_SECURED ?? '{}')
const known = new Map<string, string>(people)
const pool = new Pool({ ...connectionConfig(address, { role: READER, jit: 'off' }), max: CONNECTIONS })
const BECOME = { name: 'become', text: `select set_config('app.person', $1, false)` }

const app = buildPlainServer(
  async (statement, { headers }) => {
    const person = known.get(headers.authorization ?? '')
    if (person === undefined) throw Object.assign(new Error('Nobody has this token.'), { statusCode: 401 })
    const connection = await pool.connect()
    try {
      await connection.query({ ...BECOME, values: [person] })
      return (await connection.query<object>(statement)).rows
    } finally {
      connection.release()
    }
  },
  isWorked ? WORKED_UPDATE : AUDITED_UPDATE,
)
app.addHook('onClose', () => pool.end())
await serve(app)
