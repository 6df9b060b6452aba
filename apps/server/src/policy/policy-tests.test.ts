import { BUILT_IN_MODULES, type PolicyDocument, type RecordFacts, type TestDefinition } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { compileExaminedPolicy } from './examined-policy.ts'
import { checkInvariants } from './policy-invariants.ts'
import { runPolicyTests } from './policy-tests.ts'

const SUNDAY = Date.parse('2026-03-01T12:00:00Z')
const WEEKDAYS = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '07:00', to: '19:00' } as const

/** Anna sells, Mikko is her manager, Pekka supports, Sanna has left. */
const COMPANY: PolicyDocument = {
  bailiwick: 1,
  roles: { manager: {}, rep: { parent: 'manager' } },
  profiles: {
    sales: {
      signIn: [WEEKDAYS],
      networks: ['10.0.0.0/8'],
      modules: {
        accounts: { actions: ['create', 'read', 'update', 'delete'] },
        contacts: { actions: ['read', 'update'] },
      },
    },
    support: { clearance: 'public', modules: { accounts: { actions: ['read'] } } },
  },
  users: {
    anna: { name: 'Anna', role: 'rep', profiles: ['sales'] },
    mikko: { name: 'Mikko', role: 'manager', profiles: ['sales'] },
    pekka: { name: 'Pekka', profiles: ['support'] },
    sanna: { name: 'Sanna', status: 'suspended', role: 'rep', profiles: ['sales'] },
  },
  teams: { desk: { members: ['pekka'] } },
  groups: { finance: { members: ['user:mikko'] } },
  modules: {
    accounts: { fields: { bankAccount: { type: 'text', sensitivity: 'restricted' } } },
    contacts: { parent: 'account' },
  },
}

async function failuresOf(
  test: TestDefinition,
  document: PolicyDocument = COMPANY,
  stored: readonly RecordFacts[] = [],
) {
  const policy = compileExaminedPolicy({ ...document, tests: { example: test } }, BUILT_IN_MODULES)
  const [result] = await runPolicyTests(policy, { now: SUNDAY }, async (module, id) =>
    stored.find((facts) => facts.module === module && facts.id === id),
  )
  return result?.failures
}

describe('A test of the policy', () => {
  const annas = { owner: 'user:anna', name: 'Acme' }

  it('passes where everything is as it says', async () => {
    expect(await failuresOf({ as: 'user:anna', module: 'accounts', record: annas, can: ['read', 'delete'] })).toEqual(
      [],
    )
    expect(await failuresOf({ as: 'user:pekka', module: 'accounts', record: annas, cannot: ['read'] })).toEqual([])
  })

  it('says what is missing', async () => {
    expect(await failuresOf({ as: 'user:pekka', module: 'accounts', record: annas, can: ['read', 'delete'] })).toEqual([
      "user:pekka should be able to read this record of accounts, but can't: the level is none, and read is needed.",
      "user:pekka should be able to delete this record of accounts, but can't: no profile grants delete on accounts and the level is none, and full is needed.",
    ])
  })

  it('says what grants too much', async () => {
    expect(await failuresOf({ as: 'user:mikko', module: 'accounts', record: annas, cannot: ['read'] })).toEqual([
      'user:mikko should not be able to read this record of accounts, but can: level full by superior.',
    ])
  })

  it('gives the same answer on a Sunday and from nowhere', async () => {
    expect(await failuresOf({ as: 'user:anna', module: 'accounts', record: annas, can: ['read'] })).toEqual([])
  })

  it('compares the access to fields', async () => {
    const fields = { name: 'edit', bankAccount: 'read' } as const
    expect(await failuresOf({ as: 'user:anna', module: 'accounts', fields })).toEqual([
      'The field bankAccount should be read for user:anna, but is hidden.',
    ])
  })

  it('without a record asks for some record to do it to, and for none', async () => {
    expect(
      await failuresOf({ as: 'user:anna', module: 'accounts', can: ['update', 'create'], cannot: ['export'] }),
    ).toEqual([])
    expect(await failuresOf({ as: 'user:anna', module: 'accounts', cannot: ['update'] })).toHaveLength(1)
  })

  it('asks every active person of a group', async () => {
    const failures = await failuresOf({ as: 'role+:manager', module: 'accounts', record: annas, cannot: ['delete'] })
    expect(failures).toHaveLength(2)
  })

  it('finds a suspended person able to do nothing', async () => {
    const sannas = { owner: 'user:sanna' }
    expect(await failuresOf({ as: 'user:sanna', module: 'accounts', record: sannas, cannot: ['read'] })).toEqual([])
    expect(await failuresOf({ as: 'user:sanna', module: 'accounts', record: sannas, can: ['read'] })).toEqual([
      "user:sanna should be able to read this record of accounts, but can't: the person is suspended and the level is none, and read is needed.",
    ])
  })

  it('follows shares, confidentiality and a made-up parent', async () => {
    const shared = { ...annas, confidential: true, shares: [{ with: 'team:desk', level: 'read' }] } as const
    expect(await failuresOf({ as: 'user:pekka', module: 'accounts', record: shared, can: ['read'] })).toEqual([])
    expect(await failuresOf({ as: 'user:mikko', module: 'accounts', record: shared, cannot: ['read'] })).toEqual([])
    const contact = { owner: 'user:pekka', account: annas }
    expect(await failuresOf({ as: 'user:anna', module: 'contacts', record: contact, can: ['update'] })).toEqual([])
  })

  it('counts an expired share for nothing', async () => {
    const shares = [{ with: 'user:pekka', level: 'read', expiresAt: '2026-02-28T00:00:00Z' }] as const
    expect(
      await failuresOf({ as: 'user:pekka', module: 'accounts', record: { ...annas, shares }, cannot: ['read'] }),
    ).toEqual([])
  })

  it('may ask about a real record, alone or as the parent', async () => {
    const real: RecordFacts = {
      module: 'accounts',
      id: 'r1',
      owner: 'user:anna',
      confidential: false,
      values: {},
      shares: [],
    }
    const asAnna = { as: 'user:anna', can: ['read'] } as const
    expect(await failuresOf({ ...asAnna, module: 'accounts', record: { id: 'r1' } }, COMPANY, [real])).toEqual([])
    expect(
      await failuresOf({ ...asAnna, module: 'contacts', record: { owner: 'user:pekka', account: 'r1' } }, COMPANY, [
        real,
      ]),
    ).toEqual([])
    expect(await failuresOf({ ...asAnna, module: 'accounts', record: { id: 'r2' } }, COMPANY, [real])).toEqual([
      'There is no record r2 in accounts.',
    ])
  })
})

