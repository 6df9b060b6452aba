import type { PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { PolicyBusy } from './apply-policy.ts'
import { ADA, createPolicyFixture, NOW } from './policy-fixture.ts'
import { PolicyChangeForbidden, PolicyMoved, PolicyRefused, type Refusal } from './policy-refusals.ts'
import { findVersion, listVersions } from './store.ts'

const { database, createOrganization } = await testDatabase()
const fixture = async (document?: PolicyDocument) => createPolicyFixture(database, await createOrganization(), document)

const SITES = { fields: { name: { type: 'text', title: true }, opened: { type: 'date' } } } as const
const ADMINISTRATOR = { name: ADA.name, email: ADA.email, profiles: ['administrator'] }
const SALES = { modules: { accounts: { actions: ['create', 'read', 'update'] } } } as const

async function refusalOf(applying: Promise<unknown>): Promise<Refusal> {
  const error = await applying.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof PolicyRefused)) throw new Error('A refusal was expected.', { cause: error })
  return error.refusal
}

function tablesOf(schema: string): Promise<string[]> {
  return sql<{ name: string }>`
    select relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = ${schema} and relkind = 'r' and relname like 'r\\_%' order by relname collate "C"`
    .execute(database.owner)
    .then(({ rows }) => rows.map(({ name }) => name))
}

describe('The first version', () => {
  it('has one administrator, and a table for each built-in module', async () => {
    const { organization } = await fixture()
    expect(await findVersion(database.organization(organization), organization, 1)).toMatchObject({
      number: 1,
      author: 'operator',
      document: { users: { ada: ADMINISTRATOR } },
    })
    expect(await tablesOf(organization.schema)).toEqual(
      [
        'accounts',
        'activities',
        'budgets',
        'campaigns',
        'contacts',
        'deals',
        'leads',
        'orders',
        'products',
        'quotes',
        'tickets',
      ].map((module) => `r_${module}`),
    )
  })

  it('is refused with a person whose key cannot be one', async () => {
    const organization = await createOrganization()
    const creating = createPolicyFixture(database, organization, {
      bailiwick: 1,
      users: { 'not a key': { profiles: ['administrator'] } },
    })
    expect(await refusalOf(creating)).toMatchObject({ problems: [{ path: '/users/not a key' }] })
    expect(await tablesOf(organization.schema)).toEqual([])
  })
})

