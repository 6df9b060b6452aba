import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Failure } from '../failure.ts'

/** Writes a file whole or not at all; one of that name is replaced. @throws {Failure} where it can't be written */
export async function saveFile(from: Readable, target: string, signal?: AbortSignal): Promise<void> {
  const draft = `${target}.${process.pid}.part`
  try {
    await pipeline(from, createWriteStream(draft), { signal })
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { force: true })
    if (signal?.aborted) return
    throw new Failure(`${target} cannot be written: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
