/** Choices that look random and are always the same for the same text: the demonstration is one company, not a new one each time. */

/** FNV-1a over UTF-16 code units, 32 bits, with a final mix so that low bits differ too. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** One of the list. Throws where the list is empty. */
export function pick<Item>(items: readonly Item[], text: string): Item {
  const item = items[hashOf(text) % items.length]
  if (item === undefined) throw new Error('There is nothing to pick from.')
  return item
}

/** An integer from `low` to `high`, both included. */
export function pickBetween(low: number, high: number, text: string): number {
  return low + (hashOf(text) % (high - low + 1))
}

/** Whether the text falls among the given share (0–100) of all texts. */
export function chance(percent: number, text: string): boolean {
  return hashOf(text) % 100 < percent
}
