import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase, dropTestDatabase, testDatabase } from '../testing/index.ts'
import { openDatabase } from './database.ts'
import { rolePassword, scramVerifier, setRolePassword } from './roles.ts'

const { database } = await testDatabase()

test('each role has a password of its own, which follows from the login role’s', () => {
  const ofA = rolePassword({ password: 'corn' }, 'org_a')
  expect(ofA).toBe(rolePassword({ password: 'corn' }, 'org_a'))
  expect(ofA).not.toBe(rolePassword({ password: 'corn' }, 'org_b'))
  expect(ofA).not.toBe(rolePassword({ password: 'chaff' }, 'org_a'))
  expect(rolePassword({}, 'org_a')).toBeUndefined()
})

/** Salt and password are those of the example in RFC 7677. */
test('a password is stored as SCRAM-SHA-256 has it', () => {
  const verifier = scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'))
  expect(verifier).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  )
})

test('servers that set the same role’s password at once don’t get in each other’s way', async () => {
  const role = `bw_contested_${process.pid}`
  await sql`create role ${sql.id(role)}`.execute(database.owner)
  const verifier = scramVerifier('pencil', Buffer.from('salt'))
  for (let round = 0; round < 20; round++) {
    await Promise.all(Array.from({ length: 4 }, () => setRolePassword(database.owner, role, verifier)))
  }
  await sql`drop role ${sql.id(role)}`.execute(database.owner)
})

test('the program gets in again after the login role’s password was changed', async () => {
  const place = await createTestDatabase()
  const role = `bw_rotating_${place.database?.slice(-12)}`
  await sql`create role ${sql.id(role)} login createrole password 'old'`.execute(database.owner)
  await sql`grant create, connect on database ${sql.id(place.database!)} to ${sql.id(role)} with grant option`.execute(
    database.owner,
  )
  const names = []
  for (const password of ['old', 'new']) {
    await sql`alter role ${sql.id(role)} password ${sql.lit(password)}`.execute(database.owner)
    const opened = await openDatabase({ address: { ...place, user: role, password } })
    const { control_role, role_group } = await opened.owner
      .selectFrom('installation')
      .selectAll()
      .executeTakeFirstOrThrow()
    names.push(control_role, role_group)
    expect(await opened.control.selectFrom('organizations').selectAll().execute()).toEqual([])
    await opened.close()
  }
  await dropTestDatabase(place, [...new Set(names), role])
})
