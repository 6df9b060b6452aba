export type Mapping = { readonly [key: string]: unknown }

/** Whether the value is a mapping of YAML (not a list, not null). */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Lays one document over another: mappings merge key by key, anything else replaces, and `null` takes a key away.
 * What the base has nothing of is taken as it stands, so that a new record may say `null` for an empty value. Taking away a key that isn't there throws, since it can only be a typing mistake.
 */
export function overlay(base: Mapping, top: Mapping, path = ''): Mapping {
  const merged = new Map<string, unknown>(Object.entries(base))
  for (const [key, value] of Object.entries(top)) {
    const at = `${path}/${key}`
    if (value === null) requireKey(merged, key, at)
    if (value === null) merged.delete(key)
    else merged.set(key, mergedValue(merged.get(key), value, at))
  }
  return Object.fromEntries(merged)
}

function mergedValue(below: unknown, above: unknown, path: string): unknown {
  return isMapping(above) && isMapping(below) ? overlay(below, above, path) : above
}

function requireKey(merged: ReadonlyMap<string, unknown>, key: string, path: string): void {
  if (!merged.has(key)) throw new Error(`${path}: null takes a key away, and the base has none of this name`)
}
