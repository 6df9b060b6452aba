import type { Key } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import type { RecordsParts } from '../records/parts.ts'
import { inTransaction } from '../records/stamped.ts'
import { replaceLines, type StoredLine } from './lines-table.ts'

/** Stores lines as the program itself, for made-up companies: their sums stand in the records already. */
export async function loadLines(
  parts: RecordsParts,
  operator: Actor,
  module: Key,
  records: readonly { readonly id: string; readonly lines: readonly StoredLine[] }[],
): Promise<void> {
  await inTransaction(parts, operator, async (reading) => {
    for (const { id, lines } of records) await replaceLines(reading, module, id, lines)
  })
}
