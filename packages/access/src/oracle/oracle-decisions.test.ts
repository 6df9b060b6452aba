import { describe, expect, test } from 'vitest'
import type { FieldAccess, ModuleCatalogue, PolicyDocument, ProfileDefinition } from '../document.ts'
import type { RecordFacts } from '../facts.ts'
import {
  oracleAllows,
  oracleAllowsOnModule,
  oracleAudience,
  oracleCanSignIn,
  oracleFieldAccess,
  oracleFields,
  oracleHasSystemPermission,
  oracleList,
  type World,
} from '../oracle.ts'

const catalogue: ModuleCatalogue = {
  accounts: {
    fields: {
      name: { type: 'text', title: true },
      website: { type: 'url', sensitivity: 'public' },
      bankAccount: { type: 'text', sensitivity: 'restricted' },
    },
  },
}
const document: PolicyDocument = {
  bailiwick: 1,
  organization: { timeZone: 'Europe/Helsinki' },
  profiles: { sales: { modules: { accounts: { actions: ['create', 'read', 'update'] } } } },
  users: {
    anna: { profiles: ['sales'] },
    rooth: { profiles: ['administrator'] },
    olli: { profiles: ['administrator', 'sales'], status: 'suspended' },
    idle: {},
  },
}
const ofAnna: RecordFacts = { module: 'accounts', owner: 'user:anna', confidential: false, values: {}, shares: [] }

function world(circumstances: Partial<World> = {}): World {
  return { document, catalogue, now: Date.UTC(2026, 0, 15, 12), ...circumstances }
}

function withProfiles(...profiles: ProfileDefinition[]): World {
  const named = Object.fromEntries(profiles.map((profile, index) => [`p${index}`, profile]))
  return world({ document: { ...document, profiles: named, users: { anna: { profiles: Object.keys(named) } } } })
}

describe('the decision', () => {
  test('needs the level and the action', () => {
    expect(oracleAllows(world(), 'anna', 'update', ofAnna)).toBe(true)
    expect(oracleAllows(world(), 'anna', 'delete', ofAnna)).toBe(false)
    expect(oracleAllows(world(), 'anna', 'read', { ...ofAnna, owner: 'user:rooth' })).toBe(false)
    expect(oracleAllows(world(), 'rooth', 'delete', ofAnna)).toBe(true)
  })

  test('ownership gives no action, and no action goes without read, but create and import', () => {
    const writing = withProfiles({ modules: { accounts: { actions: ['create', 'import', 'update', 'mass'] } } })
    for (const action of ['read', 'update', 'mass'] as const) {
      expect(oracleAllows(writing, 'anna', action, ofAnna)).toBe(false)
    }
    for (const action of ['create', 'import'] as const) {
      expect(oracleAllowsOnModule(writing, 'anna', action, 'accounts')).toBe(true)
    }
  })

  test('read may come from another of the profiles', () => {
    const two = withProfiles(
      { modules: { accounts: { actions: ['update'] } } },
      { modules: { accounts: { actions: ['read'] } } },
    )
    expect(oracleAllows(two, 'anna', 'update', ofAnna)).toBe(true)
  })

  test('an unlicensed module, an unknown one, a suspended user, one without profiles and a stranger: nothing', () => {
    expect(oracleAllows(world({ licensed: new Set() }), 'rooth', 'read', ofAnna)).toBe(false)
    expect(oracleAllowsOnModule(world(), 'rooth', 'create', 'constructor')).toBe(false)
    for (const user of ['olli', 'idle', 'stranger', 'constructor']) {
      expect(oracleAllows(world(), user, 'read', { ...ofAnna, owner: `user:${user}` })).toBe(false)
      expect(oracleCanSignIn(world(), user)).toBe(false)
      expect(oracleHasSystemPermission(world(), user, 'manageAccess')).toBe(false)
    }
  })

  test('the list and the audience are the same answers, asked the other way round', () => {
    const other: RecordFacts = { ...ofAnna, owner: 'user:rooth' }
    expect(oracleList(world(), 'anna', 'read', 'accounts', [ofAnna, other])).toEqual([ofAnna])
    expect(oracleList(world(), 'rooth', 'read', 'accounts', [ofAnna, other])).toEqual([ofAnna, other])
    expect(oracleAudience(world(), ofAnna)).toEqual([
      { user: 'anna', level: 'full' },
      { user: 'rooth', level: 'full' },
    ])
  })
})

