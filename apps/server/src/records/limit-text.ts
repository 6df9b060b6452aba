/** A limit as a query has it: no number, where its text is none, so that whoever takes it says what it may be. */
export function limitOf(text: string | undefined): { readonly limit?: number } {
  if (text === undefined) return {}
  return { limit: /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN }
}