describe('Applying a document', () => {
  it('makes a version with its author, reason and difference, and raises the stamp', async () => {
    const { apply, organization } = await fixture()
    const applied = await apply({ bailiwick: 1, profiles: { sales: SALES } }, { author: { user: 'ada' }, reason: 'Q3' })
    expect(applied).toEqual({ version: 2, changes: [{ path: '/profiles', kind: 'added', after: { sales: SALES } }] })
    const reader = database.organization(organization)
    expect(await listVersions(reader, organization, { limit: 10 })).toMatchObject([
      {
        number: 2,
        author: 'user:ada',
        reason: 'Q3',
        at: new Date(NOW).toISOString(),
        approvers: [],
        difference: applied.changes,
      },
      { number: 1 },
    ])
    expect(await reader.selectFrom('head').select(['version', 'stamp']).executeTakeFirst()).toEqual({
      version: 2,
      stamp: 2,
    })
  })

  it('that changes nothing makes no version', async () => {
    const { apply, organization } = await fixture()
    expect(await apply({ bailiwick: 1, users: { ada: ADMINISTRATOR } })).toEqual({ version: 1, changes: [] })
    expect(await listVersions(database.organization(organization), organization, { limit: 10 })).toHaveLength(1)
  })

  it('keeps the order of what it is given', async () => {
    const { apply, organization } = await fixture()
    const fields = { zulu: { type: 'text', title: true }, alpha: { type: 'text' } } as const
    await apply({ bailiwick: 1, modules: { sites: { fields } } })
    const version = await findVersion(database.organization(organization), organization, 2)
    expect(Object.keys(version?.document.modules?.sites?.fields ?? {})).toEqual(['zulu', 'alpha'])
  })

  it('makes, alters and drops tables with it', async () => {
    const { apply, organization } = await fixture()
    await apply({ bailiwick: 1, modules: { sites: SITES } })
    expect(await tablesOf(organization.schema)).toContain('r_sites')
    await apply({ bailiwick: 1, modules: {} })
    expect(await tablesOf(organization.schema)).not.toContain('r_sites')
  })

  it('gives users and teams owner ids that outlive them', async () => {
    const { apply, organization } = await fixture()
    const owners = () =>
      database.organization(organization).selectFrom('owners').select(['id', 'kind', 'key']).orderBy('id').execute()
    const users = { ada: ADMINISTRATOR, anna: {} }
    await apply({ bailiwick: 1, users, teams: { desk: { members: ['anna'] } }, profiles: { sales: SALES } })
    const before = await owners()
    expect(before.map(({ kind, key }) => `${kind}:${key}`)).toEqual(['user:ada', 'user:anna', 'team:desk'])
    await apply({ bailiwick: 1, users: { ada: ADMINISTRATOR }, teams: {} })
    await apply({ bailiwick: 1, users })
    expect(await owners()).toEqual(before)
  })

  it('is refused with every problem of the document at once, and changes nothing', async () => {
    const { apply, organization } = await fixture()
    const refusal = await refusalOf(
      apply({ bailiwick: 1, users: { ada: { profiles: ['nobody'] } }, teams: { t: { leaders: ['x'] } } }),
    )
    expect(refusal.problems.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/users/ada/profiles/0', '/teams/t/leaders/0']),
    )
    expect(await listVersions(database.organization(organization), organization, { limit: 10 })).toHaveLength(1)
  })

  it('is refused while a test fails or an invariant is broken, with all of them listed', async () => {
    const { apply } = await fixture()
    const users = { ada: ADMINISTRATOR, anna: { profiles: ['sales'] } }
    const record = { owner: 'user:anna' }
    const tests = { anna: { as: 'user:anna', module: 'accounts', record, can: ['read'], cannot: ['update'] } }
    const invariants = { shut: { nobody: { except: ['user:ada'] }, can: 'read', on: 'accounts' } }
    const refusal = await refusalOf(apply({ bailiwick: 1, users, profiles: { sales: SALES }, tests, invariants }))
    expect(refusal).toMatchObject({
      problems: [],
      failedTests: [{ test: 'anna', failures: [expect.stringContaining('should not be able to update')] }],
      violatedInvariants: [{ invariant: 'shut', violators: ['anna'] }],
    })
  })

  it('may test a real record', async () => {
    const { apply, addRecord } = await fixture()
    const id = await addRecord('accounts', 'user:ada')
    const test = (cannot: string[]) => ({
      real: { as: 'user:ada', module: 'accounts', record: { id }, can: ['read'], cannot },
    })
    await apply({ bailiwick: 1, tests: test([]) })
    expect(await refusalOf(apply({ bailiwick: 1, tests: test(['delete']) }))).toMatchObject({
      failedTests: [{ test: 'real' }],
    })
  })
})

describe('Who may apply', () => {
  it('is who holds manageAccess in the policy that stands', async () => {
    const { apply } = await fixture()
    const users = { ada: ADMINISTRATOR, anna: {} }
    await apply({ bailiwick: 1, users })
    const promoted = { bailiwick: 1, users: { ...users, anna: { profiles: ['administrator'] } } }
    for (const user of ['anna', 'nobody', '']) {
      await expect(apply(promoted, { author: { user } })).rejects.toThrow(PolicyChangeForbidden)
    }
    expect(await apply(promoted, { author: { user: 'ada' } })).toMatchObject({ version: 3 })
  })

  it('is told of nothing else before', async () => {
    const { apply } = await fixture()
    await expect(apply({ nonsense: true }, { author: { user: 'anna' }, baseVersion: 99 })).rejects.toThrow(
      PolicyChangeForbidden,
    )
  })
})

