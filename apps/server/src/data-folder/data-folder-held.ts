import { EXIT, StartUpError } from '../start-up-error.ts'
import type { Holder } from './holder.ts'

/** Another process has the data folder. A command takes it as a sign to ask that process through its socket. */
export class DataFolderHeld extends StartUpError {
  readonly holder: Holder | undefined

  constructor(folder: string, holder: Holder | undefined) {
    super(
      `${folder} is held by ${describe(holder)}: stop it, or set BAILIWICK_DATA to another folder.`,
      EXIT.dataFolderHeld,
    )
    this.name = 'DataFolderHeld'
    this.holder = holder
  }
}

function describe(holder: Holder | undefined): string {
  if (!holder) return 'another process'
  return `process ${holder.pid} (${holder.command}) since ${holder.since}`
}