describe('sign-in', () => {
  const office: ProfileDefinition = { signIn: [{ days: ['fri'], from: '07:00', to: '19:00' }] }
  const at = (of: World, iso: string, ip?: string) => oracleCanSignIn({ ...of, now: Date.parse(iso), ip }, 'anna')

  test('a window runs from its first minute up to its last, on the clock of the organization', () => {
    expect(at(withProfiles(office), '2026-01-16T04:59:59.999Z')).toBe(false)
    expect(at(withProfiles(office), '2026-01-16T05:00:00Z')).toBe(true)
    expect(at(withProfiles(office), '2026-01-16T16:59:59.999Z')).toBe(true)
    expect(at(withProfiles(office), '2026-01-16T17:00:00Z')).toBe(false)
    expect(at(withProfiles(office), '2026-01-15T12:00:00Z')).toBe(false)
  })

  test('a window that passes midnight belongs to the day on which it starts', () => {
    const night = withProfiles({ signIn: [{ days: ['fri'], from: '22:00', to: '06:00', timeZone: 'UTC' }] })
    expect(at(night, '2026-01-16T23:00:00Z')).toBe(true)
    expect(at(night, '2026-01-17T05:59:00Z')).toBe(true)
    expect(at(night, '2026-01-17T06:00:00Z')).toBe(false)
    expect(at(night, '2026-01-16T05:00:00Z')).toBe(false)
    expect(at(night, '2026-01-17T23:00:00Z')).toBe(false)
  })

  test('24:00 is the end of the day', () => {
    const late = withProfiles({ signIn: [{ days: ['fri'], from: '20:00', to: '24:00', timeZone: 'UTC' }] })
    expect(at(late, '2026-01-16T23:59:59.999Z')).toBe(true)
    expect(at(late, '2026-01-17T00:00:00Z')).toBe(false)
  })

  test('a network restricts who is known to come from elsewhere', () => {
    const inside = withProfiles({ networks: ['10.0.0.0/8', '2001:db8::/33'] })
    const now = '2026-01-16T12:00:00Z'
    expect(at(inside, now)).toBe(true)
    for (const ip of ['10.255.0.1', '::ffff:10.1.2.3', '2001:db8:7fff::1']) expect(at(inside, now, ip)).toBe(true)
    for (const ip of ['11.0.0.1', '2001:db8:8000::1', '::10.1.2.3', 'nonsense', '']) {
      expect(at(inside, now, ip)).toBe(false)
    }
  })

  test('window and network of one profile must allow together; any profile will do', () => {
    const strict: ProfileDefinition = { ...office, networks: ['10.0.0.0/8'] }
    expect(at(withProfiles(strict), '2026-01-16T12:00:00Z', '10.0.0.1')).toBe(true)
    expect(at(withProfiles(strict), '2026-01-16T12:00:00Z', '11.0.0.1')).toBe(false)
    const split = withProfiles(office, { networks: ['10.0.0.0/8'] })
    expect(at(split, '2026-01-16T12:00:00Z', '11.0.0.1')).toBe(true)
    expect(at(split, '2026-01-15T12:00:00Z', '10.0.0.1')).toBe(true)
    expect(at(split, '2026-01-15T12:00:00Z', '11.0.0.1')).toBe(false)
  })
})

describe('fields', () => {
  const reading = (clearance: 'public' | 'restricted' | undefined, fields?: { [field: string]: FieldAccess }) =>
    ({ clearance, modules: { accounts: { actions: ['read'], fields } } }) as const
  const access = (of: World, field: string) => oracleFieldAccess(of, 'anna', 'accounts', field)

  test('an unlisted field has the default, but is hidden above the clearance', () => {
    expect(access(withProfiles(reading(undefined)), 'name')).toBe('edit')
    expect(access(withProfiles(reading(undefined, { default: 'read' })), 'name')).toBe('read')
    expect(access(withProfiles(reading(undefined)), 'bankAccount')).toBe('hidden')
    expect(access(withProfiles(reading('restricted')), 'bankAccount')).toBe('edit')
    expect(access(withProfiles(reading('public')), 'name')).toBe('hidden')
    expect(access(withProfiles(reading('public')), 'website')).toBe('edit')
    expect(access(withProfiles(reading('public')), 'externalId')).toBe('hidden')
  })

  test('a listed field has what is listed, whatever the clearance', () => {
    expect(access(withProfiles(reading('public', { bankAccount: 'masked' })), 'bankAccount')).toBe('masked')
    expect(access(withProfiles(reading('restricted', { bankAccount: 'hidden' })), 'bankAccount')).toBe('hidden')
  })

  test('the highest of the profiles that read counts, and no other', () => {
    const two = withProfiles(reading('public', { bankAccount: 'masked' }), reading('restricted', { default: 'read' }))
    expect(access(two, 'bankAccount')).toBe('read')
    const writer = { modules: { accounts: { actions: ['update'], fields: { bankAccount: 'edit' } } } } as const
    expect(access(withProfiles(writer, reading('public')), 'bankAccount')).toBe('hidden')
    expect(access(withProfiles(writer), 'name')).toBe('hidden')
  })

  test('system fields are read, can be hidden, and never edited; id and version are always there', () => {
    expect(access(withProfiles(reading('public', { default: 'hidden' })), 'createdAt')).toBe('read')
    const listed = reading('public', { createdAt: 'hidden', owner: 'edit', id: 'hidden', version: 'hidden' })
    expect(access(withProfiles(listed), 'createdAt')).toBe('hidden')
    for (const field of ['owner', 'id', 'version']) expect(access(withProfiles(listed), field)).toBe('read')
    expect(access(withProfiles({}), 'id')).toBe('hidden')
  })

  test('the administrator edits every field there is, and no field there is not', () => {
    const all = oracleFields(world(), 'rooth', 'accounts')
    for (const field of ['name', 'website', 'bankAccount', 'externalId']) expect(all.get(field)).toBe('edit')
    expect(oracleFieldAccess(world(), 'rooth', 'accounts', 'constructor')).toBe('hidden')
    expect([...oracleFields(world(), 'olli', 'accounts').values()].every((each) => each === 'hidden')).toBe(true)
  })
})
