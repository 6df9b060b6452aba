import type { Action, Key, ProfileModule } from '../document.ts'
import type { Context } from './context.ts'
import { ADMINISTRATOR, findField, findModule } from './context.ts'
import { childPath } from './problem.ts'

const WITHOUT_READ: ReadonlySet<Action> = new Set(['read', 'create', 'import'])

/** Profiles: they are for modules and fields that are there, and grant nothing that could never be used. */
export function checkProfiles(context: Context): void {
  const read = modulesRead(context)
  for (const [key, profile] of Object.entries(context.document.profiles ?? {})) {
    const path = childPath('/profiles', key)
    if (key === ADMINISTRATOR) refuseAdministrator(context, path)
    for (const [module, granted] of Object.entries(profile.modules ?? {})) {
      const modulePath = childPath(`${path}/modules`, module)
      if (!read.has(module)) refuseUnusable(context, granted, modulePath)
      checkProfileModule(context, module, granted, modulePath)
    }
  }
}

/** The modules that some profile reads: there another one may add what it grants, for a person's profiles count together. */
function modulesRead({ document }: Context): ReadonlySet<Key> {
  const granted = Object.values(document.profiles ?? {}).flatMap(({ modules }) => Object.entries(modules ?? {}))
  return new Set(granted.flatMap(([module, { actions = [] }]) => (actions.includes('read') ? [module] : [])))
}

function refuseAdministrator({ findings }: Context, path: string): void {
  const message = 'The profile `administrator` is built in and cannot be written.'
  findings.add(path, message, 'Leave it out, or write a profile of another key.')
}

function checkProfileModule(context: Context, key: Key, granted: ProfileModule, path: string): void {
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
  const refuse = (place: string, names: readonly string[]) => {
    if (names.length === 0) return
    const message = `Nobody could use ${names.join(', ')} here: no profile grants read on the module.`
    findings.add(`${path}/${place}`, message, 'Add read to the actions, here or in another profile.')
  }
  refuse(
    'actions',
    actions.filter((action) => !WITHOUT_READ.has(action)),
  )
  refuse('viewAll', viewAll ? ['viewAll'] : [])
  refuse('modifyAll', modifyAll ? ['modifyAll'] : [])
}
