import type { InputError, ViewDefinitionSchema } from '@bailiwick/contract'
import type { Static } from 'typebox'
import { checkListQuery, usableField, visibleField } from '../records/list-query.ts'
import type { View as ModuleView } from '../records/present-record.ts'
import { pointer } from '../records/writable-values.ts'

export type ViewDefinition = Static<typeof ViewDefinitionSchema>

/** What is wrong with a definition for who writes it down: it may name only what exists for him, and turn only on what he may compare. */
export function checkDefinition(view: ModuleView, definition: ViewDefinition): InputError[] {
  const errors = turningErrors(view, definition)
  const shown = [
    ...(definition.columns ?? []).map((key, at) => ({ key, path: `/columns/${at}` })),
    ...Object.keys(definition.widths ?? {}).map((key) => ({ key, path: `/widths${pointer(key)}` })),
    ...(definition.measures ?? []).flatMap(({ field: key }, at) =>
      key === undefined ? [] : [{ key, path: `/measures/${at}/field` }],
    ),
  ]
  for (const { key, path } of shown) {
    if (!exists(view, key)) errors.push({ path, message: `there is no field "${key}"` })
  }
  return errors.map(({ path, message }) => ({ path: `/definition${path}`, message }))
}

/**
 * The definition as it is for a reader: what he has no such field for isn't in it.
 * @returns nothing where it turns on what doesn't exist or is masked for him: what it lets through would tell him of that
 */
export function definitionFor(view: ModuleView, definition: ViewDefinition): ViewDefinition | undefined {
  if (turningErrors(view, definition).length > 0) return undefined
  const { columns, widths, measures, ...rest } = definition
  return {
    ...rest,
    ...(columns && { columns: columns.filter((key) => exists(view, key)) }),
    ...(widths && { widths: Object.fromEntries(Object.entries(widths).filter(([key]) => exists(view, key))) }),
    ...(measures && { measures: measures.filter(({ field }) => field === undefined || exists(view, field)) }),
  }
}

/** Of what decides which records there are, in which order and place. */
function turningErrors(view: ModuleView, { q, filter, sort, groupBy, start, end }: ViewDefinition): InputError[] {
  const errors: InputError[] = []
  checkListQuery(view, { q, filter, sort }, errors)
  const grouping = typeof groupBy === 'string' ? groupBy : groupBy?.field
  const path = typeof groupBy === 'string' ? '/groupBy' : '/groupBy/field'
  if (grouping !== undefined) usableField(view, grouping, path, 'grouped', errors)
  if (start !== undefined) usableField(view, start, '/start', 'placed', errors)
  if (end !== undefined) usableField(view, end, '/end', 'placed', errors)
  return errors
}

function exists({ module, access }: ModuleView, key: string): boolean {
  return visibleField(module, access, key) !== undefined
}
