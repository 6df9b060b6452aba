import type { Key, ModuleCatalogue, Principal } from '../document.ts'
import { parsePrincipal } from '../principal.ts'
import { SYSTEM_FIELDS } from '../system-fields.ts'
import { type AttributeKinds, attributeKinds } from './attribute-kinds.ts'
import type { LooseDocument, LooseField, Section } from './loose.ts'
import type { Findings } from './problem.ts'

/** A module as it will be: what every module has, what it has from the start, and what the document adds or changes. */
export interface ModuleShape {
  readonly key: Key
  readonly builtIn: boolean
  readonly parent?: Key
  readonly fields: ReadonlyMap<Key, LooseField>
}

export type Noun = 'role' | 'profile' | 'user' | 'team' | 'group' | 'module'

/** What every check after reading works on. */
export interface Context {
  /** The complete document, with the sections that the new one leaves alone. */
  readonly document: LooseDocument
  /** The one in force, which had nothing wrong when it was applied. */
  readonly base?: LooseDocument
  readonly catalogue: ModuleCatalogue
  readonly findings: Findings
  readonly modules: ReadonlyMap<Key, ModuleShape>
  readonly attributes: AttributeKinds
  /** The keys that a reference may name; nothing where the section can't be read, and so no reference can be judged. */
  readonly known: { readonly [noun in Noun]: ReadonlySet<Key> | undefined }
}

/** The one profile that is always there and never written. */
export const ADMINISTRATOR: Key = 'administrator'

export function contextOf(
  document: LooseDocument,
  { catalogue, base }: { readonly catalogue: ModuleCatalogue; readonly base?: LooseDocument },
  unreadable: ReadonlySet<Section>,
  findings: Findings,
): Context {
  const modules = moduleShapes(document, catalogue)
  const keysOf = (section: Section, ...more: readonly Key[]) =>
    unreadable.has(section) ? undefined : new Set([...Object.keys(document[section] ?? {}), ...more])
  return {
    document,
    ...(base && { base }),
    catalogue,
    findings,
    modules,
    attributes: attributeKinds(document),
    known: {
      role: keysOf('roles'),
      profile: keysOf('profiles', ADMINISTRATOR),
      user: keysOf('users'),
      team: keysOf('teams'),
      group: keysOf('groups'),
      module: keysOf('modules', ...modules.keys()),
    },
  }
}

function moduleShapes(document: LooseDocument, catalogue: ModuleCatalogue): Map<Key, ModuleShape> {
  const own = new Map(Object.entries(document.modules ?? {}))
  const builtIn = new Map(Object.entries(catalogue))
  const shapes = new Map<Key, ModuleShape>()
  for (const key of new Set([...builtIn.keys(), ...own.keys()])) {
    const from = builtIn.get(key)
    const fields = new Map<Key, LooseField>(Object.entries(from?.fields ?? {}))
    for (const [field, change] of Object.entries(own.get(key)?.fields ?? {})) {
      fields.set(field, { ...fields.get(field), ...change })
    }
    // Last, so that a field that takes a reserved name isn't taken for it.
    for (const [field, standing] of Object.entries(SYSTEM_FIELDS)) fields.set(field, standing)
    shapes.set(key, { key, builtIn: from !== undefined, parent: own.get(key)?.parent ?? from?.parent, fields })
  }
  return shapes
}

/** Reports a key that names nothing. Says whether it may be relied on. */
export function checkReference({ known, findings }: Context, noun: Noun, key: Key | undefined, path: string): boolean {
  const keys = known[noun]
  if (key === undefined || keys === undefined) return false
  if (keys.has(key)) return true
  findings.addUnknown(path, noun, key, keys)
  return false
}

export function checkPrincipal(context: Context, text: Principal, path: string): void {
  const principal = parsePrincipal(text)
  if (principal === undefined || principal.kind === 'everyone') return
  checkReference(context, principal.kind === 'role+' ? 'role' : principal.kind, principal.key, path)
}

export function checkPrincipals(context: Context, texts: readonly Principal[] | undefined, path: string): void {
  for (const [index, text] of (texts ?? []).entries()) checkPrincipal(context, text, `${path}/${index}`)
}

/** Reports a field that the module hasn't; answers with it where it has. */
export function findField({ findings }: Context, module: ModuleShape, key: Key, path: string): LooseField | undefined {
  const field = module.fields.get(key)
  if (!field) findings.addUnknown(path, `field of \`${module.key}\``, key, module.fields.keys())
  return field
}

/** The module of that key, where there is one; reports it where there isn't. */
export function findModule(context: Context, key: Key | undefined, path: string): ModuleShape | undefined {
  checkReference(context, 'module', key, path)
  return key === undefined ? undefined : context.modules.get(key)
}
