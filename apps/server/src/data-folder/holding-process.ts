/**
 * A process for the tests: takes the folder named by its argument, prints `held` or the refusal as one JSON line, and
 * holds until it is killed or its standard input ends. A second argument is the account to do it as; only from here on,
 * since that account may not be able to read these files.
 */
import { StartUpError } from '../start-up-error.ts'
import { holdDataFolder } from './hold-data-folder.ts'

const [, , folder = '', account] = process.argv
if (account) process.setuid?.(Number(account))
try {
  const hold = await holdDataFolder(folder)
  console.log(JSON.stringify({ held: true, pid: process.pid }))
  process.stdin.resume().on('end', () => hold.release())
} catch (error) {
  if (!(error instanceof StartUpError)) throw error
  console.log(JSON.stringify({ held: false, message: error.message }))
  process.exitCode = error.exitCode
}
