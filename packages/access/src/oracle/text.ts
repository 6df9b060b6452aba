/** Section 4: text compares after Unicode NFC and default lower-casing, without a locale. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

/** Negative, zero or positive: the order of code points, which is not the order of UTF-16 units. */
export function codePointOrder(left: string, right: string): number {
  const a = Array.from(left, (character) => character.codePointAt(0) ?? 0)
  const b = Array.from(right, (character) => character.codePointAt(0) ?? 0)
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
