import { Client, type ClientConfig, escapeIdentifier } from 'pg'
import { type Copying, copyRows } from '../../apps/server/src/records/copy-rows.ts'

/** Fills a table of `schema` in one transaction on a connection of its own. */
export async function loadTable(config: ClientConfig, schema: string, copying: Copying): Promise<void> {
  const client = new Client(config)
  await client.connect()
  try {
    await client.query(`begin; set local search_path = ${escapeIdentifier(schema)}`)
    await client.query("set local synchronous_commit = off; set local maintenance_work_mem = '512MB'")
    await copyRows(client, schema, copying)
    await client.query('commit')
  } finally {
    await client.end()
  }
}
