import type { PolicyModule } from '@bailiwick/access'
import {
  ACTIONS,
  type Action,
  aggregatesAll,
  fields,
  hasSystemPermission,
  type Key,
  missingOnModule,
  SYSTEM_PERMISSIONS,
} from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import type { Snapshot } from '../policy/live-policy.ts'

/** What the actor may do on a module: the actions that his profiles grant him there, whatever the records say. */
export function actionsOn({ policy }: Snapshot, { user, asking }: Actor, module: Key): Action[] {
  return ACTIONS.filter((action) => missingOnModule(policy, user, module, action, asking) === undefined)
}

/** The modules that the actor may read, in the policy's order. Others don't exist for him. */
export function readableModules({ policy }: Snapshot, { user, asking }: Actor): PolicyModule[] {
  return [...policy.modules.values()].filter(
    ({ key }) => missingOnModule(policy, user, key, 'read', asking) === undefined,
  )
}

/** Of whose records the actor's figures on a module are. */
export function aggregateOn({ policy }: Snapshot, { user }: Actor, module: Key): 'visible' | 'all' {
  return aggregatesAll(policy, user, module) ? 'all' : 'visible'
}

/** The actor as a user, and what he may do. */
export function describeMe(snapshot: Snapshot, actor: Actor) {
  const { policy } = snapshot
  const user = policy.users.get(actor.user)
  return {
    user: {
      key: actor.user,
      name: user?.name ?? actor.user,
      email: user?.email,
      role: user?.role,
      teams: [...policy.teams.values()].filter(({ members }) => members.includes(actor.user)).map(({ key }) => key),
    },
    system: SYSTEM_PERMISSIONS.filter((permission) => hasSystemPermission(policy, actor.user, permission)),
    modules: readableModules(snapshot, actor).map((module) => describeMyModule(snapshot, actor, module)),
  }
}

function describeMyModule(snapshot: Snapshot, actor: Actor, { key, name, plural }: PolicyModule) {
  return {
    module: key,
    name,
    plural,
    actions: actionsOn(snapshot, actor, key),
    aggregate: aggregateOn(snapshot, actor, key),
    fields: Object.fromEntries(visibleFields(snapshot, actor, key)),
  }
}

/** The fields that exist for the actor, with his access to each. */
export function visibleFields({ policy }: Snapshot, { user }: Actor, module: Key): [Key, 'masked' | 'read' | 'edit'][] {
  return [...fields(policy, user, module)].flatMap(([field, access]) => (access === 'hidden' ? [] : [[field, access]]))
}
