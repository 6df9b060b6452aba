import { canonicalDocument, type PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { ADA, createPolicyFixture, NOW, PARTS } from './policy-fixture.ts'
import { PolicyRefused, PolicyVersionMissing } from './policy-refusals.ts'
import { readPolicyText, writePolicyText } from './policy-text.ts'
import { readStoredPolicy } from './store.ts'
import { compareVersions, getVersion, listVersions, restoreVersion } from './versions.ts'

const { database, createOrganization } = await testDatabase()

const ADMINISTRATOR = { name: ADA.name, email: ADA.email, profiles: ['administrator'] }
const SITES = { fields: { name: { type: 'text', title: true } } } as const

async function fixture() {
  const made = await createPolicyFixture(database, await createOrganization())
  const reader = database.organization(made.organization)
  const restore = (number: number, destroy: string[] = []) =>
    restoreVersion(database, { organization: made.organization, number, author: 'operator', now: NOW, destroy }, PARTS)
  return { ...made, reader, restore }
}

describe('Versions', () => {
  it('are listed newest first, a page at a time', async () => {
    const { apply, organization, reader } = await fixture()
    for (const role of ['a', 'b', 'c']) await apply({ bailiwick: 1, roles: { [role]: {} } })
    const numbers = async (page: { limit: number; before?: number }) =>
      (await listVersions(reader, organization, page)).map(({ number }) => number)
    expect(await numbers({ limit: 3 })).toEqual([4, 3, 2])
    expect(await numbers({ limit: 3, before: 2 })).toEqual([1])
  })

  it('are compared in either direction, and with themselves', async () => {
    const { apply, organization, reader } = await fixture()
    await apply({ bailiwick: 1, roles: { ceo: {} } })
    await apply({ bailiwick: 1, roles: { ceo: { name: 'Chief' } } })
    const compare = (from: number, to: number) => compareVersions(reader, organization, from, to)
    expect(await compare(2, 3)).toEqual([{ path: '/roles/ceo/name', kind: 'added', after: 'Chief' }])
    expect(await compare(3, 2)).toEqual([{ path: '/roles/ceo/name', kind: 'removed', before: 'Chief' }])
    expect(await compare(3, 3)).toEqual([])
    await expect(compare(3, 4)).rejects.toThrow(PolicyVersionMissing)
  })
})

describe('A version that leaves the users as they are', () => {
  const BEN = { name: 'Ben', email: 'ben@acme.example', profiles: ['administrator'] }

  /** Which versions hold users themselves, and which name another one for them. */
  async function holdersOf(reader: Awaited<ReturnType<typeof fixture>>['reader']) {
    const { rows } = await sql<{ number: number; users_from: number | null; holds: boolean }>`
      select number, users_from, document #> '{users,ada}' is not null as holds from policy_versions order by number`.execute(
      reader,
    )
    return rows.map(({ number, users_from, holds }) => [number, users_from, holds])
  }

  it('names the one that holds them, and is read as if it held them', async () => {
    const { apply, organization, reader } = await fixture()
    await apply({ bailiwick: 1, roles: { ceo: {} } })
    await apply({ bailiwick: 1, roles: { ceo: { name: 'Chief' } } })
    expect(await holdersOf(reader)).toEqual([
      [1, null, true],
      [2, 1, false],
      [3, 1, false],
    ])
    const [first, third] = [await getVersion(reader, organization, 1), await getVersion(reader, organization, 3)]
    expect(third.document.users).toEqual(first.document.users)
    const stored = await readStoredPolicy(reader, organization)
    expect(stored?.document).toEqual(third.document)
    const { roles, ...rest } = third.document
    expect([roles, rest]).toEqual([{ ceo: { name: 'Chief' } }, first.document])
  })

  it('has its sections in the order in which it was written', async () => {
    const { apply, organization, reader } = await fixture()
    await apply({ bailiwick: 1, teams: { desk: {} } })
    await apply({ bailiwick: 1, users: { ada: ADMINISTRATOR, ben: BEN } })
    const [own, shared] = [
      Object.keys((await getVersion(reader, organization, 3)).document),
      Object.keys((await getVersion(reader, organization, 2)).document),
    ]
    expect(shared).toEqual(own)
  })

  it('is followed by one that holds its own where they change, and can be brought back', async () => {
    const { apply, restore, organization, reader } = await fixture()
    await apply({ bailiwick: 1, roles: { ceo: {} } })
    await apply({ bailiwick: 1, users: { ada: ADMINISTRATOR, ben: BEN } })
    await apply({ bailiwick: 1, roles: { ceo: { name: 'Chief' } } })
    await restore(2)
    expect((await holdersOf(reader)).map(([, from]) => from)).toEqual([null, 1, null, 3, null])
    const [second, fifth] = [await getVersion(reader, organization, 2), await getVersion(reader, organization, 5)]
    expect(Object.keys(fifth.document.users ?? {})).toEqual(['ada'])
    expect(canonicalDocument(fifth.document)).toEqual(canonicalDocument(second.document))
  })
})

describe('Bringing a version back', () => {
  it('makes a new one of it, sections that it did not have included', async () => {
    const { apply, restore, organization, reader } = await fixture()
    await apply({ bailiwick: 1, roles: { ceo: {} }, modules: { sites: SITES } })
    expect(await restore(1)).toMatchObject({ version: 3, changes: [{ kind: 'removed' }, { kind: 'removed' }] })
    expect(await compareVersions(reader, organization, 1, 3)).toEqual([])
    expect(await getVersion(reader, organization, 3)).toMatchObject({ reason: 'Back to version 1' })
  })

  it('of the one that stands does nothing', async () => {
    const { restore } = await fixture()
    expect(await restore(1)).toEqual({ version: 1, changes: [] })
  })

  it('is refused like any other where data would go, unless agreed to', async () => {
    const { apply, restore, addRecord } = await fixture()
    await apply({ bailiwick: 1, modules: { sites: SITES } })
    await addRecord('sites', 'user:ada')
    await expect(restore(1)).rejects.toThrow(PolicyRefused)
    expect(await restore(1, ['sites'])).toMatchObject({ version: 3 })
  })

  it('that never was is an error', async () => {
    const { restore } = await fixture()
    await expect(restore(9)).rejects.toThrow(PolicyVersionMissing)
  })
})

describe('Export and apply', () => {
  const DOCUMENT: PolicyDocument = {
    bailiwick: 1,
    organization: { name: 'Acme', timeZone: 'Europe/Helsinki', hierarchy: 'both' },
    roles: { ceo: { name: { en: 'Chief', fi: 'Johtaja' } }, rep: { parent: 'ceo', peersGet: 'read' } },
    profiles: {
      sales: {
        clearance: 'confidential',
        signIn: [{ days: ['mon', 'sun'], from: '07:00', to: '24:00' }],
        networks: ['10.0.0.0/8'],
        modules: { sites: { actions: ['read'], fields: { default: 'read', code: 'masked' } } },
      },
    },
    users: {
      ada: ADMINISTRATOR,
      zoe: { role: 'rep', manager: 'ada', profiles: ['sales'], attributes: { region: '007' } },
    },
    teams: { desk: { leaders: ['zoe'], membersGet: 'read' } },
    groups: { all: { members: ['role+:ceo', 'team:desk'] } },
    modules: { sites: { fields: { ...SITES.fields, code: { type: 'text', mask: 'last4' } } } },
    sharingRules: {
      wide: { module: 'sites', when: { field: 'name', op: 'eq', value: 'yes' }, with: ['everyone'], level: 'read' },
    },
    restrictionRules: { shut: { module: 'sites', for: ['group:all'], level: 'read' } },
    tests: {
      zoe: {
        as: 'user:zoe',
        module: 'sites',
        record: { owner: 'user:ada', name: 'Yes' },
        can: ['read'],
        cannot: ['delete'],
      },
    },
    invariants: { none: { nobody: { except: ['user:ada'] }, can: 'delete', on: 'sites' } },
  }

  it('together change nothing', async () => {
    const { apply, organization, reader } = await fixture()
    expect(await apply(DOCUMENT)).toMatchObject({ version: 2 })
    const exported = await getVersion(reader, organization, 2)
    expect(canonicalDocument(exported.document)).toEqual(canonicalDocument(DOCUMENT))
    const read = readPolicyText(writePolicyText(exported.document))
    if (!('input' in read)) throw new Error('The export was not readable.')
    expect(await apply(read.input)).toEqual({ version: 2, changes: [] })
  })

  it('move a policy to another organization', async () => {
    const [one, other] = [await fixture(), await fixture()]
    await one.apply(DOCUMENT)
    const { document } = await getVersion(one.reader, one.organization, 2)
    await other.apply(document)
    expect((await getVersion(other.reader, other.organization, 2)).document).toEqual(document)
  })
})
