import type { Key } from '../document.ts'
import { holds, type Moment } from '../evaluate.ts'
import type { RecordFacts } from '../facts.ts'
import type { FieldComparison } from '../reach-condition.ts'
import { type ClassSide, comparisonKey, type NeededSides, type RecordClasses, sidePath } from './record-classes.ts'

/** Classes of records that are known one by one; the database room makes the same out of tables, by grouping. */
export function classifyFacts(
  records: readonly RecordFacts[],
  module: Key,
  needed: NeededSides,
  moment: Moment,
): RecordClasses {
  const live = records.filter((record) => record.module === module && !record.deleted)
  const sides = new Map<string, ClassSide>()
  for (const path of needed.keys()) {
    const faces = live.map((record) => parentAt(record, needed, path))
    sides.set(path, sideOf(faces, moment))
  }
  return { module, counts: live.map(() => 1), sides }
}

/** The record that a path leads to. */
function parentAt(record: RecordFacts, needed: NeededSides, path: string): RecordFacts | undefined {
  const from = needed.get(path)?.from
  if (!from) return record
  if (path !== sidePath(from.path, from.field)) throw new Error(`No lookup leads to "${path}".`)
  const parent = parentAt(record, needed, from.path)?.parent
  return parent && !parent.deleted ? parent : undefined
}

function sideOf(faces: readonly (RecordFacts | undefined)[], moment: Moment): ClassSide {
  const truths = new Map<string, readonly boolean[]>()
  const askAll = (compare: FieldComparison) =>
    faces.map((facts) => facts !== undefined && holds({ compare }, facts, moment))
  return {
    isThere: faces.map((facts) => facts !== undefined),
    owners: faces.map((facts) => facts?.owner ?? ''),
    confidential: faces.map((facts) => facts?.confidential ?? false),
    shares: faces.map((facts) =>
      (facts?.shares ?? []).filter(({ expiresAt }) => expiresAt === undefined || expiresAt > moment.now),
    ),
    truths: (comparison) => {
      const known = truths.get(comparisonKey(comparison)) ?? askAll(comparison)
      truths.set(comparisonKey(comparison), known)
      return known
    },
  }
}
