import { modifiesAll } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { notFound, problem } from '../problem.ts'
import { requireModule } from '../records/require-module.ts'
import { inTransaction } from '../records/stamped.ts'
import { IMPORT } from './import-job.ts'
import { findNoted } from './import-notes.ts'
import type { ImportParts } from './import-parts.ts'
import type { ImportRequest } from './run-import.ts'
import type { UndoInput } from './undo-job.ts'

/**
 * What undoing an import takes. Only whoever started it undoes it, or who may modify all records of its module.
 * @throws Problem 404 for everybody else; 409 where it hasn't ended, or there is nothing to undo
 */
export async function requireUndo(
  parts: ImportParts,
  jobs: Jobs,
  actor: Actor,
  id: string,
  force: boolean,
): Promise<UndoInput> {
  const { view, isOwn } = await jobs.findAnyones(actor, id, IMPORT)
  const { module } = view.input as Partial<ImportRequest>
  return inTransaction(parts, actor, async (reading) => {
    const isHis = isOwn || (module !== undefined && modifiesAll(reading.snapshot.policy, actor.user, module))
    if (module === undefined || !isHis) throw notFound()
    requireModule(reading, module, 'read')
    if (view.finishedAt === null) throw problem(409, 'conflict', 'This import has not ended; cancel it first.')
    const noted = await findNoted(reading.database, [view.id])
    if (!noted.has(view.id)) throw problem(409, 'conflict', 'There is nothing of this import left to undo.')
    return { import: view.id, module, force }
  })
}
