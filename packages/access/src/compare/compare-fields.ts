import type { FieldAccess, Key, Mask } from '../document.ts'
import { fields } from '../fields.ts'
import type { Policy } from '../policy.ts'
import { groupAlike, keysOf } from './turnover.ts'

/**
 * What the same people's access to fields was and becomes. A field that isn't there in one of the policies is hidden in it, and so is
 * every field from who isn't active in it.
 */
export interface FieldEffect {
  readonly people: readonly Key[]
  readonly changes: readonly {
    readonly module: Key
    readonly field: Key
    readonly before: FieldAccess
    readonly after: FieldAccess
    /** Of a field that is masked in both, where the mask is another: its values show something else. */
    readonly mask?: { readonly before: Mask; readonly after: Mask }
  }[]
}

/** Whose access to which fields changes, be it by what profiles say or by who is active. Law: section 5. */
export function compareFields(before: Policy, after: Policy): FieldEffect[] {
  const changed = groupAlike(before, after)
    .map(({ people }) => ({ people, changes: fieldChanges(before, after, people[0]?.key ?? '') }))
    .filter(({ changes }) => changes.length > 0)
  const alike = Map.groupBy(changed, ({ changes }) => JSON.stringify(changes))
  return [...alike.values()].flatMap((groups) => {
    const [first] = groups
    return first ? [{ people: keysOf(groups), changes: first.changes }] : []
  })
}

function fieldChanges(before: Policy, after: Policy, user: Key): FieldEffect['changes'] {
  const modules = [...new Set([...before.modules.keys(), ...after.modules.keys()])]
  return modules.flatMap((module) => {
    const [was, is] = [fields(before, user, module), fields(after, user, module)]
    const keys = [...new Set([...was.keys(), ...is.keys()])]
    return keys
      .map((field) => ({ module, field, before: was.get(field) ?? HIDDEN, after: is.get(field) ?? HIDDEN }))
      .map((change) => ({ ...change, ...(isMasked(change) ? changedMask(before, after, module, change.field) : {}) }))
      .filter((change) => change.before !== change.after || 'mask' in change)
  })
}

function isMasked({ before, after }: { readonly before: FieldAccess; readonly after: FieldAccess }): boolean {
  return before === 'masked' && after === 'masked'
}

function changedMask(before: Policy, after: Policy, module: Key, field: Key): Pick<FieldChange, 'mask'> {
  const [was, is] = [before, after].map(({ modules }) => modules.get(module)?.fields.get(field)?.mask)
  return was && is && was !== is ? { mask: { before: was, after: is } } : {}
}

type FieldChange = FieldEffect['changes'][number]

const HIDDEN: FieldAccess = 'hidden'
