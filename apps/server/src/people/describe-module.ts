import type { FieldAccess, PolicyField, PolicyModule } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import { actionsOn, aggregateOn, readableModules, visibleFields } from './describe-me.ts'

/** A module as it exists for the actor: hidden fields, and modules that he can't read, aren't even named. */
export function describeModule(snapshot: Snapshot, actor: Actor, module: PolicyModule) {
  const readable = new Set(readableModules(snapshot, actor).map(({ key }) => key))
  const described = visibleFields(snapshot, actor, module.key).flatMap(([key, access]) => {
    const field = module.fields.get(key)
    return field ? [describeField(field, access, readable)] : []
  })
  return {
    module: module.key,
    name: module.name,
    plural: module.plural,
    builtIn: module.builtIn,
    actions: actionsOn(snapshot, actor, module.key),
    aggregate: aggregateOn(snapshot, actor, module.key),
    fields: described,
  }
}

function describeField(field: PolicyField, access: Exclude<FieldAccess, 'hidden'>, readable: ReadonlySet<string>) {
  const { key, type, name, system, required, unique, title, encrypted, options, module } = field
  const isChoice = type === 'choice' || type === 'choices'
  return {
    field: key,
    type,
    name,
    access,
    system,
    required,
    unique,
    title,
    ...(encrypted && { encrypted: true as const }),
    ...(isChoice && { options: [...options] }),
    ...(module !== undefined && readable.has(module) && { module }),
  }
}
