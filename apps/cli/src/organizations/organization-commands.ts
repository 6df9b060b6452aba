import { CreatedOrganizationSchema, OrganizationListSchema } from '@bailiwick/contract'
import type { Command } from 'commander'
import { call } from '../connection/call.ts'
import type { Context, Outcome } from '../context.ts'
import { act } from '../run.ts'
import { bold } from '../text/paint.ts'
import { clean } from '../text/paragraph.ts'

interface CreateOptions {
  readonly name?: string
  readonly adminEmail: string
  readonly adminName?: string
  readonly adminPassword?: string
}

export function organizationCommands(program: Command): void {
  const group = program.command('org').description('organizations')
  const create = group
    .command('create')
    .description('make an organization with one administrator')
    .argument('<slug>', 'its short name, as in --org nordwind')
    .option('--name <name>', 'its name; the slug, where unstated')
    .requiredOption('--admin-email <address>', 'whom to make its administrator')
    .option('--admin-name <name>', 'what he is called')
    .option('--admin-password <password>', 'what he signs in with; made up where unstated')
  act(create, 'org create nordwind --name "Nordwind Oy" --admin-email ada@nordwind.example', createOrganization)
  act(group.command('list').description('all organizations'), 'org list', listOrganizations)
}

/** What is printed here, the password and the key, can't be had again. */
async function createOrganization(
  context: Context,
  [slug]: readonly string[],
  options: CreateOptions,
): Promise<Outcome> {
  const { name, adminEmail, adminName, adminPassword } = options
  const created = await call(context, CreatedOrganizationSchema, {
    method: 'POST',
    path: '/operator/v1/organizations',
    json: { slug, name, adminEmail, adminName, adminPassword },
    finishes: true,
    makesData: true,
  })
  const { organization, user, password, key } = created
  const lines = [
    `The organization ${bold(organization)} is made. Its administrator is ${bold(user)} (${adminEmail}).`,
    ...(password === undefined ? [] : [`Password  ${password}`]),
    `API key   ${key}`,
    'Keep this: it is not shown again.',
  ]
  return { json: created, text: lines.join('\n') }
}

async function listOrganizations(context: Context): Promise<Outcome> {
  const list = await call(context, OrganizationListSchema, { method: 'GET', path: '/operator/v1/organizations' })
  const width = Math.max(...list.items.map(({ slug }) => slug.length))
  return { json: list, text: list.items.map(({ slug, name }) => `${slug.padEnd(width)}  ${clean(name)}`).join('\n') }
}
