import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import type { Actor } from '../actor.ts'
import type { DatabaseAddress } from '../db/connection.ts'
import { createLog } from '../http/log.ts'
import type { JobView } from '../jobs/job-view.ts'
import { Jobs } from '../jobs/jobs.ts'
import type { JobsOptions } from '../jobs/workers.ts'
import { importFiles } from './import-files.ts'
import { IMPORT, importJob } from './import-job.ts'
import type { ImportParts } from './import-parts.ts'
import type { ImportRequest } from './run-import.ts'
import type { WorkerPlace } from './worker-fixture.ts'

/** A queue with imports on it, in this process. */
export function createQueue(
  parts: ImportParts & ConstructorParameters<typeof Jobs>[0],
  options: JobsOptions = {},
): Jobs {
  return new Jobs(parts, [importJob(parts)], options)
}

export function queueParts<Parts extends object>(parts: Parts) {
  return { ...parts, log: createLog('silent') }
}

/** Puts an import of a text into the queue. */
export async function enqueueImport(
  parts: ImportParts,
  jobs: Jobs,
  actor: Actor,
  text: string,
  request: Partial<ImportRequest> & { readonly module: string },
): Promise<string> {
  const id = parts.newId()
  const files = await importFiles(parts.filesFolder, id)
  await writeFile(files.source, text)
  return jobs.enqueue(actor, IMPORT, { mapping: {}, overwrite: false, dryRun: false, ...request }, id)
}

/** Waits until the job is as wanted. */
export async function waitForJob(
  jobs: Jobs,
  actor: Actor,
  id: string,
  isRight: (view: JobView) => boolean = ({ finishedAt }) => finishedAt !== null,
): Promise<JobView> {
  for (;;) {
    const view = await jobs.find(actor, id)
    if (isRight(view)) return view
    if (view.finishedAt !== null) throw new Error(`The job ended as ${view.state}: ${view.error ?? ''}`)
    await sleep(5)
  }
}

/** Starts a process of its own that works on the queue. */
export function startWorker(address: DatabaseAddress, filesFolder: string, options: JobsOptions): ChildProcess {
  const place: WorkerPlace = { address, filesFolder, options }
  const script = path.join(import.meta.dirname, 'worker-fixture.ts')
  const worker = spawn(process.execPath, [script, JSON.stringify(place)], { stdio: 'inherit' })
  onTestFinished(() => void worker.kill('SIGKILL'))
  return worker
}

export async function endWorker(worker: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  worker.kill(signal)
  if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit')
  return worker.exitCode
}
