import type { Action, Key, ProfileModule } from '../document.ts'
import type { Context } from './context.ts'
import { ADMINISTRATOR, findField, findModule } from './context.ts'
import { childPath } from './problem.ts'

const WITHOUT_READ: ReadonlySet<Action> = new Set(['read', 'create', 'import'])

/** Profiles: they are for modules and fields that are there, and grant nothing that could never be used. */
export function checkProfiles(context: Context): void {
  for (const [key, profile] of Object.entries(context.document.profiles ?? {})) {
    const path = childPath('/profiles', key)
    if (key === ADMINISTRATOR) refuseAdministrator(context, path)
    for (const [module, granted] of Object.entries(profile.modules ?? {})) {
      checkProfileModule(context, module, granted, childPath(`${path}/modules`, module))
    }
  }
}

function refuseAdministrator({ findings }: Context, path: string): void {
  const message = 'The profile `administrator` is built in and cannot be written.'
  findings.add(path, message, 'Leave it out, or write a profile of another key.')
}

function checkProfileModule(context: Context, key: Key, granted: ProfileModule, path: string): void {
  refuseUnusable(context, granted, path)
  const module = findModule(context, key, path)
  if (!module) return
  for (const field of Object.keys(granted.fields ?? {})) {
    if (field !== 'default') findField(context, module, field, childPath(`${path}/fields`, field))
  }
}

function refuseUnusable(
  { findings }: Context,
  { actions = [], viewAll, modifyAll }: ProfileModule,
  path: string,
): void {
  if (actions.includes('read')) return
  const unusable = actions.filter((action) => !WITHOUT_READ.has(action))
  const cure = 'Add read to the actions.'
  if (unusable.length > 0) {
    findings.add(
      `${path}/actions`,
      `Nobody could use ${unusable.join(', ')} here: the profile does not grant read.`,
      cure,
    )
  }
  if (viewAll) findings.add(`${path}/viewAll`, 'Nobody could use viewAll here: the profile does not grant read.', cure)
  if (modifyAll)
    findings.add(`${path}/modifyAll`, 'Nobody could use modifyAll here: the profile does not grant read.', cure)
}
