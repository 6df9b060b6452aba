import { hkdfSync } from 'node:crypto'

const SECRET_BYTES = 32

/** A secret for one use, from the master key: knowing one tells nothing of the key or of another. */
export function deriveSecret(masterKey: Uint8Array, use: string): string {
  const secret = hkdfSync('sha256', masterKey, new Uint8Array(0), `bailiwick ${use}`, SECRET_BYTES)
  return Buffer.from(secret).toString('base64url')
}
