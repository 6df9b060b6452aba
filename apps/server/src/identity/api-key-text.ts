import { createHash, timingSafeEqual } from 'node:crypto'

const SECRET_BYTES = 32
const KEY = /^bw_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/

export interface ParsedApiKey {
  /** The row's id, a UUID. */
  readonly id: string
  readonly hash: Buffer
}

/** An API key as its holder sees it, once: `bw_<id>_<secret of 256 bits>`. @param random gives that many random bytes */
export function formatApiKey(id: string, random: (bytes: number) => Buffer): string {
  return `bw_${id.replaceAll('-', '')}_${random(SECRET_BYTES).toString('base64url')}`
}

/** What of a key can be looked up and compared; nothing where the text is no key. */
export function parseApiKey(text: string): ParsedApiKey | undefined {
  const [, id] = KEY.exec(text) ?? []
  return id === undefined ? undefined : { id: asUuid(id), hash: hashApiKey(text) }
}

/** One round of SHA-256 is enough here: a secret of 256 random bits can't be guessed, however fast one may try. */
export function hashApiKey(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Compares in a time that doesn't tell how much of it agrees. */
export function isSameHash(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}

function asUuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
