import { decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import { createEncryptedValues } from './encrypted-values.ts'

const PLACE = { organization: 'acme', module: 'accounts', field: 'bankAccount' }
const FIRST_KEY = new Uint8Array(32).fill(1)
const SECOND_KEY = new Uint8Array(32).fill(2)

describe('Encrypted values', () => {
  const values = createEncryptedValues([FIRST_KEY])

  it.each(['FI21 1234', 12.5, true, ['a', 'b'], ''])('come back as they were: %j', async (value) => {
    expect(await values.decrypt(PLACE, await values.encrypt(PLACE, value))).toEqual(value)
  })

  it('are A256GCM tokens with the id of their key, and never twice the same', async () => {
    const [token, again] = [await values.encrypt(PLACE, 'x'), await values.encrypt(PLACE, 'x')]
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'dir', enc: 'A256GCM', kid: expect.any(String) })
    expect(token).not.toBe(again)
  })

  it.each([
    ['another organization', { ...PLACE, organization: 'other' }],
    ['another module', { ...PLACE, module: 'contacts' }],
    ['another field', { ...PLACE, field: 'iban' }],
  ])('do not open in %s', async (_where, place) => {
    await expect(values.decrypt(place, await values.encrypt(PLACE, 'x'))).rejects.toThrow()
  })

  it('do not open once tampered with', async () => {
    const token = await values.encrypt(PLACE, 'secret')
    const parts = token.split('.')
    parts[3] = `${parts[3]?.startsWith('A') ? 'B' : 'A'}${parts[3]?.slice(1)}`
    await expect(values.decrypt(PLACE, parts.join('.'))).rejects.toThrow()
  })

  it('outlive a change of the master key as long as the old one is held', async () => {
    const token = await values.encrypt(PLACE, 'x')
    expect(await createEncryptedValues([SECOND_KEY, FIRST_KEY]).decrypt(PLACE, token)).toBe('x')
    await expect(createEncryptedValues([SECOND_KEY]).decrypt(PLACE, token)).rejects.toThrow('not held')
  })

  it('have a blind index that is equal for equal folded values of one field alone', () => {
    expect(values.blindIndex(PLACE, 'FI21')).toBe(values.blindIndex(PLACE, 'fi21'))
    expect(values.blindIndex(PLACE, 'FI21')).not.toBe(values.blindIndex(PLACE, 'FI22'))
    expect(values.blindIndex(PLACE, 'FI21')).not.toBe(values.blindIndex({ ...PLACE, field: 'iban' }, 'FI21'))
  })

  it('ask for a key of 32 bytes', () => {
    expect(() => createEncryptedValues([])).toThrow('No master key')
    expect(() => createEncryptedValues([new Uint8Array(16)])).toThrow('32 bytes')
  })
})
