/** How deep what is sent may nest: deeper than any document of ours, too shallow for a recursive reader to run out of stack. */
export const MAX_JSON_DEPTH = 64

/** What stands in the way of writing a value as JSON. */
export interface JsonObstacle {
  /** JSON pointer to the value that can't be written. */
  readonly path: string
  /** The end of a sentence about it: "holds itself". */
  readonly what: string
}

/**
 * What stands in the way of writing as JSON what was read from another notation: YAML has numbers and kinds of values that JSON hasn't,
 * and its anchors make a graph of what must become a tree, with parts that hold themselves or stand there a thousand times.
 *
 * @param value what a parser built
 * @param longest about how many characters the JSON may have; no more of the value than that is looked at
 * @returns undefined where nothing does
 */
export function obstacleToJson(value: unknown, longest: number): JsonObstacle | undefined {
  let left = longest
  const holders = new Set<object>()

  function within(inner: unknown, path: string): JsonObstacle | undefined {
    left -= typeof inner === 'string' ? inner.length : 1
    if (left < 0) return { path: '', what: `is longer than ${longest} characters once its anchors are written out` }
    if (typeof inner === 'number' && !Number.isFinite(inner))
      return { path, what: `is ${inner}, which JSON cannot say` }
    if (typeof inner !== 'object' || inner === null) return undefined
    if (holders.has(inner)) return { path, what: 'holds itself' }
    if (holders.size === MAX_JSON_DEPTH) return { path, what: `nests deeper than ${MAX_JSON_DEPTH} levels` }
    if (!Array.isArray(inner) && !isMapping(inner)) return { path, what: 'is of a kind that JSON does not have' }
    holders.add(inner)
    const found = amongMembers(inner, path)
    holders.delete(inner)
    return found
  }

  function amongMembers(holder: object, path: string): JsonObstacle | undefined {
    for (const [key, member] of Object.entries(holder)) {
      left -= key.length
      const found = within(member, `${path}/${escapePointer(key)}`)
      if (found !== undefined) return found
    }
    return undefined
  }

  return within(value, '')
}

/** A key as one step of a JSON pointer (RFC 6901). */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Not a `Date`, a `Map`, bytes, or another object with a meaning of its own. */
function isMapping(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
