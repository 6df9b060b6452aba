/** What is typed of a mention, right before the caret. */
export interface Typed {
  /** Where its @ stands. */
  readonly start: number
  readonly word: string
}

const MENTION = /(?<![\p{L}\p{N}_])@([\p{L}\p{N}_.-]{0,40})$/u

/** The mention that is being typed at the caret, or nothing. */
export function typedMention(text: string, caret: number): Typed | undefined {
  const found = MENTION.exec(text.slice(0, caret))
  return found ? { start: found.index, word: found[1] ?? '' } : undefined
}

/** The text with a person's mention in the place of what was typed, and where the caret goes. */
export function withMention(
  text: string,
  typed: Typed,
  user: string,
): { readonly text: string; readonly caret: number } {
  const before = `${text.slice(0, typed.start)}@${user} `
  const after = text.slice(typed.start + 1 + typed.word.length).replace(/^ /, '')
  return { text: before + after, caret: before.length }
}

/** Whether a text still names a person. */
export function mentions(text: string, user: string): boolean {
  const named = text.match(/(?<![\p{L}\p{N}_])@(?:user:)?[A-Za-z][A-Za-z0-9_-]{0,62}/gu) ?? []
  return named.some((name) => name.replace(/^@(user:)?/, '') === user)
}

/** A piece of a text: words, or a person. */
export interface Piece {
  readonly at: number
  readonly text: string
  readonly user?: string
}

/** A text cut at the people that it mentions. */
export function splitMentions(text: string, mentioned: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const found of text.matchAll(/(?<![\p{L}\p{N}_])@(?:user:)?([A-Za-z][A-Za-z0-9_-]{0,62})/gu)) {
    const [whole, user = ''] = found
    if (!mentioned.has(user)) continue
    if (found.index > at) pieces.push({ at, text: text.slice(at, found.index) })
    pieces.push({ at: found.index, text: whole, user })
    at = found.index + whole.length
  }
  return at < text.length ? [...pieces, { at, text: text.slice(at) }] : pieces
}
