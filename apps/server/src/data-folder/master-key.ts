import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, lstatSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import type { MasterKeyPlace } from '../config.ts'
import { EXIT, StartUpError } from '../start-up-error.ts'
import { asStartUpError } from './file-problems.ts'

/** AES-256. */
export const MASTER_KEY_BYTES = 32
/** Other accounts may not touch it, and the group may at most read, as mounted secrets have it. */
const FORBIDDEN_MODE = 0o027

/**
 * Reads the key that encrypts fields and secrets: 32 raw bytes. At the usual place it is made where there is none.
 * Whoever calls holds the data folder, and compares the key with the fingerprint in the database before use: a new key
 * opens nothing that an old one closed.
 *
 * @throws {StartUpError} it is missing where an operator named it, has a wrong length, or others may read it.
 */
export function requireMasterKey(place: MasterKeyPlace): Buffer {
  if (place.make && !lstatSync(place.file, { throwIfNoEntry: false })) makeKey(place.file)
  const key = readKey(place.file)
  if (key.length !== MASTER_KEY_BYTES)
    throw unfit(
      place.file,
      `holds ${key.length} bytes: it has to be the ${MASTER_KEY_BYTES} bytes of the key and nothing else`,
    )
  if (statSync(place.file).mode & FORBIDDEN_MODE)
    throw unfit(place.file, 'can be used by other accounts: take that right away with chmod 600')
  return key
}

/** Under another name first: a start that is killed half-way leaves no half key behind. */
function makeKey(file: string): void {
  const draft = `${file}.${process.pid}`
  try {
    writeKey(draft)
    linkSync(draft, file)
  } catch (error) {
    throw asStartUpError(error, file)
  } finally {
    rmSync(draft, { force: true })
  }
}

function writeKey(draft: string): void {
  rmSync(draft, { force: true })
  const handle = openSync(draft, 'wx', 0o600)
  try {
    writeSync(handle, randomBytes(MASTER_KEY_BYTES))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function readKey(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') throw unfit(file, 'is not there: put the 32 bytes of the key in it (openssl rand 32)')
    throw unfit(file, `cannot be read (${code})`)
  }
}

function unfit(file: string, what: string): StartUpError {
  return new StartUpError(`The master key ${file} ${what}.`, EXIT.configuration)
}
