import type { Key, PolicyDocument } from '../document.ts'
import type { Change } from './change.ts'

/** The policy as it is after the change; the same for what is no matter of policy. */
export function changeDocument(document: PolicyDocument, change: Change): PolicyDocument {
  return { ...document, ...changedSections(document, change) }
}

function changedSections(document: PolicyDocument, change: Change): Partial<PolicyDocument> {
  switch (change.kind) {
    case 'activate':
      return { users: changed(document.users, change.user, () => ({ status: 'active' })) }
    case 'giveProfile': {
      const { user, profile } = change
      return { users: changed(document.users, user, ({ profiles = [] }) => ({ profiles: [...profiles, profile] })) }
    }
    case 'takeRole':
      return { users: changed(document.users, change.user, () => ({ role: change.role })) }
    case 'reportTo':
      return { users: changed(document.users, change.user, () => ({ manager: change.manager })) }
    case 'joinGroup': {
      const member = `user:${change.user}`
      return {
        groups: changed(document.groups, change.group, ({ members = [] }) => ({ members: [...members, member] })),
      }
    }
    case 'joinTeam': {
      const { user, team } = change
      const to = change.leads ? 'leaders' : 'members'
      return { teams: changed(document.teams, team, (own) => ({ [to]: [...(own[to] ?? []), user] })) }
    }
    case 'exceptFromRestriction': {
      const user = `user:${change.user}`
      const rules = changed(document.restrictionRules, change.rule, ({ except = [] }) => ({
        except: [...except, user],
      }))
      return { restrictionRules: rules }
    }
    default:
      return changedProfiles(document, change)
  }
}

function changedProfiles(document: PolicyDocument, change: Change): Partial<PolicyDocument> {
  const { profiles } = document
  switch (change.kind) {
    case 'grantActions':
      return inModule(document, change, (own) => ({ actions: [...(own.actions ?? []), ...change.actions] }))
    case 'openField':
      return inModule(document, change, (own) => ({ fields: { ...own.fields, [change.field]: change.access } }))
    case 'giveClearance':
      return { profiles: changed(profiles, change.profile, () => ({ clearance: change.clearance })) }
    case 'allowHours':
      return {
        profiles: changed(profiles, change.profile, ({ signIn = [] }) => ({ signIn: [...signIn, change.window] })),
      }
    case 'allowNetwork':
      return {
        profiles: changed(profiles, change.profile, ({ networks = [] }) => ({
          networks: [...networks, change.network],
        })),
      }
    default:
      return {}
  }
}

type Table<Entry> = { readonly [key: Key]: Entry }

function changed<Entry extends object>(
  table: Table<Entry> | undefined,
  key: Key,
  change: (entry: Entry) => Partial<Entry>,
): Table<Entry> | undefined {
  const entry = table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined
  return entry === undefined ? table : { ...table, [key]: { ...entry, ...change(entry) } }
}

type ProfileModules = NonNullable<NonNullable<PolicyDocument['profiles']>[Key]['modules']>

function inModule(
  document: PolicyDocument,
  { profile, module }: { readonly profile: Key; readonly module: Key },
  change: (own: ProfileModules[Key]) => Partial<ProfileModules[Key]>,
): Partial<PolicyDocument> {
  const profiles = changed(document.profiles, profile, ({ modules = {} }) => {
    const own = Object.hasOwn(modules, module) ? (modules[module] ?? {}) : {}
    return { modules: { ...modules, [module]: { ...own, ...change(own) } } }
  })
  return { profiles }
}
