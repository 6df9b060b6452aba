const ESCAPE = /\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g

/**
 * A value as JSON that PostgreSQL takes apart without complaint. What no text of its can hold (the NUL character, halves of surrogate
 * pairs), in keys as in values, becomes U+FFFD: a job that could not write down how it ended would never end.
 */
export function storedJson(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replace(ESCAPE, (written: string, what: string) =>
    what.length > 1 ? '\\ufffd' : written,
  )
}

/** The same for a text by itself. */
export function storedText(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed()
}
