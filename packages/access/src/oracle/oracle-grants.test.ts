import { describe, expect, test } from 'vitest'
import type { ModuleCatalogue, PolicyDocument } from '../document.ts'
import type { RecordFacts } from '../facts.ts'
import { oracleAllows, oracleCaps, oracleGrants, oracleLevel, oracleRestores, type World } from '../oracle.ts'

const catalogue: ModuleCatalogue = {
  accounts: { fields: { name: { type: 'text', title: true }, region: { type: 'text' }, amount: { type: 'money' } } },
  contacts: {
    parent: 'account',
    fields: { name: { type: 'text', title: true }, account: { type: 'lookup', module: 'accounts' } },
  },
}

/** Anna sells under Mikko, under Carla; Tiina leads Pekka in support; Olli has left. */
const nordwind: PolicyDocument = {
  bailiwick: 1,
  organization: { timeZone: 'Europe/Helsinki', hierarchy: 'roles' },
  roles: { ceo: {}, manager: { parent: 'ceo' }, rep: { parent: 'manager' }, agent: { parent: 'ceo' } },
  profiles: {
    reader: { modules: { accounts: { actions: ['read'] }, contacts: { actions: ['read'] } } },
    idle: {},
  },
  users: {
    carla: { role: 'ceo', profiles: ['reader'] },
    mikko: { role: 'manager', profiles: ['reader'] },
    anna: { role: 'rep', manager: 'tiina', profiles: ['reader'] },
    bengt: { role: 'rep', profiles: ['reader'], attributes: { region: 'EMEA' } },
    tiina: { role: 'agent', profiles: ['reader'] },
    pekka: { role: 'agent', profiles: ['reader'] },
    olli: { role: 'rep', status: 'removed', profiles: ['reader'] },
  },
  teams: { support: { leaders: ['tiina'], members: ['pekka', 'anna'], leadersGet: 'none' } },
  groups: { inner: { members: ['role:agent'] }, outer: { members: ['group:inner', 'user:anna'] } },
}

function world(changes: Partial<PolicyDocument> = {}, circumstances: Partial<World> = {}): World {
  return { document: { ...nordwind, ...changes }, catalogue, now: Date.UTC(2026, 0, 15), ...circumstances }
}

function account(facts: Partial<RecordFacts> = {}): RecordFacts {
  return { module: 'accounts', owner: 'user:anna', confidential: false, values: {}, shares: [], ...facts }
}

function grantsOf(of: World, user: string, record: RecordFacts): string[] {
  return oracleGrants(of, user, record).map(({ grant, level }) => `${grant} ${level}`)
}

