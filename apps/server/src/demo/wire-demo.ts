import { dropOrganizationSchema } from '../db/organization-schema.ts'
import { operatorActor } from '../http/actor.ts'
import { establishOrganization } from '../organizations/create-organization.ts'
import { findOrganization } from '../organizations/find-organization.ts'
import { giveSignIns } from '../organizations/give-sign-in.ts'
import type { OrganizationParts } from '../organizations/organization-parts.ts'
import { applyPolicy } from '../policy/apply-policy.ts'
import { firstDocument } from '../policy/first-version.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { loadRows } from '../records/load-rows.ts'
import type { RecordsParts } from '../records/parts.ts'
import { readFactsForPolicy } from '../records/policy-ports.ts'
import { shareAsOperator } from '../records/shares.ts'
import { loadLines } from '../sales/load-lines.ts'
import type { DemoParts } from './demo-parts.ts'

/** The demonstration made with the program's own rooms. */
export function wireDemo(parts: OrganizationParts & RecordsParts): DemoParts {
  const place = async (slug: string) => requireOrganization(parts, slug)
  return {
    findOrganization: (slug) => standingOf(parts, slug),
    dropOrganization: async (slug) => dropOrganization(parts, await place(slug)),
    createOrganization: async ({ slug, name, administrator }) => {
      await establishOrganization(
        parts,
        { slug, name },
        firstDocument(name, administrator),
        async (owner, organization) => {
          await owner.insertInto('demonstrations').values({ organization_id: organization.id }).execute()
        },
      )
    },
    applyPolicy: async (slug, input, reason) => {
      const change = { organization: await place(slug), input, author: 'operator', reason, now: parts.now() } as const
      await applyPolicy(parts.database, change, { catalogue: parts.catalogue, readFacts: readFactsForPolicy })
    },
    insertRows: async (slug, module, rows) =>
      loadRows(parts, operatorActor(await place(slug), parts.now()), module, rows),
    insertLines: async (slug, module, records) => {
      await loadLines(parts, operatorActor(await place(slug), parts.now()), module, records)
    },
    shareRecord: async (slug, { module, id, by, expiresAt, ...share }) => {
      const ends = expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }
      const actor = { ...operatorActor(await place(slug), parts.now()), user: by.replace(/^user:/, '') }
      await shareAsOperator(parts, actor, module, id, { ...share, ...ends })
    },
    setPasswords: async (slug, people, password) => {
      await giveSignIns(
        parts,
        await place(slug),
        people.map(({ key }) => key),
        password,
      )
    },
    markComplete: async (slug) => {
      const { id } = await place(slug)
      const demonstrations = parts.database.control.updateTable('demonstrations').set({ complete: true })
      await demonstrations.where('organization_id', '=', id).execute()
    },
  }
}

/** @throws where there is none of that name */
export async function requireOrganization(parts: OrganizationParts, slug: string): Promise<OrganizationPlace> {
  const organization = await findOrganization(parts.database.control, slug)
  if (!organization) throw new Error(`There is no organization ${slug}.`)
  return organization
}

/** An organization of that name that isn't a demonstration counts as complete: it is somebody's, and stays as it is. */
async function standingOf(
  { database }: OrganizationParts,
  slug: string,
): Promise<'complete' | 'unfinished' | undefined> {
  const row = await database.control
    .selectFrom('organizations')
    .leftJoin('demonstrations', 'demonstrations.organization_id', 'organizations.id')
    .select('complete')
    .where('slug', '=', slug)
    .executeTakeFirst()
  return row && (row.complete === false ? 'unfinished' : 'complete')
}

async function dropOrganization(parts: OrganizationParts, organization: OrganizationPlace): Promise<void> {
  await parts.database.owner.transaction().execute(async (owner) => {
    await owner.deleteFrom('organizations').where('id', '=', organization.id).execute()
    await dropOrganizationSchema(owner, organization)
  })
  parts.policies.forget(organization)
}
