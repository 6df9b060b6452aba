const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** Where neither the record nor its module says one. */
export const FALLBACK_CURRENCY = 'EUR'

/** Whether the text is a currency's code of ISO 4217, in capitals. */
export function isCurrency(code: unknown): code is string {
  return typeof code === 'string' && CODES.has(code)
}

/** How many decimals the currency's amounts have: none for JPY, two for EUR, three for KWD; two for what is no currency. */
export function minorUnits(code: string): number {
  if (!isCurrency(code)) return 2
  return new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits ?? 2
}
