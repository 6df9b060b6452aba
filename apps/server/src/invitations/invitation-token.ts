import { createHash } from 'node:crypto'

const TOKEN_BYTES = 32

/** 256 random bits. @param random gives that many random bytes */
export function makeToken(random: (bytes: number) => Buffer): string {
  return random(TOKEN_BYTES).toString('base64url')
}

/** What is kept of a token. One round is enough: 256 random bits can't be guessed. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
