import { Client, type ClientConfig } from 'pg'

/** Runs statements one after the other on a connection of their own. @returns the rows of the last */
export async function runAsOwner<Row extends object>(
  address: ClientConfig,
  schema: string,
  statements: readonly string[],
): Promise<Row[]> {
  const client = new Client({ ...address, options: `-c search_path=${schema}` })
  await client.connect()
  try {
    let rows: Row[] = []
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}
