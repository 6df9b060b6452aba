import type { Condition } from '@bailiwick/access'
import { checkFilter as checkCondition } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import type { View } from './present-record.ts'

/**
 * A filter that asks only about what exists for the person: a hidden field is unknown, a masked one is refused by name, and so is one
 * kept encrypted. What is wrong gathers in `errors`, under `/filter`.
 */
export function checkFilter(view: View, filter: unknown, errors: InputError[]): Condition | undefined {
  const usable = view.visible.filter((field) => view.access.get(field.key) !== 'masked')
  const masked = new Set(
    view.visible.filter((field) => view.access.get(field.key) === 'masked').map((field) => field.key),
  )
  const usableKeys = new Set(usable.map((field) => field.key))
  const problems = checkCondition(filter, view.module.key, usable)
  for (const { path, message } of problems) {
    const key = masked.size > 0 ? namedAt(filter, path) : undefined
    const isMasked = key !== undefined && masked.has(key)
    errors.push({
      path: `/filter${path}`,
      message: isMasked
        ? `"${key}" is masked for you and can't be filtered by`
        : withField(filter, path, usableKeys, message),
    })
  }
  return problems.length === 0 ? (filter as Condition) : undefined
}

/** A wrong operator or value is told with the field that it doesn't go with, where that field exists for the person. */
function withField(filter: unknown, path: string, usable: ReadonlySet<string>, message: string): string {
  const [, comparison] = /^(.*)\/(?:op|value)(?:\/|$)/.exec(path) ?? []
  const key = comparison === undefined ? undefined : namedAt(filter, `${comparison}/field`)
  return key !== undefined && usable.has(key) ? `"${key}": ${message}` : message
}

/** The text that a JSON pointer into the filter points at. */
function namedAt(filter: unknown, path: string): string | undefined {
  let at: unknown = filter
  for (const part of path.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined
    at = (at as { readonly [key: string]: unknown })[part]
  }
  return typeof at === 'string' ? at : undefined
}
