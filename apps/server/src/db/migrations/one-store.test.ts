import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { signatureOf } from '../../imports/preview-import.ts'
import { testDatabase } from '../../testing/index.ts'
import { keepOnce } from './one-store.ts'

const { database, createOrganization } = await testDatabase()

/** Anna and Ben, as the version before had left them; Anna has set one kind on the page since. */
const BEFORE = [
  sql`insert into owners (kind, key) values ('user', 'anna'), ('user', 'ben')`,
  sql`insert into preferences (owner, settings) select id, ${JSON.stringify({
    language: 'fi',
    notifications: {
      mentioned: { live: false, mail: 'off' },
      due: { live: true, mail: 'off' },
      mention: { live: true, mail: 'off' },
    },
    importMappings: [
      { module: 'accounts', name: 'Old system', mapping: { columns: { 'Account Name': 'name', Site: 'site' } } },
      { module: 'contacts', name: 'By name', mapping: {} },
    ],
  })}::json from owners where key = 'anna'`,
  sql`insert into preferences (owner, settings) select id, '{"theme": "dark"}' from owners where key = 'ben'`,
  sql`insert into notification_settings (person, kind, live, mail)
    select id, 'due', true, 'immediate' from owners where key = 'anna'`,
]

test('what was kept twice is kept once, and nothing that somebody set is lost', async () => {
  const organization = await createOrganization()
  await database.ownerTransaction(organization, async (transaction) => {
    for (const statement of BEFORE) await statement.execute(transaction)
    await keepOnce(transaction)
    await keepOnce(transaction)
  })
  const tables = database.organization(organization)
  const all = async (from: string, columns: string) =>
    (
      await sql`select key, ${sql.raw(columns)} from ${sql.table(from)} join owners on id in (${sql.raw(OWNER[from] ?? '')})
      order by 1, 2`.execute(tables)
    ).rows
  expect(await all('preferences', 'settings::text')).toEqual([
    { key: 'anna', settings: '{"language":"fi"}' },
    { key: 'ben', settings: '{"theme":"dark"}' },
  ])
  expect(await all('notification_settings', 'notification_settings.kind, live, mail')).toEqual([
    { key: 'anna', kind: 'due', live: true, mail: 'immediate' },
    { key: 'anna', kind: 'mentioned', live: false, mail: 'off' },
  ])
  const columns = ['Account Name', 'Site']
  expect(await all('import_mappings', 'module, signature, columns, mapping, options')).toEqual([
    {
      key: 'anna',
      module: 'accounts',
      signature: signatureOf(columns),
      columns,
      mapping: { columns: { 'Account Name': 'name', Site: 'site' } },
      options: {},
    },
  ])
})

const OWNER: Readonly<Record<string, string>> = {
  preferences: 'owner',
  notification_settings: 'person',
  import_mappings: 'actor',
}
