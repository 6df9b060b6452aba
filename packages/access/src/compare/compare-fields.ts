import type { FieldAccess, Key } from '../document.ts'
import { fields } from '../fields.ts'
import type { Policy, PolicyUser } from '../policy.ts'
import { everyone, profileNames } from './turnover.ts'

/** What the same people's access to fields was and becomes; a field that isn't there in one of the policies is hidden in it. */
export interface FieldEffect {
  readonly people: readonly Key[]
  readonly changes: readonly {
    readonly module: Key
    readonly field: Key
    readonly before: FieldAccess
    readonly after: FieldAccess
  }[]
}

/** Whose access to which fields changes, of those who are active in both policies. Law: section 5. */
export function compareFields(before: Policy, after: Policy): FieldEffect[] {
  const known = new Map<string, FieldEffect['changes']>()
  const changesOf = (user: Key, was: PolicyUser, is: PolicyUser) => {
    const name = `${profileNames(was)}\n${profileNames(is)}`
    const changes = known.get(name) ?? fieldChanges(before, after, user)
    known.set(name, changes)
    return changes
  }
  const effects = new Map<string, { people: Key[]; changes: FieldEffect['changes'] }>()
  for (const key of everyone(before, after)) {
    const [was, is] = [before.users.get(key), after.users.get(key)]
    if (was?.status !== 'active' || is?.status !== 'active') continue
    addPerson(effects, key, changesOf(key, was, is))
  }
  return [...effects.values()]
}

function addPerson(
  effects: Map<string, { people: Key[]; changes: FieldEffect['changes'] }>,
  key: Key,
  changes: FieldEffect['changes'],
): void {
  if (changes.length === 0) return
  const name = JSON.stringify(changes)
  const effect = effects.get(name) ?? { people: [], changes }
  effects.set(name, effect)
  effect.people.push(key)
}

function fieldChanges(before: Policy, after: Policy, user: Key): FieldEffect['changes'] {
  const modules = [...new Set([...before.modules.keys(), ...after.modules.keys()])]
  return modules.flatMap((module) => {
    const [was, is] = [fields(before, user, module), fields(after, user, module)]
    const keys = [...new Set([...was.keys(), ...is.keys()])]
    return keys
      .map((field) => ({ module, field, before: was.get(field) ?? HIDDEN, after: is.get(field) ?? HIDDEN }))
      .filter((change) => change.before !== change.after)
  })
}

const HIDDEN: FieldAccess = 'hidden'
