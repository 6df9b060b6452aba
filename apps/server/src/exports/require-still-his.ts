import { fields as fieldsOf, type Key, rankOfAccess } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import type { JobView } from '../jobs/job-view.ts'
import { notFound, Problem, problem } from '../problem.ts'
import { reachesAll } from '../records/reaches-all.ts'
import { requireModule } from '../records/require-module.ts'
import { inTransaction } from '../records/stamped.ts'
import type { ExportInput, ExportResult } from './export-job.ts'
import type { ExportParts } from './export-parts.ts'
import { readIds } from './exported-ids.ts'

/**
 * Lets a file be fetched for as long as all of it could be taken out anew (access model, section 8): whoever lost the action, a field
 * that the file holds or one of its records has no file any more.
 * @param view of an export that is done
 * @throws Problem 404, which says so where it is for a record.
 */
export async function requireStillHis(parts: ExportParts, actor: Actor, view: JobView, file: string): Promise<void> {
  const { module } = view.input as ExportInput
  const { fields, total } = view.result as ExportResult
  try {
    await requireFields(parts, actor, module, fields)
    if (await isReached(parts, actor, module, total, file)) return
  } catch (error) {
    if (error instanceof Problem && error.status < 500) throw notFound()
    throw error
  }
  throw problem(404, 'not-found', 'This export holds records that you can’t take out any more; export them anew.')
}

const CLEAR = rankOfAccess('read')

async function requireFields(parts: ExportParts, actor: Actor, module: Key, fields: ExportResult['fields']) {
  await inTransaction(parts, actor, async (reading) => {
    requireModule(reading, module, 'export')
    const access = fieldsOf(reading.snapshot.policy, actor.user, module)
    const rank = (key: string) => rankOfAccess(access.get(key) ?? 'hidden')
    const isLess = fields.some(({ key, access: had }) => rank(key) < Math.min(rankOfAccess(had), CLEAR))
    if (isLess) throw notFound()
  })
}

/** Where what was written down of the file isn't all there, nothing is known of the rest. */
async function isReached(parts: ExportParts, actor: Actor, module: Key, total: number, file: string): Promise<boolean> {
  let reached = 0
  for await (const ids of readIds(file)) {
    if (!(await reachesAll(parts, actor, module, 'export', ids))) return false
    reached += ids.length
  }
  return reached === total
}
