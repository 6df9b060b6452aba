import { createHash } from 'node:crypto'
import { type QueryExecutorProvider, sql } from 'kysely'

interface Kept {
  readonly owner: number
  readonly settings: Readonly<Record<string, unknown>>
}

/**
 * Settings of notifications and mappings of imports were kept among the preferences, too, beside the tables that mails and imports go by.
 * What people left there moves into these, where they have nothing newer.
 */
export async function keepOnce(owner: QueryExecutorProvider): Promise<void> {
  const { rows } = await sql<Kept>`select owner, settings from preferences`.execute(owner)
  for (const kept of rows) {
    for (const statement of [...settingsOf(kept), ...mappingsOf(kept)]) await statement.execute(owner)
    const { notifications, importMappings, ...rest } = kept.settings
    await sql`update preferences set settings = ${JSON.stringify(rest)}::json where owner = ${kept.owner}::int`.execute(
      owner,
    )
  }
}

const KINDS = ['changed', 'mentioned', 'assigned', 'shared', 'commented', 'due']
const MAILS = ['off', 'immediate', 'digest']

function settingsOf({ owner, settings }: Kept) {
  const given = isObject(settings.notifications) ? Object.entries(settings.notifications) : []
  return given.flatMap(([kind, setting]) => {
    if (!KINDS.includes(kind) || !isObject(setting)) return []
    const { live, mail } = setting
    if (typeof live !== 'boolean' || typeof mail !== 'string' || !MAILS.includes(mail)) return []
    return [
      sql`insert into notification_settings (person, kind, live, mail)
        values (${owner}::int, ${kind}, ${live}::boolean, ${mail}) on conflict do nothing`,
    ]
  })
}

/** Found by the columns that were mapped: a file with others besides is another file. */
function mappingsOf({ owner, settings }: Kept) {
  const given: readonly unknown[] = Array.isArray(settings.importMappings) ? settings.importMappings : []
  return given.flatMap((one) => {
    if (!isObject(one) || !isObject(one.mapping) || !isObject(one.mapping.columns)) return []
    const columns = Object.keys(one.mapping.columns)
    if (typeof one.module !== 'string' || columns.length === 0) return []
    const [header, mapping] = [columns, one.mapping].map((value) => JSON.stringify(value))
    return [
      sql`insert into import_mappings (actor, module, signature, columns, mapping, options, used_at)
        values (${owner}::int, ${one.module}, ${signatureOf(columns)}, ${header}::json, ${mapping}::json, '{}', now())
        on conflict do nothing`,
    ]
  })
}

/** As imports make it, at the time of this step. */
function signatureOf(columns: readonly string[]): string {
  const bare = columns.map((name) =>
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}]/gu, ''),
  )
  return createHash('sha256')
    .update(JSON.stringify([...new Set(bare)].sort()))
    .digest('hex')
    .slice(0, 32)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
