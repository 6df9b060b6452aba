import { EXIT, StartUpError } from '../start-up-error.ts'

const CURES: Readonly<Record<string, string>> = {
  EACCES: 'may not be used by this account: give it the right to read and write there',
  EPERM: 'may not be used by this account: give it the right to read and write there',
  EROFS: 'lies on a read-only file system: choose another folder with BAILIWICK_DATA',
  ENOTDIR: 'is not a folder: choose another with BAILIWICK_DATA',
  EEXIST: 'is not a folder: choose another with BAILIWICK_DATA',
  ENOENT: 'cannot be made: choose another folder with BAILIWICK_DATA',
  ENAMETOOLONG: 'is too long a name: choose a shorter one with BAILIWICK_DATA',
}
const DISK_FAILURES: Readonly<Record<string, string>> = {
  ENOSPC: 'is on a full disk: make room and start again',
  EDQUOT: 'is over its disk quota: make room and start again',
  EIO: 'cannot be read or written: the disk reports an error',
}

/** The file system's refusal as a start-up error in one line; anything else comes back as it was. */
export function asStartUpError(error: unknown, place: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const failure = DISK_FAILURES[code]
  if (failure) return new StartUpError(`${place} ${failure}.`, EXIT.diskFull, { cause: error })
  const cure = CURES[code]
  if (cure) return new StartUpError(`${place} ${cure}.`, EXIT.dataFolderUnusable, { cause: error })
  return error
}