describe('each grant, alone', () => {
  test('the owner has full', () => {
    expect(grantsOf(world(), 'anna', account())).toEqual(['owner full'])
    expect(oracleLevel(world(), 'anna', account())).toBe('full')
  })

  test('nobody else has anything, where nothing else is said', () => {
    for (const user of ['bengt', 'pekka', 'tiina', 'stranger']) expect(grantsOf(world(), user, account())).toEqual([])
  })

  test('a team that owns a record gives its members edit and its leaders full', () => {
    const queued = account({ owner: 'team:support' })
    expect(grantsOf(world(), 'pekka', queued)).toEqual(['team edit'])
    expect(grantsOf(world(), 'tiina', queued)).toEqual(['team full'])
    expect(grantsOf(world(), 'mikko', queued)).toEqual([])
  })

  test('a leader has full on what the members own, unless the team says otherwise', () => {
    const unstated = world({ teams: { support: { leaders: ['tiina'], members: ['anna'] } } })
    expect(grantsOf(unstated, 'tiina', account())).toEqual(['leader full'])
    const told = world({ teams: { support: { leaders: ['tiina'], members: ['anna'], leadersGet: 'read' } } })
    expect(grantsOf(told, 'tiina', account())).toEqual(['leader read'])
  })

  test('fellow members have what the team says, and its leader is one of them', () => {
    const teams = { support: { leaders: ['tiina'], members: ['anna', 'pekka'], membersGet: 'edit' } } as const
    expect(grantsOf(world({ teams }), 'pekka', account())).toEqual(['member edit'])
    expect(grantsOf(world({ teams }), 'pekka', account({ owner: 'user:tiina' }))).toEqual(['member edit'])
    expect(grantsOf(world({ teams }), 'tiina', account())).toEqual(['leader full', 'member edit'])
  })

  test('peers have what their role says', () => {
    const roles = { ...nordwind.roles, rep: { parent: 'manager', peersGet: 'read' } } as const
    expect(grantsOf(world({ roles }), 'bengt', account())).toEqual(['peer read'])
    expect(grantsOf(world({ roles }), 'pekka', account())).toEqual([])
  })

  test('who stands above in the role tree has full, at any height, also over a leaver', () => {
    for (const user of ['mikko', 'carla']) {
      expect(grantsOf(world(), user, account())).toEqual(['superior full'])
      expect(grantsOf(world(), user, account({ owner: 'user:olli' }))).toEqual(['superior full'])
    }
    const modules = { accounts: { superiorsGet: 'read' } } as const
    expect(grantsOf(world({ modules }), 'mikko', account())).toEqual(['superior read'])
  })

  test('the hierarchy chooses between the role tree and the reporting line', () => {
    const under = (hierarchy: 'roles' | 'reporting' | 'both') => world({ organization: { hierarchy } })
    expect(grantsOf(under('reporting'), 'tiina', account())).toEqual(['superior full'])
    expect(grantsOf(under('reporting'), 'mikko', account())).toEqual([])
    for (const user of ['tiina', 'mikko']) expect(grantsOf(under('both'), user, account())).toEqual(['superior full'])
  })

  test('the sharing default is for everybody', () => {
    const modules = { accounts: { sharing: 'read' } } as const
    expect(grantsOf(world({ modules }), 'pekka', account())).toEqual(['default read'])
  })

  test('a sharing rule needs with, ownedBy and when at once', () => {
    const rule = (more: object) =>
      world({ sharingRules: { r: { module: 'accounts', with: ['group:outer'], level: 'edit', ...more } } })
    const ofBengt = account({ owner: 'user:bengt', values: { amount: 5 } })
    expect(grantsOf(rule({}), 'pekka', ofBengt)).toEqual(['rule edit'])
    expect(grantsOf(rule({}), 'mikko', account({ owner: 'user:tiina' }))).toEqual([])
    expect(grantsOf(rule({ ownedBy: ['role:rep'] }), 'pekka', ofBengt)).toEqual(['rule edit'])
    expect(grantsOf(rule({ ownedBy: ['role:ceo'] }), 'pekka', ofBengt)).toEqual([])
    expect(grantsOf(rule({ when: { field: 'amount', op: 'gt', value: 4 } }), 'pekka', ofBengt)).toEqual(['rule edit'])
    expect(grantsOf(rule({ when: { field: 'amount', op: 'gt', value: 5 } }), 'pekka', ofBengt)).toEqual([])
  })

  test('ownedBy: a team owner is just that team, a user owner everything that contains him, a stranger nothing', () => {
    const by = (ownedBy: string) =>
      world({ sharingRules: { r: { module: 'accounts', ownedBy: [ownedBy], with: ['user:bengt'], level: 'read' } } })
    const queued = account({ owner: 'team:support' })
    expect(grantsOf(by('team:support'), 'bengt', queued)).toEqual(['rule read'])
    for (const wide of ['everyone', 'group:outer']) expect(grantsOf(by(wide), 'bengt', queued)).toEqual([])
    for (const containing of ['team:support', 'role+:ceo', 'group:outer', 'everyone', 'user:anna']) {
      expect(grantsOf(by(containing), 'bengt', account())).toEqual(['rule read'])
    }
    expect(grantsOf(by('role:rep'), 'bengt', account({ owner: 'user:olli' }))).toEqual(['rule read'])
    expect(grantsOf(by('everyone'), 'bengt', account({ owner: 'user:gone' }))).toEqual([])
  })

  test('a share counts until the instant it expires', () => {
    const shared = account({ shares: [{ with: 'role+:ceo', level: 'read', expiresAt: 1000 }] })
    expect(grantsOf(world({}, { now: 999 }), 'pekka', shared)).toEqual(['share read'])
    expect(grantsOf(world({}, { now: 1000 }), 'pekka', shared)).toEqual([])
  })

  test('viewAll reads and modifyAll has full', () => {
    const profiles = (says: object) => world({ profiles: { reader: { modules: { accounts: says } } } })
    expect(grantsOf(profiles({ viewAll: true }), 'pekka', account())).toEqual(['profile read'])
    expect(grantsOf(profiles({ modifyAll: true }), 'pekka', account())).toEqual(['profile full'])
  })

  test('a record reaches as far as its parent, after the caps of the parent', () => {
    const contact: RecordFacts = { ...account({ owner: 'user:olli' }), module: 'contacts', parent: account() }
    expect(grantsOf(world(), 'anna', contact)).toEqual(['parent full'])
    const capped = world({ restrictionRules: { r: { module: 'accounts', for: ['user:anna'], level: 'read' } } })
    expect(grantsOf(capped, 'anna', contact)).toEqual(['parent read'])
    expect(grantsOf(world(), 'anna', { ...contact, parent: account({ deleted: true }) })).toEqual([])
    expect(grantsOf(world(), 'anna', { ...contact, parent: null })).toEqual([])
    const detached = world({ modules: { contacts: { parent: undefined } } })
    expect(grantsOf(detached, 'anna', contact)).toEqual([])
  })
})

