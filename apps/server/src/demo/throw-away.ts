import { hasSystemPermission } from '@bailiwick/access'
import { sql, type Transaction } from 'kysely'
import type { Actor } from '../actor.ts'
import { dropOrganizationSchema } from '../db/organization-schema.ts'
import type { ControlTables } from '../db/tables.ts'
import { removeFilesOf } from '../files/stored-files.ts'
import type { OrganizationParts } from '../organizations/organization-parts.ts'
import { confirmAdmitted } from '../people/admitted-policy.ts'
import { type OrganizationPlace, POLICY_CHANNEL } from '../policy/live-policy.ts'
import { invalidInput, notPermitted, problem, unavailable } from '../problem.ts'

export interface ThrowAwayParts extends OrganizationParts {
  readonly filesFolder: string
  readonly log: { warn(facts: object, message: string): void }
}

/** Whether the organization is one that the program made up, and whoever asks may throw it away. */
export async function canThrowAway(parts: OrganizationParts, actor: Actor): Promise<boolean> {
  const { policy } = await confirmAdmitted(parts.policies, actor)
  return hasSystemPermission(policy, actor.user, 'manageAccess') && (await isDemonstration(parts, actor.organization))
}

/**
 * Drops a demonstration with its records, people and keys; sessions in it end, and it isn't made again at the next start. Whoever signed in
 * to nothing else has no sign-in any more.
 * Its files go last: what a crash or the disk keeps of them goes with the next start.
 * @param name the organization's, as a confirmation
 * @throws Problem 403 without `manageAccess`, 409 for an organization that is no demonstration, 422 for another name, 503 while it is busy
 */
export async function throwAway(parts: ThrowAwayParts, actor: Actor, name: string): Promise<void> {
  const { policy, document } = await confirmAdmitted(parts.policies, actor)
  if (!hasSystemPermission(policy, actor.user, 'manageAccess')) {
    throw notPermitted('Throwing a demonstration away takes the system permission "manageAccess".')
  }
  const { organization } = actor
  if (!(await isDemonstration(parts, organization))) {
    throw problem(409, 'conflict', 'Only a demonstration can be thrown away.')
  }
  if (name !== (document.organization?.name ?? organization.slug)) {
    throw invalidInput([{ path: '/name', message: 'is not the name of the organization' }])
  }
  await drop(parts, organization)
  parts.policies.forget(organization)
  await removeFilesOf(parts.filesFolder, organization).catch((error: unknown) =>
    parts.log.warn(
      { err: error, organization: organization.id },
      'Files of an organization that was thrown away stay until the next start.',
    ),
  )
}

async function isDemonstration({ database }: OrganizationParts, { id }: OrganizationPlace): Promise<boolean> {
  const query = database.control.selectFrom('demonstrations').select('complete').where('organization_id', '=', id)
  return (await query.executeTakeFirst())?.complete ?? false
}

const LOCK_NOT_AVAILABLE = '55P03'

/** All of it or nothing. Work that still runs in it is waited for, but not for long. */
async function drop(parts: OrganizationParts, organization: OrganizationPlace): Promise<void> {
  try {
    await parts.database.owner.transaction().execute(async (owner) => {
      await sql`set local lock_timeout = '10s'`.execute(owner)
      const { slug, id } = organization
      const thrown = { at: new Date(parts.now()), organization_id: id }
      await owner
        .insertInto('thrown_away')
        .values({ slug, ...thrown })
        .onConflict((conflict) => conflict.column('slug').doUpdateSet(thrown))
        .execute()
      await endSignIns(owner, organization)
      await owner.deleteFrom('organizations').where('id', '=', organization.id).execute()
      await sql`select pg_notify(${POLICY_CHANNEL}, ${organization.id})`.execute(owner)
      await dropOrganizationSchema(owner, organization)
    })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE)) throw error
    throw unavailable('The organization is still at work. Try again in a moment.', 10)
  }
}

async function endSignIns(owner: Transaction<ControlTables>, { id }: OrganizationPlace): Promise<void> {
  await sql`delete from control.sessions where "organizationId" = ${id}`.execute(owner)
  await sql`
    delete from control.identities as i
    where exists (select from control.memberships as m where m.identity_id = i.id and m.organization_id = ${id}::uuid)
      and not exists (select from control.memberships as m where m.identity_id = i.id and m.organization_id <> ${id}::uuid)
  `.execute(owner)
}
