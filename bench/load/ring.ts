/** The items in turn, for ever. */
export function ringOf<Item>(items: readonly Item[]): () => Item {
  let at = 0
  if (items.length === 0) throw new Error('There is nothing to go round.')
  return () => items[at++ % items.length]!
}