describe('each cap, alone', () => {
  const secret = account({ confidential: true })

  test('a confidential record is kept from superiors, leaders, rules, defaults and overrides', () => {
    const open = world({
      modules: { accounts: { sharing: 'full' } },
      sharingRules: { r: { module: 'accounts', with: ['everyone'], level: 'full' } },
      profiles: { reader: { modules: { accounts: { actions: ['read'], modifyAll: true } } } },
    })
    for (const user of ['mikko', 'carla', 'tiina', 'pekka']) expect(oracleLevel(open, user, secret)).toBe('none')
  })

  test('it is open to its owner, to the team that owns it, and to whom a share reaches', () => {
    expect(oracleLevel(world(), 'anna', secret)).toBe('full')
    expect(oracleLevel(world(), 'pekka', { ...secret, owner: 'team:support' })).toBe('edit')
    const shared = account({ confidential: true, shares: [{ with: 'user:mikko', level: 'read' }] })
    expect(oracleLevel(world(), 'mikko', shared)).toBe('full')
    expect(oracleLevel(world(), 'carla', shared)).toBe('none')
  })

  test('superiors see it where the organization says so', () => {
    const organization = { confidentialSuperiors: true }
    expect(oracleLevel(world({ organization }), 'mikko', secret)).toBe('full')
    expect(oracleLevel(world({ organization }), 'bengt', secret)).toBe('none')
  })

  test('a restriction cuts whom it is for, not whom it excepts, and only where it holds', () => {
    const rule = (more: object) =>
      world({ restrictionRules: { r: { module: 'accounts', for: ['everyone'], level: 'read', ...more } } })
    expect(oracleLevel(rule({}), 'anna', account())).toBe('read')
    expect(oracleLevel(rule({ except: ['role:rep'] }), 'anna', account())).toBe('full')
    expect(oracleLevel(rule({ for: ['role:agent'] }), 'anna', account())).toBe('full')
    const when = { field: 'region', op: 'eq', value: 'EMEA' }
    expect(oracleLevel(rule({ when }), 'anna', account({ values: { region: 'emea' } }))).toBe('read')
    expect(oracleLevel(rule({ when }), 'anna', account({ values: { region: 'APAC' } }))).toBe('full')
    expect(oracleLevel(rule({ level: 'none' }), 'anna', account())).toBe('none')
  })

  test('a restriction gives nothing', () => {
    const rule = world({ restrictionRules: { r: { module: 'accounts', for: ['everyone'], level: 'edit' } } })
    expect(oracleCaps(rule, 'pekka', account())).toEqual([{ cap: 'restriction', level: 'edit' }])
    expect(oracleLevel(rule, 'pekka', account())).toBe('none')
  })
})

describe('the recycle bin', () => {
  const gone = account({ deleted: true })

  test('who could delete the record sees it, who could only read it does not', () => {
    const deleting = { modules: { accounts: { actions: ['read', 'delete'] } } } as const
    expect(oracleRestores(world({ profiles: { reader: deleting } }), 'anna', gone)).toBe(true)
    expect(oracleRestores(world(), 'anna', gone)).toBe(false)
    expect(oracleLevel(world(), 'anna', gone)).toBe('none')
  })

  test('modifyAll sees it though a cap would keep him from deleting it', () => {
    const profiles = { reader: { modules: { accounts: { actions: ['read'], modifyAll: true } } } } as const
    const capped = world({
      profiles,
      restrictionRules: { r: { module: 'accounts', for: ['everyone'], level: 'none' } },
    })
    expect(oracleRestores(capped, 'pekka', gone)).toBe(true)
    expect(oracleAllows(capped, 'pekka', 'read', account())).toBe(false)
  })

  test('nothing else is done to it', () => {
    const anna = world({ users: { anna: { profiles: ['administrator'] } } })
    expect(oracleRestores(anna, 'anna', gone)).toBe(true)
    expect(oracleRestores(anna, 'anna', account())).toBe(false)
    for (const action of ['read', 'update', 'delete', 'comment', 'share', 'export'] as const) {
      expect(oracleAllows(anna, 'anna', action, gone)).toBe(false)
    }
  })
})
