import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EXIT, StartUpError } from '../start-up-error.ts'
import { requireMasterKey } from './master-key.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'master-key-'))
  file = path.join(folder, 'master.key')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const refusal = (make: boolean) => {
  try {
    return requireMasterKey({ file, make })
  } catch (error) {
    return error
  }
}

describe('the master key', () => {
  it('is made once, of 32 bytes, for its owner alone', () => {
    const key = requireMasterKey({ file, make: true })
    expect(key).toHaveLength(32)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['master.key'])
    expect(requireMasterKey({ file, make: true })).toEqual(key)
    expect(requireMasterKey({ file, make: false })).toEqual(key)
  })

  it('differs from every other', () => {
    const first = requireMasterKey({ file, make: true })
    expect(requireMasterKey({ file: `${file}2`, make: true })).not.toEqual(first)
  })

  it('is not made where an operator names it', () => {
    expect(refusal(false)).toMatchObject({
      message: `The master key ${file} is not there: put the 32 bytes of the key in it (openssl rand 32).`,
      exitCode: EXIT.configuration,
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it('is refused, and left as it is, where its length is wrong', () => {
    writeFileSync(file, 'short', { mode: 0o600 })
    expect(refusal(true)).toBeInstanceOf(StartUpError)
    expect(refusal(true)).toMatchObject({ message: expect.stringContaining('holds 5 bytes') })
  })

  it('is refused where other accounts may use it; a group may read it', () => {
    requireMasterKey({ file, make: true })
    chmodSync(file, 0o440)
    expect(refusal(true)).toHaveLength(32)
    for (const mode of [0o604, 0o660, 0o601]) {
      chmodSync(file, mode)
      expect(refusal(true)).toMatchObject({
        message: expect.stringContaining('chmod 600'),
        exitCode: EXIT.configuration,
      })
    }
  })

  it('is refused where it is a folder', () => {
    rmSync(folder, { recursive: true })
    file = folder = mkdtempSync(path.join(tmpdir(), 'master-key-'))
    expect(refusal(true)).toMatchObject({ message: `The master key ${file} cannot be read (EISDIR).` })
  })
})
