import { fold } from '@bailiwick/access'
import type { Kysely } from 'kysely'
import type { ControlTables } from '../db/tables.ts'
import type { Auth } from './auth.ts'
import type { IdentityParts } from './identity-parts.ts'
import { type IdentityTables, identityTables } from './identity-tables.ts'

type Parts = Pick<IdentityParts, 'database' | 'auth' | 'newId' | 'now'>

export interface NewIdentity {
  readonly email: string
  readonly name: string
  readonly password: string
}

/** The same person in several organizations has one identity. E-mail addresses are compared folded. */
export async function findIdentity(control: Kysely<ControlTables>, email: string): Promise<string | undefined> {
  const found = await identityTables(control)
    .selectFrom('identities')
    .select('id')
    .where('email', '=', fold(email))
    .executeTakeFirst()
  return found?.id
}

/**
 * The identity of an e-mail address, made with the password where there is none yet.
 * @returns its id, and whether it is new: one that was there keeps its own password.
 */
export async function createIdentity(
  parts: Parts,
  { email, name, password }: NewIdentity,
): Promise<{ id: string; isNew: boolean }> {
  const known = await findIdentity(parts.database.control, email)
  if (known !== undefined) return { id: known, isNew: false }
  const hash = await hashPassword(parts.auth, password)
  const id = parts.newId()
  const isNew = await identityTables(parts.database.control)
    .transaction()
    .execute((transaction) => insertIdentity(transaction, parts, { id, email: fold(email), name, hash }))
  return isNew ? { id, isNew } : createIdentity(parts, { email, name, password })
}

async function insertIdentity(
  transaction: Kysely<ControlTables & IdentityTables>,
  parts: Parts,
  { id, email, name, hash }: { id: string; email: string; name: string; hash: string },
): Promise<boolean> {
  const at = new Date(parts.now())
  const inserted = await transaction
    .insertInto('identities')
    .values({ id, name, email, emailVerified: true, createdAt: at, updatedAt: at })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows !== 1n) return false
  await transaction
    .insertInto('credentials')
    .values({
      id: parts.newId(),
      accountId: id,
      providerId: 'credential',
      userId: id,
      password: hash,
      createdAt: at,
      updatedAt: at,
    })
    .execute()
  return true
}

/** Sets a new password and ends every session of the identity. */
export async function setPassword(parts: Parts, identityId: string, password: string): Promise<void> {
  const hash = await hashPassword(parts.auth, password)
  await identityTables(parts.database.control)
    .transaction()
    .execute(async (transaction) => {
      await transaction
        .updateTable('credentials')
        .set({ password: hash, updatedAt: new Date(parts.now()) })
        .where('userId', '=', identityId)
        .where('providerId', '=', 'credential')
        .execute()
      await transaction.deleteFrom('sessions').where('userId', '=', identityId).execute()
    })
}

async function hashPassword(auth: Auth, password: string): Promise<string> {
  const { password: passwords } = await auth.$context
  return passwords.hash(password)
}
