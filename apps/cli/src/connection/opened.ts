/** Settings by name, as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A server of our own, or word that another process has the folder. */
export type Opened =
  | { readonly kind: 'open'; close(): Promise<void> }
  | { readonly kind: 'held'; readonly message: string }
