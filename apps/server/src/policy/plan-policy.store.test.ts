import { describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { ADA, createPolicyFixture } from './policy-fixture.ts'

const { database, createOrganization } = await testDatabase()

const ADMINISTRATOR = { name: ADA.name, email: ADA.email, profiles: ['administrator'] }
const SALES = { modules: { accounts: { actions: ['read', 'update'] } } } as const
const SITES = { fields: { name: { type: 'text', title: true }, opened: { type: 'date' } } } as const
const PEOPLE = {
  roles: { manager: {}, rep: { parent: 'manager' } },
  profiles: { sales: SALES },
  users: {
    ada: ADMINISTRATOR,
    anna: { role: 'rep', profiles: ['sales'] },
    mikko: { role: 'manager', profiles: ['sales'] },
  },
}

async function fixture() {
  const made = await createPolicyFixture(database, await createOrganization())
  await made.apply({ bailiwick: 1, ...PEOPLE, modules: { sites: SITES } })
  return made
}

describe('A plan', () => {
  it('of what stands has nothing to do', async () => {
    const { plan } = await fixture()
    expect(await plan({ bailiwick: 1, ...PEOPLE })).toMatchObject({
      version: 2,
      upToDate: true,
      applies: true,
      changes: [],
      errors: [],
    })
  })

  it('changes nothing', async () => {
    const { plan, organization } = await fixture()
    await plan({ bailiwick: 1, users: { ada: ADMINISTRATOR }, modules: {} })
    const head = await database
      .organization(organization)
      .selectFrom('head')
      .select(['version', 'stamp'])
      .executeTakeFirst()
    expect(head).toEqual({ version: 2, stamp: 2 })
  })

  it('says who gains and loses how many records', async () => {
    const { plan, addRecord } = await fixture()
    for (const owner of ['user:anna', 'user:anna', 'user:mikko']) await addRecord('accounts', owner)
    const swapped = { rep: {}, manager: { parent: 'rep' } }
    const { effect, changes } = await plan({ bailiwick: 1, roles: swapped })
    expect(changes.map(({ path }) => path)).toEqual(['/roles/manager/parent', '/roles/rep/parent'])
    expect(effect.people.filter(({ actions }) => actions.includes('update'))).toMatchObject([
      { user: 'anna', module: 'accounts', actions: ['update'], gained: 1, lost: 0 },
      { user: 'mikko', module: 'accounts', actions: ['update'], gained: 0, lost: 2 },
    ])
    expect(effect.actions[0]).toEqual({
      module: 'accounts',
      action: 'read',
      people: { gaining: 1, losing: 1 },
      records: { gained: 1, lost: 2 },
      because: [{ kind: 'superior', gaining: 1, losing: 1 }],
      samples: { gained: [], lost: [] },
    })
  })

  it('counts what no licence covers, and says so', async () => {
    const { plan, addRecord } = await fixture()
    await addRecord('accounts', 'user:mikko')
    const both = { ...SALES.modules, deals: { actions: ['create'] } }
    const profiles = { sales: { modules: { ...both, accounts: { ...SALES.modules.accounts, viewAll: true } } } }
    const asker = (licensed: readonly string[]) => ({ isLicensed: (module: string) => licensed.includes(module) })
    const told = async (licensed: readonly string[]) =>
      (await plan({ bailiwick: 1, profiles }, { asker: asker(licensed) })).effect
    const effect = await told(['accounts'])
    expect(effect.unlicensed).toEqual(['deals'])
    expect(effect).toMatchObject({
      people: [{ user: 'anna', module: 'accounts' }],
      moduleActions: [{ module: 'deals', action: 'create', gaining: ['anna', 'mikko'] }],
    })
    expect((await told([])).unlicensed).toEqual(['accounts', 'deals'])
    expect((await told(['accounts', 'deals'])).unlicensed).toEqual([])
  })

  it('counts by rules on fields that come with it', async () => {
    const { plan, addRecord } = await fixture()
    await addRecord('accounts', 'user:mikko')
    const modules = { sites: SITES, accounts: { fields: { vip: { type: 'boolean' } } } }
    const when = { field: 'vip', op: 'isEmpty' }
    const sharingRules = { plain: { module: 'accounts', when, with: ['user:anna'], level: 'read' } }
    expect((await plan({ bailiwick: 1, modules, sharingRules })).effect.people).toMatchObject([
      {
        user: 'anna',
        module: 'accounts',
        actions: ['read'],
        gained: 1,
        lost: 0,
        because: [{ kind: 'rule', by: 'plain' }],
      },
    ])
  })

  it('tells every reason for which an apply would be refused', async () => {
    const { plan, apply, addRecord } = await fixture()
    await addRecord('sites', 'user:ada', { f_opened: '2026-01-01' })
    const incoming = {
      bailiwick: 1,
      modules: { sites: { fields: { name: { type: 'text', title: true } } } },
      tests: { t: { as: 'user:anna', module: 'accounts', can: ['delete'] } },
      invariants: { i: { nobody: {}, can: 'update', on: 'accounts' } },
    }
    const planned = await plan(incoming)
    expect(planned).toMatchObject({
      upToDate: false,
      applies: false,
      destroys: [{ module: 'sites', field: 'opened', records: 1 }],
      tests: [{ test: 't', passed: false }],
      invariants: [{ invariant: 'i', holds: false, violators: ['ada', 'anna', 'mikko'] }],
    })
    expect(planned.errors.map(({ path }) => path)).toEqual([
      '/tests/t',
      '/invariants/i',
      '/modules/sites/fields/opened',
    ])
    await expect(apply(incoming)).rejects.toMatchObject({ refusal: { destroys: planned.destroys } })
  })

  it('tells of rules that change nothing, and applies all the same', async () => {
    const { plan } = await fixture()
    const up = { module: 'accounts', ownedBy: ['role:rep'], with: ['role:manager'], level: 'read' }
    expect(await plan({ bailiwick: 1, sharingRules: { up } })).toMatchObject({
      applies: true,
      warnings: [{ path: '/sharingRules/up', kind: 'shadowed', by: [{ kind: 'superior' }] }],
      effect: { people: [] },
    })
  })

  it('tells of changed rules how they fare with the records there are', async () => {
    const { plan, apply, addRecord } = await fixture()
    await addRecord('accounts', 'user:anna')
    const ownedBy = (owner: string) => ({ field: 'owner', op: 'eq', value: owner })
    const rule = { module: 'accounts', when: ownedBy('user:anna'), level: 'read' }
    const sharingRules = {
      dead: { ...rule, when: ownedBy('user:omar'), with: ['user:mikko'] },
      covered: { ...rule, with: ['user:mikko'] },
      taken: { ...rule, with: ['user:omar'] },
      useful: { ...rule, with: ['user:lea'] },
    }
    const salesman = { profiles: ['sales'] }
    const users = { ...PEOPLE.users, omar: salesman, lea: salesman }
    const taking = { module: 'accounts', for: ['user:omar'], when: { not: ownedBy('user:mikko') }, level: 'none' }
    const document = { bailiwick: 1, sharingRules, restrictionRules: { taking }, users }
    const told = ({ warnings }: Awaited<ReturnType<typeof plan>>) =>
      warnings.map(({ path, kind, by, holds }) => [path, kind, by.map((one) => one.by ?? one.kind).join(), holds])
    expect(told(await plan(document)).sort()).toEqual([
      ['/sharingRules/covered', 'shadowed', 'superior', 'now'],
      ['/sharingRules/dead', 'dead', '', 'now'],
      ['/sharingRules/taken', 'contradicting', 'taking', 'now'],
    ])
    await apply(document)
    expect(told(await plan({ bailiwick: 1, roles: PEOPLE.roles }))).toEqual([])
  })

  it('says who gains and loses permissions, fields, and ways to sign in', async () => {
    const { plan } = await fixture()
    const hidden = { actions: ['read', 'update', 'create'], fields: { name: 'read' } }
    const day = { days: ['mon'], from: '08:00', to: '17:00' }
    const profiles = { sales: { system: ['viewAudit'], signIn: [day], modules: { accounts: hidden } } }
    const users = { ...PEOPLE.users, mikko: { ...PEOPLE.users.mikko, status: 'suspended' } }
    const { effect } = await plan({ bailiwick: 1, profiles, users })
    const anytime = { status: 'active', ways: [{}] }
    const lost = effect.fields.find(({ people }) => people.includes('mikko'))
    expect(lost?.changes).toContainEqual({ module: 'accounts', field: 'name', before: 'edit', after: 'hidden' })
    expect(effect).toMatchObject({
      moduleActions: [{ module: 'accounts', action: 'create', gaining: ['anna'], losing: [] }],
      permissions: [{ permission: 'viewAudit', gaining: ['anna'], losing: [] }],
      fields: [
        { people: ['anna'], changes: [{ module: 'accounts', field: 'name', before: 'edit', after: 'read' }] },
        { people: ['mikko'] },
      ],
      signIn: [
        {
          people: ['anna'],
          before: anytime,
          after: { status: 'active', ways: [{ windows: [{ ...day, timeZone: 'UTC' }] }] },
        },
        { people: ['mikko'], before: anytime, after: { status: 'suspended', ways: [] } },
      ],
    })
  })

  it('counts what goes with a module for everybody', async () => {
    const { plan, addRecord } = await fixture()
    for (const owner of ['user:anna', 'user:mikko']) await addRecord('sites', owner)
    const { applies, destroys, effect } = await plan({ bailiwick: 1, modules: {} }, { destroy: ['sites'] })
    expect({ applies, destroys }).toEqual({ applies: true, destroys: [{ module: 'sites', records: 2 }] })
    expect(effect.people[0]).toMatchObject({
      user: 'ada',
      module: 'sites',
      gained: 0,
      lost: 2,
      because: [{ kind: 'module', gained: 0, lost: 2 }],
    })
  })

  it('says whose figures open over all records', async () => {
    const { plan } = await fixture()
    const figures = { system: ['viewReports'], modules: { accounts: { ...SALES.modules.accounts, aggregate: 'all' } } }
    const { effect } = await plan({ bailiwick: 1, profiles: { sales: figures } })
    expect(effect).toMatchObject({
      people: [],
      permissions: [{ permission: 'viewReports', gaining: ['anna', 'mikko'], losing: [] }],
      figures: [{ module: 'accounts', gaining: ['anna', 'mikko'], losing: [] }],
    })
  })

  it('of a wrong document lists its problems and nothing else', async () => {
    const { plan } = await fixture()
    expect(await plan({ bailiwick: 1, users: { ada: { profiles: ['x'] } } })).toMatchObject({
      applies: false,
      upToDate: false,
      problems: [{ path: '/users/ada/profiles/0' }, {}],
      changes: [],
      effect: { people: [] },
    })
  })
})
