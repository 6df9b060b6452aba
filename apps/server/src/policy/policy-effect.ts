import { setImmediate as breathe } from 'node:timers/promises'
import {
  type Action,
  type ActionEffect,
  actionReach,
  compareReach,
  type Example,
  type Key,
  type ModulePlan,
  NEEDED_LEVEL,
  type PersonEffect,
  type Policy,
  type PolicySide,
  planComparison,
  type ReachCondition,
  type ReachEffect,
  type RecordClasses,
} from '@bailiwick/access'
import { withoutNewColumns } from './without-new-columns.ts'

/** A record that the asking person reads himself; without its title where he may not read that. */
export interface Sample {
  readonly id: string
  readonly title?: string
}

export interface SampleQuestion {
  readonly module: Key
  /** Only records of these owners are looked through. */
  readonly owners: Example['owners']
  readonly holds: ReachCondition
  readonly holdsNot: ReachCondition
  readonly limit: number
}

/** The records as a comparison sees them, in one snapshot of the database. */
export interface ComparedRecords {
  /** Those of the modules that have any record. */
  withRecords(modules: readonly Key[]): Promise<readonly Key[]>
  loadClasses(plan: ModulePlan): Promise<RecordClasses>
  /** Records on which one condition holds and another doesn't, among those that whoever asks for the comparison reads. */
  findSamples(question: SampleQuestion): Promise<readonly Sample[]>
  /** Those of the records that whoever asks reads now, as he reads them now. */
  readSamples(module: Key, ids: readonly string[]): Promise<readonly Sample[]>
}

/** Who asks for a comparison: samples are of what he reads. */
export interface Asker {
  /** Nobody of the organization: the operator of the installation, who stands as an administrator of whom nobody knows. */
  readonly user?: Key
  readonly isLicensed: (module: Key) => boolean
}

export interface ComparingQuestion {
  /** The one that the tables follow now. */
  readonly policy: Policy
  /** Epoch ms. */
  readonly now: number
  /** Nobody: no records are shown. */
  readonly asker?: Asker
}

/** How far a comparison is: people looked at, modules read, groups of people counted. */
export interface EffectProgress {
  readonly step: 'people' | 'records' | 'reach'
  readonly done: number
  readonly total: number
}

export interface SampledActionEffect extends Omit<ActionEffect, 'examples'> {
  readonly samples: { readonly gained: readonly Sample[]; readonly lost: readonly Sample[] }
}

export interface RecordEffect {
  readonly people: readonly PersonEffect[]
  readonly actions: readonly SampledActionEffect[]
}

export interface EffectQuestion {
  readonly before: Policy
  readonly after: Policy
  /** Epoch ms. */
  readonly now: number
  readonly records: ComparedRecords
  /** Who alone is looked at, where only what these gain or lose is asked. */
  readonly among?: ReadonlySet<Key>
  readonly onProgress?: (progress: EffectProgress) => void
}

/**
 * Who gains and loses what, by what: exact, over the records as they are now, those of modules that go with the change included. Both
 * policies must be examined ones.
 */
export async function measureEffect(question: EffectQuestion): Promise<RecordEffect> {
  const { before, after, now, records, onProgress = () => {} } = question
  const sides = sidesOf(before, after, now)
  const plans = await plansOf(question)
  const ahead = readAhead(plans, records)
  const effects: ReachEffect[] = []
  try {
    for (const [at, plan] of plans.entries()) {
      onProgress({ step: 'records', done: at, total: plans.length })
      const classes = await ahead.classesOf(at)
      const total = plan.groups.length
      const told = (done: number) => onProgress({ step: 'reach', done, total })
      effects.push(await walk(compareReach(...sides, plan, classes), told))
    }
  } finally {
    await ahead.end()
  }
  const actions = effects.flatMap((effect) => effect.actions)
  return {
    people: effects.flatMap(({ people }) => people),
    actions: await withSamples(sides, actions, records),
  }
}

/** Whom the question compares over which records, by module. */
export async function plansOf(question: EffectQuestion): Promise<ModulePlan[]> {
  const { before, after, now, records, among, onProgress = () => {} } = question
  const modules = await records.withRecords([...before.modules.keys()])
  const everyone = (among ?? new Set([...before.users.keys(), ...after.users.keys()])).size
  return walk(planComparison(...sidesOf(before, after, now), modules, among), (done) =>
    onProgress({ step: 'people', done, total: everyone }),
  )
}

/**
 * Reads each module's classes while those of the module before are compared: two modules at most are held. Nothing else may be asked of
 * the database meanwhile, since it all goes over one connection; and who leaves off early waits for what is being read, since the
 * connection is another's afterwards.
 */
function readAhead(plans: readonly ModulePlan[], records: Pick<ComparedRecords, 'loadClasses'>) {
  const begin = (at: number) => {
    const plan = plans[at]
    const reading = plan && records.loadClasses(plan)
    // It is looked at when its turn comes; a failure until then is nobody's yet.
    reading?.catch(() => {})
    return reading
  }
  let next = begin(0)
  return {
    classesOf: async (at: number): Promise<RecordClasses> => {
      const classes = await next
      if (!classes) throw new Error(`There is no module ${at} to read.`)
      next = begin(at + 1)
      return classes
    },
    end: async (): Promise<void> => {
      await next?.catch(() => {})
    },
  }
}

type Sides = readonly [before: PolicySide, after: PolicySide]

function sidesOf(before: Policy, after: Policy, now: number): Sides {
  const settle = (condition: ReachCondition, module: Key) => withoutNewColumns(condition, module, before, after)
  return [
    { policy: before, asking: { now } },
    { policy: after, asking: { now }, settle },
  ]
}

/** Comparing thousands of people takes a while, in which the server has others to answer. */
export async function walk<Result>(steps: Generator<number, Result>, onStep: (done: number) => void): Promise<Result> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    onStep(step.value)
    await breathe()
  }
}

const MOST_SAMPLES = 3

/** Actions of one level mostly gain and lose the same: what was found for one is found for the other. */
async function withSamples(
  [before, after]: Sides,
  actions: readonly ActionEffect[],
  records: ComparedRecords,
): Promise<SampledActionEffect[]> {
  const found = new Map<string, readonly Sample[]>()
  const find = async (module: Key, action: Action, examples: readonly Example[], had: PolicySide, has: PolicySide) => {
    const name = JSON.stringify([module, NEEDED_LEVEL[action], examples, had === before])
    const samples = found.get(name) ?? (await samplesOf(module, action, examples, had, has, records))
    found.set(name, samples)
    return samples
  }
  const sampled: SampledActionEffect[] = []
  for (const { examples, ...effect } of actions) {
    const gained = await find(effect.module, effect.action, examples.gained, before, after)
    const lost = await find(effect.module, effect.action, examples.lost, after, before)
    sampled.push({ ...effect, samples: { gained, lost } })
  }
  return sampled
}

async function samplesOf(
  module: Key,
  action: Action,
  examples: readonly Example[],
  without: PolicySide,
  having: PolicySide,
  records: ComparedRecords,
): Promise<Sample[]> {
  const samples = new Map<string, Sample>()
  for (const { user, owners } of examples) {
    const limit = MOST_SAMPLES - samples.size
    if (limit <= 0) break
    const [holds, holdsNot] = [actionReach(having, user, module, action), actionReach(without, user, module, action)]
    const found = await records.findSamples({ module, owners, holds, holdsNot, limit })
    for (const sample of found) samples.set(sample.id, sample)
  }
  return [...samples.values()]
}
