import { describe, expect, test } from 'vitest'
import { checkDocument } from '../check-document.ts'
import type { Case } from './nordwind.test-data.ts'
import { catalogue, nordwind, outcomeOf } from './nordwind.test-data.ts'

const cases: Case[] = [
  ['a parent role that is not there', { '/roles/ceo/parent': 'owner' }, '/roles/ceo/parent', 'no role `owner`'],
  ['a role above itself', { '/roles/ceo/parent': 'ceo' }, '/roles/ceo/parent', 'ceo → ceo'],
  [
    'roles in a circle',
    { '/roles/ceo/parent': 'sales-rep' },
    '/roles/ceo/parent',
    'ceo → sales-rep → sales-manager → ceo',
  ],
  ['a user’s role that is not there', { '/users/anna/role': 'boss' }, '/users/anna/role', 'no role `boss`'],
  ['a manager who is not there', { '/users/mikko/manager': 'ceo' }, '/users/mikko/manager', 'no user `ceo`'],
  ['managers in a circle', { '/users/mikko/manager': 'anna' }, '/users/anna/manager', 'anna → mikko → anna'],
  ['a profile that is not there', { '/users/anna/profiles/1': 'boss' }, '/users/anna/profiles/1', 'no profile `boss`'],
  [
    'an attribute called id',
    { '/users/anna/attributes/id': 'x' },
    '/users/anna/attributes/id',
    'has the attribute `id` already',
  ],
  ['an attribute called role', { '/users/anna/attributes/role': 'x' }, '/users/anna/attributes/role', 'already'],
  [
    'one e-mail twice, whatever its case',
    { '/users/tiina/email': 'ANNA@nordwind.example' },
    '/users/tiina/email',
    '`anna` has',
  ],
  ['a leader who is not there', { '/teams/support/leaders': ['tina'] }, '/teams/support/leaders/0', 'no user `tina`'],
  ['a member who is not there', { '/teams/support/members/1': 'role' }, '/teams/support/members/1', 'no user `role`'],
  [
    'a group’s user who is not there',
    { '/groups/board/members/1': 'user:eva' },
    '/groups/board/members/1',
    'no user `eva`',
  ],
  [
    'a group’s role that is not there',
    { '/groups/board/members/1': 'role+:cfo' },
    '/groups/board/members/1',
    'no role `cfo`',
  ],
  [
    'a group’s team that is not there',
    { '/groups/board/members/1': 'team:desk' },
    '/groups/board/members/1',
    'no team `desk`',
  ],
  [
    'a member that is no principal',
    { '/groups/board/members/1': 'anna' },
    '/groups/board/members/1',
    'is not a principal',
  ],
  ['groups in a circle', { '/groups/board/members/1': 'group:desk' }, '/groups/desk/members', 'desk → board → desk'],
  [
    'access that nobody manages',
    { '/users/mikko/profiles': ['sales'] },
    '/users',
    'No active user would hold manageAccess',
  ],
  [
    'access that only a leaver manages',
    { '/users/mikko/status': 'removed' },
    '/users',
    'No active user would hold manageAccess',
  ],
  [
    'a profile in place of the built-in one',
    { '/profiles/administrator': { system: [] } },
    '/profiles/administrator',
    'built in',
  ],
  [
    'actions on a module that no profile reads',
    { '/profiles/loader/modules/contacts': { actions: ['import', 'overwrite', 'mass'] } },
    '/profiles/loader/modules/contacts/actions',
    'Nobody could use overwrite, mass here',
  ],
  [
    'viewAll of a module that no profile reads',
    { '/profiles/loader/modules/contacts': { viewAll: true } },
    '/profiles/loader/modules/contacts/viewAll',
    'Nobody could use viewAll',
  ],
  [
    'modifyAll of a module that no profile reads',
    { '/profiles/loader/modules/contacts': { modifyAll: true } },
    '/profiles/loader/modules/contacts/modifyAll',
    'Nobody could use modifyAll',
  ],
  [
    'a profile’s module that is not there',
    { '/profiles/loader/modules/acounts': {} },
    '/profiles/loader/modules/acounts',
    'no module `acounts`',
  ],
  [
    'a profile’s field that is not there',
    { '/profiles/sales/modules/deals/fields': { value: 'read' } },
    '/profiles/sales/modules/deals/fields/value',
    'no field of `deals` `value`',
  ],
]

describe('people and profiles', () => {
  test.each(cases)('%s is refused', (_title, changes, path, message) => {
    const oneProblem = { paths: [path], message: expect.stringContaining(message), isCured: true, document: undefined }
    expect(outcomeOf(changes)).toEqual(oneProblem)
  })

  test('a profile may list system fields and externalId', () => {
    const profiles = {
      ...nordwind.profiles,
      more: { modules: { sites: { actions: ['read'], fields: { createdAt: 'hidden', externalId: 'read' } } } },
    }
    expect(checkDocument({ ...nordwind, profiles }, { catalogue }).problems).toEqual([])
  })

  test('a profile may add to what another one reads', () => {
    const adds = { actions: ['overwrite', 'delete'], viewAll: true, modifyAll: true }
    const { document } = outcomeOf({ '/profiles/loader/modules/accounts': adds })
    expect(document?.profiles?.loader?.modules?.accounts).toEqual(adds)
  })

  test('each circle is told once', () => {
    const roles = { a: { parent: 'b' }, b: { parent: 'a' }, c: { parent: 'a' }, d: { parent: 'd' } }
    const { problems } = checkDocument(
      { bailiwick: 1, roles, users: { eva: { profiles: ['administrator'] } } },
      { catalogue },
    )
    expect(problems.map((problem) => problem.path)).toEqual(['/roles/a/parent', '/roles/d/parent'])
  })
})
