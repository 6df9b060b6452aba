import type { FieldDefinition, Key, ModuleCatalogue, ModuleDefinition, PolicyDocument } from './document.ts'
import type { PolicyField, PolicyModule } from './policy.ts'
import { ruleWays } from './rule-ways.ts'
import { SYSTEM_FIELDS } from './system-fields.ts'

/** The modules that the product has, with what the document says of them, and then the document's own. */
export function compileModules(document: PolicyDocument, catalogue: ModuleCatalogue): Map<Key, PolicyModule> {
  const modules = new Map<Key, PolicyModule>()
  const rules = Object.values(document.sharingRules ?? {})
  const compile = (key: Key, definition: ModuleDefinition, builtIn?: ModuleDefinition) => {
    const module = compileModule(key, definition, builtIn)
    const own = rules.filter((rule) => rule.module === key)
    modules.set(key, { ...module, ruleWays: ruleWays(own, module.fields, document.organization?.timeZone ?? 'UTC') })
  }
  for (const [key, builtIn] of Object.entries(catalogue)) {
    compile(key, document.modules?.[key] ?? {}, builtIn)
  }
  for (const [key, definition] of Object.entries(document.modules ?? {})) {
    if (!modules.has(key)) compile(key, definition)
  }
  return modules
}

function compileModule(
  key: Key,
  definition: ModuleDefinition,
  builtIn: ModuleDefinition | undefined,
): Omit<PolicyModule, 'ruleWays'> {
  const fields = new Map<Key, PolicyField>()
  for (const [field, own] of Object.entries(SYSTEM_FIELDS)) {
    fields.set(field, compileField(field, own, { system: own.system, builtIn: true }))
  }
  for (const [field, own] of Object.entries(builtIn?.fields ?? {})) {
    fields.set(field, compileField(field, { ...own, ...definition.fields?.[field] }, { system: false, builtIn: true }))
  }
  for (const [field, own] of Object.entries(definition.fields ?? {})) {
    if (!fields.has(field)) fields.set(field, compileField(field, own, { system: false, builtIn: false }))
  }
  return {
    key,
    name: definition.name ?? builtIn?.name ?? key,
    plural: definition.plural ?? builtIn?.plural ?? definition.name ?? builtIn?.name ?? key,
    sharing: definition.sharing ?? builtIn?.sharing ?? 'none',
    superiorsGet: definition.superiorsGet ?? builtIn?.superiorsGet ?? 'full',
    parent: definition.parent ?? builtIn?.parent,
    fields,
    titleField: [...fields.values()].find((field) => field.title),
    builtIn: builtIn !== undefined,
  }
}

function compileField(key: Key, own: FieldDefinition, kind: { system: boolean; builtIn: boolean }): PolicyField {
  return {
    key,
    type: own.type,
    name: own.name ?? key,
    required: own.required ?? false,
    unique: own.unique ?? false,
    title: own.title ?? false,
    sensitivity: own.sensitivity ?? 'internal',
    mask: own.mask ?? 'full',
    encrypted: own.encrypted ?? false,
    indexed: own.indexed ?? false,
    default: own.default,
    options: (own.options ?? []).map((option) =>
      typeof option === 'string'
        ? { value: option, name: option }
        : { value: option.value, name: option.name ?? option.value },
    ),
    module: own.module,
    ...kind,
  }
}
