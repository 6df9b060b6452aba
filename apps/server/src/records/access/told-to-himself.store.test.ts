import type { PolicyDocument } from '@bailiwick/access'
import { expect, it } from 'vitest'
import { testDatabase } from '../../testing/index.ts'
import { createRecordsFixture } from '../records-fixture.ts'

const COMPANY: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'UTC' },
  modules: { deals: { parent: 'account' } },
  profiles: {
    poor: { modules: { accounts: { actions: ['read', 'update'], fields: { revenue: 'hidden', owner: 'hidden' } } } },
    creator: { modules: { deals: { actions: ['read', 'create'] }, accounts: { actions: ['create', 'read'] } } },
    reader: { modules: { deals: { actions: ['read'] } } },
  },
  users: {
    ada: { profiles: ['administrator'] },
    vera: { profiles: ['poor'] },
    cora: { profiles: ['creator'] },
    rita: { profiles: ['reader'] },
  },
  teams: { desk: { members: ['ada', 'vera'], membersGet: 'read' } },
  sharingRules: {
    names: {
      module: 'accounts',
      when: { field: 'name', op: 'ne', value: 'Nobody' },
      with: ['user:vera'],
      level: 'read',
    },
    above100: above(100, { with: ['user:vera'], level: 'read' }),
    above250: above(250, { with: ['user:vera'], level: 'edit' }),
    adas: { module: 'accounts', ownedBy: ['user:ada'], with: ['user:vera'], level: 'read' },
  },
  restrictionRules: {
    above150: above(150, { for: ['user:vera'], level: 'edit' }),
    above350: above(350, { for: ['user:vera'], level: 'read' }),
  },
}

function above<Rest>(value: number, rest: Rest) {
  return { module: 'accounts', when: { field: 'revenue', op: 'gt', value }, ...rest } as const
}

const { database, createOrganization } = await testDatabase()
const NOW = Date.parse('2026-03-02T10:00:00Z')
const { gateway, actor } = await createRecordsFixture(database, await createOrganization(), COMPANY, NOW)
const [ada, vera, cora, rita] = [actor('ada'), actor('vera'), actor('cora'), actor('rita')]

async function accountOf(revenue: number): Promise<string> {
  return (await gateway.create(ada, 'accounts', { name: `Of ${revenue}`, revenue })).id
}

async function toldVera(id: string) {
  const { own } = await gateway.access(vera, 'accounts', id)
  const { grants, caps } = await gateway.explain(vera, 'accounts', id, {})
  expect({ grants, caps }).toEqual({ grants: own.because, caps: own.limits })
  return own
}

it('of rules that turn on hidden values only what his level shows is told', async () => {
  const open = [
    { kind: 'member', level: 'read' },
    { kind: 'rule', by: 'names', level: 'read' },
  ]
  const more = { kind: 'rule', level: 'edit' }
  // A rule gives him again what he has, or takes nothing from it: no two of these can be told apart.
  for (const revenue of [50, 120, 200]) {
    expect(await toldVera(await accountOf(revenue))).toEqual({ level: 'read', because: open, limits: [] })
  }
  expect(await toldVera(await accountOf(300))).toEqual({ level: 'edit', because: [...open, more], limits: [] })
  expect(await toldVera(await accountOf(400))).toEqual({
    level: 'read',
    because: [...open, more],
    limits: [{ kind: 'restriction', level: 'read' }],
  })
})

it('whoever manages access is told all of it', async () => {
  const { grants, caps } = await gateway.explain(ada, 'accounts', await accountOf(400), { user: 'vera' })
  expect(grants.map(({ by }) => by)).toEqual(['desk', 'names', 'above100', 'above250', 'adas'])
  expect(caps.map(({ by }) => by)).toEqual(['above150', 'above350'])
})

it('no parent is told of that he does not read, whatever action he asks about', async () => {
  const account = await accountOf(50)
  const deal = (await gateway.create(ada, 'deals', { name: 'Big', account })).id
  await gateway.share(ada, 'deals', deal, { with: 'user:cora', level: 'read' })
  await gateway.share(ada, 'accounts', account, { with: 'user:rita', level: 'read' })
  for (const action of ['read', 'create', 'import']) {
    for (const who of [cora, rita]) {
      expect(JSON.stringify(await gateway.explain(who, 'deals', deal, { action }))).not.toContain(account)
    }
  }
  await gateway.share(ada, 'accounts', account, { with: 'user:cora', level: 'read' })
  expect(JSON.stringify(await gateway.explain(cora, 'deals', deal, { action: 'create' }))).toContain(account)
})
