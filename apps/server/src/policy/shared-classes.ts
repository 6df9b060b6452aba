import { any, type Key, type ModulePlan, type NeededSide, type RecordClasses } from '@bailiwick/access'
import type { ComparedRecords } from './policy-effect.ts'

/**
 * Records for several comparisons over the same ones: to group millions of them takes seconds, so they are grouped once, by all that
 * any of the comparisons turns on. Finer classes, and records that a comparison doesn't ask for, change none of its figures.
 * @param plans of all the comparisons
 */
export function shareClasses(records: ComparedRecords, plans: readonly ModulePlan[]): ComparedRecords {
  const shared = new Map<Key, ModulePlan>()
  for (const plan of plans) {
    const known = shared.get(plan.module)
    shared.set(plan.module, known ? unionOf(known, plan) : plan)
  }
  const loaded = new Map<Key, Promise<RecordClasses>>()
  return {
    ...records,
    loadClasses: (plan) => {
      const classes = loaded.get(plan.module) ?? records.loadClasses(shared.get(plan.module) ?? plan)
      loaded.set(plan.module, classes)
      return classes
    },
  }
}

/** What is below comes behind what it is below of, as in each of the two. */
function unionOf(one: ModulePlan, other: ModulePlan): ModulePlan {
  const needed = new Map<string, NeededSide>(one.needed)
  for (const [path, side] of other.needed) {
    const known = needed.get(path)
    needed.set(path, known ? sideOfBoth(known, side) : side)
  }
  return { ...one, zone: any([one.zone, other.zone]), needed }
}

function sideOfBoth(one: NeededSide, other: NeededSide): NeededSide {
  return {
    ...one,
    comparisons: new Map([...one.comparisons, ...other.comparisons]),
    owners: new Set([...one.owners, ...other.owners]),
    grantees: new Set([...one.grantees, ...other.grantees]),
  }
}
