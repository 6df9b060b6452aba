import { fold } from '@bailiwick/access'
import type { Kysely } from 'kysely'
import type { ControlTables } from '../db/tables.ts'
import type { Auth } from './auth.ts'
import type { IdentityParts } from './identity-parts.ts'
import { identityTables } from './identity-tables.ts'
import { endSessions } from './sessions.ts'

export interface NewIdentity {
  readonly id: string
  readonly email: string
  readonly name: string
  /** As `hashPassword` gives it. */
  readonly passwordHash: string
  /** Epoch milliseconds. */
  readonly now: number
}

/** scrypt, as better-auth checks it. Takes some tens of milliseconds, off the main thread. */
export async function hashPassword(auth: Auth, password: string): Promise<string> {
  const { password: passwords } = await auth.$context
  return passwords.hash(password)
}

/**
 * The identity of an e-mail address (compared folded), made with the password where there is none yet. The same person in several
 * organizations has one. To be called within a transaction.
 * @returns its id, and whether it is new: one that was there keeps its own password
 */
export async function ensureIdentity(
  transaction: Kysely<ControlTables>,
  { id, email, name, passwordHash, now }: NewIdentity,
): Promise<{ id: string; isNew: boolean }> {
  const tables = identityTables(transaction)
  const at = new Date(now)
  const inserted = await tables
    .insertInto('identities')
    .values({ id, name, email: fold(email), emailVerified: true, createdAt: at, updatedAt: at })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows !== 1n) return { id: await getIdentity(transaction, email), isNew: false }
  const credential = { id, accountId: id, providerId: 'credential', userId: id }
  await tables
    .insertInto('credentials')
    .values({ ...credential, password: passwordHash, createdAt: at, updatedAt: at })
    .execute()
  return { id, isNew: true }
}

/** Who signs in with an e-mail address; nothing where nobody does. */
export async function findIdentity(
  control: Kysely<ControlTables>,
  email: string,
): Promise<{ readonly id: string; readonly passwordHash: string | null } | undefined> {
  return identityTables(control)
    .selectFrom('identities')
    .leftJoin('credentials', (join) =>
      join.onRef('credentials.userId', '=', 'identities.id').on('credentials.providerId', '=', 'credential'),
    )
    .select(['identities.id', 'credentials.password as passwordHash'])
    .where('identities.email', '=', fold(email))
    .executeTakeFirst()
}

/** Whether it is the password that the hash was made of. */
export async function isPassword(auth: Auth, hash: string | null, password: string): Promise<boolean> {
  const { password: passwords } = await auth.$context
  return hash !== null && passwords.verify({ hash, password })
}

async function getIdentity(control: Kysely<ControlTables>, email: string): Promise<string> {
  const found = await identityTables(control)
    .selectFrom('identities')
    .select('id')
    .where('email', '=', fold(email))
    .executeTakeFirstOrThrow()
  return found.id
}

/** Sets a new password and ends every session of the identity. */
export async function setPassword(
  { database, now }: Pick<IdentityParts, 'database' | 'now'>,
  identityId: string,
  passwordHash: string,
): Promise<void> {
  await database.owner.transaction().execute(async (transaction) => {
    await identityTables(transaction)
      .updateTable('credentials')
      .set({ password: passwordHash, updatedAt: new Date(now()) })
      .where('userId', '=', identityId)
      .where('providerId', '=', 'credential')
      .execute()
    await endSessions(transaction, { identityId })
  })
}
