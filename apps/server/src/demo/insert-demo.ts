import type { Key } from '@bailiwick/access'
import type { DemoParts, DemoProgress, DemoRow, StoredDemoLine } from './demo-parts.ts'
import type { DemoLine, DemoModule, DemoRecord, DemoReference } from './demo-record.ts'
import type { DemoShare } from './sample/shares.ts'

const BATCH = 1000

/** The ids that records got, by module and external id. */
type Ids = Map<string, string>

/**
 * Stores the records, then the shares on them. Records are stored after those that they look up.
 * Throws where a lookup names no record of the demonstration.
 */
export async function insertDemo(
  parts: DemoParts,
  slug: string,
  modules: readonly DemoModule[],
  shares: readonly DemoShare[],
  onProgress: (progress: DemoProgress) => void = () => {},
): Promise<void> {
  const ids: Ids = new Map()
  const total = modules.reduce((sum, { records }) => sum + records.length, 0)
  for (const { module, records } of modules) {
    for (const batch of batchesOf(module, records)) {
      const stored = await parts.insertRows(
        slug,
        module,
        batch.map((record) => toRow(record, ids)),
      )
      batch.forEach((record, index) => {
        ids.set(nameOf({ module, externalId: record.externalId }), stored[index] ?? '')
      })
      await insertLines(parts, slug, module, batch, ids)
      onProgress({ step: `loading ${module}`, done: ids.size, total })
    }
  }
  for (const { record, ...share } of shares) {
    await parts.shareRecord(slug, { ...share, module: record.module, id: getId(ids, record) })
  }
}

async function insertLines(
  parts: DemoParts,
  slug: string,
  module: Key,
  batch: readonly DemoRecord[],
  ids: Ids,
): Promise<void> {
  const records = batch.flatMap(({ externalId, lines }) =>
    lines ? [{ id: getId(ids, { module, externalId }), lines: lines.map((line) => storedLine(line, ids)) }] : [],
  )
  if (records.length > 0) await parts.insertLines(slug, module, records)
}

function storedLine({ product, ...line }: DemoLine, ids: Ids): StoredDemoLine {
  return { ...line, product: product ? getId(ids, product) : null, description: null }
}

/** A thousand at a time; records that look up others of their own module (a subsidiary) come after those. */
function batchesOf(module: Key, records: readonly DemoRecord[]): DemoRecord[][] {
  const looksHome = ({ lookups = {} }: DemoRecord) => Object.values(lookups).some((target) => target.module === module)
  const [first, then] = [records.filter((record) => !looksHome(record)), records.filter(looksHome)]
  return [first, then].flatMap((wave) =>
    Array.from({ length: Math.ceil(wave.length / BATCH) }, (_, index) =>
      wave.slice(index * BATCH, (index + 1) * BATCH),
    ),
  )
}

function toRow({ externalId, owner, confidential = false, values, lookups = {} }: DemoRecord, ids: Ids): DemoRow {
  const found = Object.entries(lookups).map(([field, target]) => [field, getId(ids, target)])
  return { externalId, owner, confidential, values: { ...values, ...Object.fromEntries(found) } }
}

function getId(ids: Ids, target: DemoReference): string {
  const id = ids.get(nameOf(target))
  if (!id) throw new Error(`The demonstration has no ${target.externalId} in ${target.module} yet.`)
  return id
}

function nameOf({ module, externalId }: DemoReference): string {
  return `${module}/${externalId}`
}