describe('Two people editing at once', () => {
  it('the second is told how the base moved', async () => {
    const { apply } = await fixture()
    await apply({ bailiwick: 1, profiles: { sales: SALES } }, { baseVersion: 1 })
    const second = apply({ bailiwick: 1, roles: { ceo: {} } }, { baseVersion: 1 })
    await expect(second).rejects.toThrow(PolicyMoved)
    await expect(second).rejects.toMatchObject({ version: 2, changes: [{ path: '/profiles', kind: 'added' }] })
  })

  it('one of many at the same moment wins, and each version follows the one before', async () => {
    const { apply, organization } = await fixture()
    const roles = ['a', 'b', 'c', 'd'].map((role) => apply({ bailiwick: 1, roles: { [role]: {} } }, { baseVersion: 1 }))
    const outcomes = await Promise.allSettled(roles)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(
      outcomes.filter((outcome) => outcome.status === 'rejected' && outcome.reason instanceof PolicyMoved),
    ).toHaveLength(3)
    expect(await listVersions(database.organization(organization), organization, { limit: 10 })).toHaveLength(2)
  })

  it('without a base, all of them come through, one after the other', async () => {
    const { apply } = await fixture()
    const applied = await Promise.all(
      ['a', 'b', 'c', 'd'].map((module) => apply({ bailiwick: 1, modules: { [module]: SITES } }, { destroy: [] })),
    )
    expect(applied.map(({ version }) => version).sort()).toEqual([2, 3, 4, 5])
  })
})

describe('A change that breaks off', () => {
  it('in the middle leaves the old policy and the old tables', async () => {
    const { apply, addRecord, organization } = await fixture()
    await apply({ bailiwick: 1, modules: { sites: SITES } })
    await addRecord('sites', 'user:ada', { f_name: 'Quay' })
    // A reader holds the table, so the apply stands amid its changes when its connection is cut.
    const reader = await database.connect(organization)
    await reader.query('begin; select * from r_sites')
    const applying = apply({
      bailiwick: 1,
      roles: { ceo: {} },
      modules: { depots: SITES, sites: { fields: { name: SITES.fields.name } } },
    })
    const failed = expect(applying).rejects.toThrow()
    await killWhoWaits()
    await failed
    await reader.query('rollback')
    reader.release()
    expect(await tablesOf(organization.schema)).not.toContain('r_depots')
    const head = await database
      .organization(organization)
      .selectFrom('head')
      .select(['version', 'stamp'])
      .executeTakeFirst()
    expect(head).toEqual({ version: 2, stamp: 2 })
    expect(await apply({ bailiwick: 1, roles: { ceo: {} }, modules: { depots: SITES, sites: SITES } })).toMatchObject({
      version: 3,
    })
    const kept = await sql<{ f_name: string }>`select f_name, f_opened from r_sites`.execute(
      database.organization(organization),
    )
    expect(kept.rows).toEqual([{ f_name: 'Quay', f_opened: null }])
  })

  it('for want of the tables gives up in time', async () => {
    const { apply, organization } = await fixture()
    await apply({ bailiwick: 1, modules: { sites: SITES } })
    const reader = await database.connect(organization)
    await reader.query('begin; select * from r_sites')
    await expect(apply({ bailiwick: 1, modules: {} }, { patience: 200 })).rejects.toThrow(PolicyBusy)
    await reader.query('rollback')
    reader.release()
    expect(await apply({ bailiwick: 1, modules: {} })).toMatchObject({ version: 3 })
  })

  /** Cuts the connection that waits for a table. */
  async function killWhoWaits(): Promise<void> {
    for (;;) {
      const { rows } = await sql<{ killed: boolean }>`
        select pg_terminate_backend(pid) as killed from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(database.owner)
      if (rows.length > 0) return
    }
  }
})

describe('Writers of records', () => {
  it('make the change wait until they are done, so that none is written by a rule that is going', async () => {
    const { apply, organization } = await fixture()
    const writer = await database.connect(organization)
    await writer.query('begin; select * from head for key share')
    let isApplied = false
    const applying = apply({ bailiwick: 1, roles: { ceo: {} } }).then(() => {
      isApplied = true
    })
    await untilSomeoneWaits()
    expect(isApplied).toBe(false)
    await writer.query('commit')
    writer.release()
    await applying
  })

  async function untilSomeoneWaits(): Promise<void> {
    for (;;) {
      const { rows } = await sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
        database.owner,
      )
      if (rows.length > 0) return
    }
  }
})
