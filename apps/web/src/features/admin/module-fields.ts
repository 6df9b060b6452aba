import { BUILT_IN_MODULES, type FieldDefinition, type PolicyDocument, SYSTEM_FIELDS } from '@bailiwick/access'
import type { FieldInfo } from '../../lib/modules.ts'

/** The keys of all modules that there are by a document. */
export function modulesOf({ modules = {} }: PolicyDocument): readonly string[] {
  return [...new Set([...Object.keys(BUILT_IN_MODULES), ...Object.keys(modules)])]
}

/**
 * The fields of a module by the document: those of every module, built-in ones, and its own. Whoever writes rules needn't read the
 * module's records, so what exists for himself doesn't tell.
 */
export function fieldsOfModule({ modules = {} }: PolicyDocument, module: string): readonly FieldInfo[] {
  const own = { ...BUILT_IN_MODULES[module]?.fields }
  for (const [field, definition] of Object.entries(modules[module]?.fields ?? {})) {
    own[field] = { ...own[field], ...definition }
  }
  if (Object.keys(own).length === 0) return []
  return [...Object.entries(own), ...Object.entries(SYSTEM_FIELDS)].map(([field, definition]) =>
    infoOf(field, definition),
  )
}

function infoOf(field: string, definition: FieldDefinition & { readonly system?: boolean }): FieldInfo {
  const { type, name, options, module, encrypted } = definition
  return {
    field,
    type,
    name: name ?? field,
    access: 'edit',
    system: definition.system ?? false,
    required: definition.required ?? false,
    unique: definition.unique ?? false,
    title: definition.title ?? false,
    ...(encrypted && { encrypted }),
    ...(module !== undefined && { module }),
    ...(options && {
      options: options.map((one) =>
        typeof one === 'string' ? { value: one, name: one } : { value: one.value, name: one.name ?? one.value },
      ),
    }),
  }
}
