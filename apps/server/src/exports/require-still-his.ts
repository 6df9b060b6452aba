import { fields as fieldsOf, type Key, rankOfAccess } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import type { JobView } from '../jobs/job-view.ts'
import { notFound, Problem, problem } from '../problem.ts'
import { reachesAll } from '../records/reaches-all.ts'
import { requireModule } from '../records/require-module.ts'
import { inTransaction } from '../records/stamped.ts'
import type { ExportInput, ExportResult } from './export-job.ts'
import type { ExportParts } from './export-parts.ts'
import { IDS_AT_ONCE, readIds } from './exported-ids.ts'

/**
 * Lets a file be fetched for as long as all of it could be taken out anew (access model, section 8): whoever lost the action, a field
 * that the file holds or one of its records has no file any more.
 * @param view of an export that is done
 * @throws Problem 404, which says so where it is for a record.
 */
export async function requireStillHis(parts: ExportParts, actor: Actor, view: JobView, file: string): Promise<void> {
  const withheld = await findWithheld(parts, actor, view, file, 'all')
  if (withheld === 'rights') throw notFound()
  if (withheld === 'records')
    throw problem(404, 'not-found', 'This export holds records that you can’t take out any more; export them anew.')
}

/**
 * For want of what a file is not given out: of a record of it, or of the action or a field, which is not told.
 * @param asked about all of its records, or about as many as one statement takes
 */
export async function findWithheld(
  parts: ExportParts,
  actor: Actor,
  view: JobView,
  file: string,
  asked: 'all' | 'some',
): Promise<'rights' | 'records' | undefined> {
  const { module } = view.input as ExportInput
  const { fields, total } = view.result as ExportResult
  try {
    await requireFields(parts, actor, module, fields)
    return (await isReached(parts, actor, module, total, file, asked)) ? undefined : 'records'
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return 'rights'
    throw error
  }
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
async function isReached(
  parts: ExportParts,
  actor: Actor,
  module: Key,
  total: number,
  file: string,
  asked: 'all' | 'some',
): Promise<boolean> {
  let reached = 0
  for await (const ids of readIds(file)) {
    if (!(await reachesAll(parts, actor, module, 'export', ids))) return false
    reached += ids.length
    if (asked === 'some' && reached >= IDS_AT_ONCE) return true
  }
  return reached === total
}
