import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { startEmbedded } from './embedded.ts'
import { createOrganizationSchema, organizationRef } from './organization-schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'bw-entrance-'))
const first = await startEmbedded({ folder })
await first.stop()
const rules = join(folder, 'postgres/cluster/pg_hba.conf')
writeFileSync(rules, 'local all bailiwick trust\n')
appendFileSync(rules, 'local all all reject\n')
const server = await startEmbedded({ folder })

afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('where only the login role may sign in, organizations work as roles that it takes on, and the operator is told', async () => {
  const warnings: string[] = []
  const { socketFolder: host, port, user, database: name } = server
  const address = { host, port, user, database: name }
  const database = await openDatabase({ address }, { warn: (line) => warnings.push(line) })
  expect(warnings).toEqual([
    expect.stringMatching(/^The database server lets only the role of DATABASE_URL sign in[^\n]+$/),
  ])

  const [nordwind, contoso] = ['nordwind', 'contoso'].map((slug) => organizationRef(crypto.randomUUID(), slug))
  for (const organization of [nordwind!, contoso!]) {
    await database.owner.transaction().execute((transaction) => createOrganizationSchema(transaction, organization))
  }
  const asNordwind = (text: string) => database.run(nordwind!, { text })
  expect(await asNordwind('select current_user::text as role, version from head')).toEqual([
    { role: nordwind!.role, version: 0 },
  ])
  await expect(asNordwind(`select * from "${contoso!.schema}".head`)).rejects.toMatchObject({ code: '42501' })
  await expect(asNordwind('select * from control.organizations')).rejects.toMatchObject({ code: '42501' })
  expect(await database.control.selectFrom('organizations').selectAll().execute()).toEqual([])
  await database.close()
})
