import { statfsSync } from 'node:fs'
import { EXIT, StartUpError } from '../start-up-error.ts'

const FULL = /No space left on device|ENOSPC|disk quota exceeded/i

/** Whether a program's output or an error's text says that the disk is full. */
export function saysDiskFull(text: string): boolean {
  return FULL.test(text)
}

export function diskFull(folder: string): StartUpError {
  return new StartUpError(`The disk that holds ${folder} is full: free some space and start again.`, EXIT.diskFull)
}

/** Throws `StartUpError` where fewer than `bytes` are free for us in the file system of `folder`. */
export function requireFreeSpace(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < bytes) throw diskFull(folder)
}

/** The last line that says something, for a one-line message about a program that gave up. */
export function lastWords(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const fatal = lines.findLast((line) => /FATAL|PANIC|error:/i.test(line)) ?? lines.at(-1)
  return (fatal ?? 'it said nothing').trim().slice(0, 300)
}
