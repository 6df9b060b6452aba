interface Result<Data> {
  readonly data: Data | undefined
}

/**
 * What several queries have found so far, for `combine`. The same array as long as that is the same, so that what is made of it needn't be made
 * again: a new map of names at each key would have every row drawn anew.
 */
export function dataOf<Data>(results: readonly Result<Data>[]): readonly (Data | undefined)[] {
  return results.map(({ data }) => data)
}