describe('An invariant', () => {
  const check = (document: PolicyDocument) => checkInvariants(compileExaminedPolicy(document, BUILT_IN_MODULES))[0]
  const deletes = { nobody: { except: ['group:finance'] }, can: 'delete', on: 'accounts' } as const

  it('names who breaks it', () => {
    expect(check({ ...COMPANY, invariants: { example: deletes } })).toEqual({
      invariant: 'example',
      holds: false,
      violators: ['anna'],
      failure: 'Anna (user:anna) can delete accounts.',
    })
  })

  it('holds where only the excepted can, and the suspended could', () => {
    const except = ['group:finance', 'user:anna']
    expect(check({ ...COMPANY, invariants: { example: { ...deletes, nobody: { except } } } })).toMatchObject({
      holds: true,
    })
  })

  it('is not kept by the hour at which it is asked', () => {
    expect(check({ ...COMPANY, invariants: { example: { ...deletes, nobody: {} } } })).toMatchObject({
      violators: ['anna', 'mikko'],
    })
  })

  it('of a field looks at the access to it', () => {
    const reads = { nobody: {}, can: 'read', on: 'accounts' } as const
    const bank = { ...COMPANY, invariants: { example: { ...reads, field: 'bankAccount' } } }
    expect(check(bank)).toMatchObject({ holds: true })
    const sales = { ...COMPANY.profiles?.sales, clearance: 'restricted' } as const
    expect(check({ ...bank, profiles: { ...COMPANY.profiles, sales } })).toMatchObject({
      violators: ['anna', 'mikko'],
      failure: 'Anna (user:anna), Mikko (user:mikko) can read bankAccount of accounts.',
    })
  })

  it('counts whose profile allows it but whom nothing grants a record as unable', () => {
    const users = { outsider: { profiles: ['viewer'] } }
    const profiles = { viewer: { modules: { accounts: { actions: ['read'] } } } } as const
    const rule = { nobody: {}, can: 'read', on: 'accounts' } as const
    const ownOnly = check({ bailiwick: 1, users, profiles, invariants: { example: rule } })
    expect(ownOnly).toMatchObject({ violators: ['outsider'] })
    const shut = { all: { module: 'accounts', for: ['everyone'], level: 'none' } } as const
    expect(
      check({ bailiwick: 1, users, profiles, restrictionRules: shut, invariants: { example: rule } }),
    ).toMatchObject({
      holds: true,
    })
  })
})
