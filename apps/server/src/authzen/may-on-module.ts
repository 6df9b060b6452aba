import {
  ACTIONS,
  type Action,
  type Asking,
  decideOnModule,
  fields,
  type Key,
  NEEDED_LEVEL,
  type Policy,
  rankOfAccess,
} from '@bailiwick/access'

const WRITING: ReadonlySet<Action> = new Set(['create', 'update', 'overwrite', 'mass'])

/** An action of the access model by its name. */
export function findAction(name: string): Action | undefined {
  return ACTIONS.find((action) => action === name)
}

/** What a person wants to do, and under which circumstances. */
export interface Wish {
  readonly action: Action
  /** The field that it is done to. */
  readonly field?: Key
  readonly asking: Asking
}

/**
 * Whether nothing about the module keeps the person from it: its licence, his profiles, sign-in windows and networks, and the field's
 * access (law: sections 5 and 7). Of an action on records this leaves open which ones.
 */
export function mayOnModule(policy: Policy, user: Key, module: Key, { action, field, asking }: Wish): boolean {
  if (!decideOnModule(policy, user, action, module, asking)) return false
  if (field === undefined) return true
  const access = fields(policy, user, module).get(field) ?? 'hidden'
  return rankOfAccess(access) >= rankOfAccess(WRITING.has(action) ? 'edit' : 'read')
}

/**
 * Whether nothing about the module keeps the person from doing it to records there. What he doesn't read is not there for him, so
 * creating beside it isn't either: a yes would tell that it is there.
 */
export function mayOnRecords(policy: Policy, user: Key, module: Key, wish: Wish): boolean {
  if (!mayOnModule(policy, user, module, wish)) return false
  return NEEDED_LEVEL[wish.action] !== undefined || decideOnModule(policy, user, 'read', module, wish.asking)
}
