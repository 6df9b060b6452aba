import type { Key } from '../document.ts'
import { checkField } from './check-fields.ts'
import { refuseCycles } from './check-people.ts'
import type { Context, ModuleShape } from './context.ts'
import { findField } from './context.ts'
import { childPath, shown } from './problem.ts'

const MOST_FIELDS = 500

/** What `/access/v1/…` and record addresses say themselves. */
const RESERVED_MODULES: ReadonlySet<Key> = new Set(['module', 'user', 'modules', 'users'])

/** Modules and their fields, with the built-in ones that they change. */
export function checkModules(context: Context): void {
  for (const [key, definition] of Object.entries(context.document.modules ?? {})) {
    const path = childPath('/modules', key)
    const module = context.modules.get(key)
    if (!module) continue
    checkKey(context, module, path)
    for (const [field, stated] of Object.entries(definition.fields ?? {})) {
      checkField(context, module, field, stated, childPath(`${path}/fields`, field))
    }
    checkTitle(context, module, path)
    checkSize(context, module, path)
    if (definition.parent !== undefined) checkParent(context, module, definition.parent, `${path}/parent`)
  }
  checkParentCycles(context)
}

function checkKey({ catalogue, findings }: Context, module: ModuleShape, path: string): void {
  if (module.builtIn) return
  if (RESERVED_MODULES.has(module.key)) {
    findings.add(path, `The key ${shown(module.key)} is taken by the interface.`, 'Choose another key for the module.')
  }
  const twin = Object.keys(catalogue).find((key) => key.toLowerCase() === module.key.toLowerCase())
  if (twin === undefined) return
  findings.add(
    path,
    `The key ${shown(module.key)} differs from the built-in module by case alone.`,
    `Did you mean \`${twin}\`?`,
  )
}

function checkTitle({ catalogue, document, findings }: Context, module: ModuleShape, path: string): void {
  const titles = [...module.fields].filter(([, field]) => field.title).map(([key]) => key)
  if (titles.length === 0 && !module.builtIn) {
    const cure = 'Mark one text field with title: true.'
    findings.add(`${path}/fields`, 'No field is the title: records would have no name.', cure)
  }
  if (titles.length < 2) return
  const builtIn = catalogue[module.key]?.fields ?? {}
  const [first, ...more] = titles.toSorted(
    (a, b) => Number(Boolean(builtIn[b]?.title)) - Number(Boolean(builtIn[a]?.title)),
  )
  for (const key of more) {
    if (!document.modules?.[module.key]?.fields?.[key]) continue
    const message = `The field ${shown(first)} is the title already: a module has exactly one.`
    findings.add(`${childPath(`${path}/fields`, key)}/title`, message, 'Leave `title` out here.')
  }
}

function checkSize({ findings }: Context, module: ModuleShape, path: string): void {
  if (module.fields.size <= MOST_FIELDS) return
  findings.add(
    `${path}/fields`,
    `The module has more than ${MOST_FIELDS} fields.`,
    'Put what belongs together into a module of its own.',
  )
}

function checkParent(context: Context, module: ModuleShape, parent: Key, path: string): void {
  const field = findField(context, module, parent, path)
  if (!field || field.type === undefined || field.type === 'lookup') return
  const lookups = [...module.fields].filter(([, { type }]) => type === 'lookup').map(([key]) => key)
  const cure = lookups.length > 0 ? `Name one of: ${lookups.join(', ')}.` : 'Give the module a lookup field first.'
  context.findings.add(path, `The field ${shown(parent)} is not a lookup.`, cure)
}

/** Built-in modules take part: a document can close a circle through the parents that they have from the start. */
function checkParentCycles(context: Context): void {
  const edges = new Map<Key, Key[]>()
  for (const { key, parent, fields } of context.modules.values()) {
    const target = parent === undefined ? undefined : fields.get(parent)?.module
    edges.set(key, target === undefined ? [] : [target])
  }
  refuseCycles(
    context,
    edges,
    (key) => `${childPath('/modules', key)}/parent`,
    'The modules’ parents go round in a circle',
  )
}
