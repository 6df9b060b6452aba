import { describe, expect, test } from 'vitest'
import { checkDocument } from './check-document.ts'
import { catalogue, changed, nordwind } from './checks/nordwind.test-data.ts'
import type { PolicyDocument } from './document.ts'

describe('a document in which nothing is wrong', () => {
  test('comes back complete and as written', () => {
    expect(checkDocument(nordwind, { catalogue })).toEqual({ problems: [], document: nordwind })
  })

  test('takes the sections that it leaves out from what is in force', () => {
    const roles = { ...nordwind.roles, intern: { parent: 'sales-rep' } }
    const { problems, document } = checkDocument({ bailiwick: 1, roles }, { catalogue, base: nordwind })
    expect(problems).toEqual([])
    expect(document).toEqual({ ...nordwind, roles })
  })
})

describe('together with what is in force', () => {
  const check = (input: unknown) => checkDocument(input, { catalogue, base: nordwind }).problems

  test('a section that drops what another names is refused, at the name', () => {
    const { board: _, ...groups } = nordwind.groups ?? {}
    const paths = check({ bailiwick: 1, groups }).map((problem) => problem.path)
    expect(paths).toEqual(['/groups/desk/members/3', '/invariants/bank-accounts-stay/nobody/except/0'])
  })

  test('the cure says which section was left as it is', () => {
    const [problem] = check({ bailiwick: 1, profiles: {} })
    expect(problem?.path).toBe('/users/anna/profiles/0')
    expect(problem?.cure).toContain('leaves the section `users` as it is')
  })

  test('a change may not leave access to nobody', () => {
    const problems = check({ bailiwick: 1, users: { mikko: { profiles: ['administrator'], status: 'suspended' } } })
    expect(problems.at(-1)).toMatchObject({ path: '/users', message: expect.stringContaining('manageAccess') })
  })

  test('manageAccess in a profile of one’s own is enough', () => {
    const profiles = { boss: { system: ['manageAccess'] } }
    const input: PolicyDocument = {
      bailiwick: 1,
      profiles: profiles as PolicyDocument['profiles'],
      users: { eva: { profiles: ['boss'] } },
    }
    expect(checkDocument(input, { catalogue }).problems).toEqual([])
  })
})

describe('all at once', () => {
  test('a malformed part does not hide what is wrong elsewhere, nor drag along what names it', () => {
    const broken = changed({
      '/roles/ceo': 5,
      '/roles/sales-rep/parent': 'sales-manger',
      '/users/anna/shoe': 44,
      '/users/anna/manager': 'miko',
      '/sharingRules/big-deals/level': 'none',
      '/sharingRules/big-deals/with/0': 'group:desks',
      '/restrictionRules/closed/when/any/0/field': 'stages',
    })
    expect(checkDocument(broken, { catalogue }).problems.map((problem) => problem.path)).toEqual([
      '/roles/ceo',
      '/users/anna/shoe',
      '/sharingRules/big-deals/level',
      '/roles/sales-rep/parent',
      '/users/anna/manager',
      '/sharingRules/big-deals/with/0',
      '/restrictionRules/closed/when/any/0/field',
    ])
  })

  test('where a section cannot be read, what names its entries is not blamed', () => {
    const paths = checkDocument(changed({ '/roles': ['ceo'] }), { catalogue }).problems.map((problem) => problem.path)
    expect(paths).toEqual(['/roles'])
  })

  test('near misses are named', () => {
    const cureOf = (changes: object) => checkDocument(changed({ ...changes }), { catalogue }).problems[0]?.cure
    expect(cureOf({ '/users/anna/role': 'slaes-rep' })).toBe('Did you mean `sales-rep`?')
    expect(cureOf({ '/users/anna/rolle': 'ceo' })).toBe('Did you mean `role`?')
    expect(cureOf({ '/organization/hierarchy': 'Roles' })).toBe('Did you mean `roles`?')
    expect(cureOf({ '/sharingRules/big-deals/when': { field: 'ammount', op: 'gt', value: 1 } })).toBe(
      'Did you mean `amount`?',
    )
    expect(cureOf({ '/sharingRules/big-deals/when': { field: 'stage', op: 'eq', value: 'won' } })).toBe(
      'Did you mean `Won`?',
    )
    expect(cureOf({ '/users/anna/role': 'zzzzzz' })).toBe('Name one of: ceo, sales-manager, sales-rep.')
  })

  test('paths are JSON pointers, with ~ and / escaped', () => {
    const [problem] = checkDocument({ ...nordwind, roles: { ...nordwind.roles, 'a/b~c': {} } }, { catalogue }).problems
    expect(problem?.path).toBe('/roles/a~1b~0c')
  })
})
