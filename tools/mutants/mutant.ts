/** A small mistake in the sources, which some test must notice. */
export interface Mutant {
  /** From the top of the tree. */
  readonly file: string
  /** Stands in the file exactly once. */
  readonly text: string
  readonly by: string
  /** What goes wrong. */
  readonly why: string
}

/** Mutants that the same tests must catch: the narrowest there are, the quickest first. */
export interface MutantGroup {
  readonly name: string
  readonly project: 'pure' | 'postgres-18'
  readonly tests: readonly string[]
  readonly mutants: readonly Mutant[]
}

/** Mutants of one file, told in lines: the text, what it becomes, and why that is wrong. */
export function mutantsOf(
  file: string,
  lines: readonly (readonly [text: string, by: string, why: string])[],
): Mutant[] {
  return lines.map(([text, by, why]) => ({ file, text, by, why }))
}
