import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { type FieldValue, fold, type Key } from '@bailiwick/access'
import { CompactEncrypt, compactDecrypt } from 'jose'

/** The field that a value belongs to: a token moved to another field or organization doesn't open. */
export interface ValuePlace {
  readonly organization: string
  readonly module: Key
  readonly field: Key
}

export interface EncryptedValues {
  /** A compact JWE (`dir`, A256GCM) with the master key's id in its header; never twice the same. */
  encrypt(place: ValuePlace, value: FieldValue): Promise<string>
  /** @throws Error where the token is not of this place, was tampered with, or its key isn't held. */
  decrypt(place: ValuePlace, token: string): Promise<FieldValue>
  /** The same text for the same folded value of the same field: equality and uniqueness without the value. */
  blindIndex(place: ValuePlace, value: FieldValue): string
}

const KEY_BYTES = 32

/**
 * @param masterKeys the newest first: it encrypts, and all of them decrypt. Blind indexes are made with the newest alone, so a
 *   change of key asks for them to be made anew.
 * @throws Error where there is none, or one is shorter than 32 bytes.
 */
export function createEncryptedValues(masterKeys: readonly Uint8Array[]): EncryptedValues {
  const keys = new Map(masterKeys.map((key) => [keyId(requireLongEnough(key)), key]))
  const [newest] = keys
  if (!newest) throw new Error('No master key to encrypt with.')
  const [newestId, newestKey] = newest
  return {
    encrypt: (place, value) => encrypt(newestId, deriveKey(newestKey, 'value', place), value),
    decrypt: (place, token) => decrypt(token, (id) => deriveKey(requireKey(keys, id), 'value', place)),
    blindIndex: (place, value) =>
      createHmac('sha256', deriveKey(newestKey, 'index', place))
        .update(comparable(value))
        .digest('base64url'),
  }
}

async function encrypt(kid: string, key: Uint8Array, value: FieldValue): Promise<string> {
  const plain = new TextEncoder().encode(JSON.stringify(value))
  return new CompactEncrypt(plain).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid }).encrypt(key)
}

async function decrypt(token: string, keyOf: (id: string | undefined) => Uint8Array): Promise<FieldValue> {
  const opened = await compactDecrypt(token, (header) => keyOf(header.kid), {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  })
  return JSON.parse(new TextDecoder().decode(opened.plaintext))
}

/** A key per field, so that equal values of two fields have unequal blind indexes. */
function deriveKey(master: Uint8Array, use: 'value' | 'index', place: ValuePlace): Uint8Array {
  const info = JSON.stringify(['bailiwick', use, place.organization, place.module, place.field])
  return new Uint8Array(hkdfSync('sha256', master, new Uint8Array(0), info, KEY_BYTES))
}

function comparable(value: FieldValue): string {
  return JSON.stringify(typeof value === 'string' ? fold(value) : value)
}

function keyId(key: Uint8Array): string {
  return createHash('sha256').update('bailiwick key id').update(key).digest('base64url').slice(0, 16)
}

function requireLongEnough(key: Uint8Array): Uint8Array {
  if (key.length < KEY_BYTES) throw new Error(`A master key has at least ${KEY_BYTES} bytes.`)
  return key
}

function requireKey(keys: ReadonlyMap<string, Uint8Array>, id: string | undefined): Uint8Array {
  const key = id === undefined ? undefined : keys.get(id)
  if (!key) throw new Error('The value was encrypted with a master key that is not held here.')
  return key
}
