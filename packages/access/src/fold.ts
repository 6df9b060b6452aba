/**
 * The form in which all text compares: Unicode NFC, then default lower-casing without a locale (`ß` and `ss` stay different).
 * `control.fold` in the database is the same function. Law: section 4.
 */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

/** Orders two texts by code point, as `collate "C"` does on UTF-8; JavaScript's own `<` goes by UTF-16 unit. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const unitA = a.charCodeAt(index)
    const unitB = b.charCodeAt(index)
    if (unitA !== unitB) return rank(unitA) - rank(unitB)
  }
  return a.length - b.length
}

/** Surrogates stand for code points above every other unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
